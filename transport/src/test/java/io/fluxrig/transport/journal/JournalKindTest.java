package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.ends.JournalFeed;
import io.fluxrig.transport.ends.JournalReceiver;
import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.ends.JournalTap;
import io.fluxrig.transport.ends.WireRings;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.journal.thread.JournalThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals with something other than a strip at one end. */
class JournalKindTest {
    @TempDir
    private Path folder;

    private final List<String> taken = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();
    private final List<Integer> woken = new ArrayList<>();
    private final VirtualClock clock = new VirtualClock();
    private Journal journal;
    private JournalThread turns;
    private int others;

    private void open(JournalKind kind) throws JournalException {
        open(kind, 64L * JournalRig.SEGMENT_BYTES);
    }

    private void open(JournalKind kind, long backlogBytes) throws JournalException {
        open(kind, backlogBytes, JournalKind.RING_BYTES_MAX);
    }

    private void open(JournalKind kind, long backlogBytes, int ringBytes) throws JournalException {
        JournalSettings settings = new JournalSettings(
                folder.resolve("journal"),
                "east/wire",
                SyncMode.GROUP,
                JournalRig.SEGMENT_BYTES,
                3600 * JournalRig.SECOND_NS,
                backlogBytes,
                0,
                0,
                ringBytes,
                JournalRig.SECOND_NS,
                DamagePolicy.REFUSE);
        byte[] key = JournalRig.key(1);
        journal = Journal.open(settings, kind, key::clone, new SecureRandom(), clock, 2, new LatencyRecorder());
        turns = journal.prepare(woken::add, () -> others++);
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    private void turn() throws IOException, JournalException {
        for (int i = 0; i < 10; i++) {
            turns.turn();
        }
    }

    private void send(JournalSender sender, long id, int rawLength) {
        assertThat(sender.send(JournalRig.message(id, rawLength))).isEqualTo(JournalSender.SENT);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private int poll(JournalTap tap) {
        return tap.poll(
                (number, strip, left, memory, offset, length) -> {
                    numbers.add(number);
                    taken.add(JournalTap.sequence(number) + " of strip " + strip);
                },
                100);
    }

    /** Its sender was told yes, and the receiver had smaller rings. */
    @Test
    void shouldReceiveAndSetAsideTheLongestMessageThatAnySenderMaySend() throws Exception {
        int least = 1 << 16;
        int longest = new WireRings(1, JournalKind.OUTGOING.ringBytes(1 << 20)).messageLengthMax();
        open(JournalKind.INCOMING, 64L * JournalRig.SEGMENT_BYTES, JournalKind.INCOMING.ringBytes(least));
        assertThat(journal.messageLengthMax()).isEqualTo(longest);
        JournalFeed feed = journal.feed();

        assertThat(feed.offer(0, false, new byte[longest], 0, longest)).isEqualTo(JournalSender.SENT);
        turn();
        assertThat(feed.kept()).isEqualTo(1);
        JournalReceiver receiver = journal.receiver(0, 64);
        receiver.poll(0, (leftOut, message) -> JournalReceiver.TAKEN, 1); // is no message
        receiver.acknowledge(receiver.handled());
        turn();

        assertThat(journal.figures().setAside()).isEqualTo(1);
    }

    @Test
    void shouldHandAllStripsMessagesToTheTapInOneOrder() throws Exception {
        open(JournalKind.OUTGOING);
        byte[] scratch = new byte[journal.messageLengthMax()];
        send(journal.sender(1, scratch), 1, 100);
        send(journal.sender(0, scratch), 2, 100);
        turn();
        poll(journal.tap());
        assertThat(taken).containsExactly("1 of strip 1", "2 of strip 0");
        assertThat(others).isPositive();
    }

    @Test
    void shouldHandOverAgainUnderTheSameNumberWhatTheTapDidNotAcknowledge() throws Exception {
        open(JournalKind.OUTGOING);
        JournalSender sender = journal.sender(1, new byte[journal.messageLengthMax()]);
        for (int id = 1; id <= 3; id++) {
            send(sender, id, 100);
        }
        turn();
        JournalTap tap = journal.tap();
        poll(tap);
        tap.acknowledge(1);
        turn();
        byte[] id = journal.id();
        journal.close();
        List<Long> before = List.copyOf(numbers.subList(1, 3));
        taken.clear();
        numbers.clear();
        open(JournalKind.OUTGOING);
        turn();
        poll(journal.tap());
        assertThat(taken).containsExactly("2 of strip 1", "3 of strip 1");
        assertThat(numbers).isEqualTo(before);
        assertThat(journal.id()).isEqualTo(id);
    }

    @Test
    void shouldNotGiveTheNumberOfAnotherMessageWhereTheFolderIsPutBackFromACopy() throws Exception {
        for (int run = 0; run < 3; run++) {
            open(JournalKind.OUTGOING);
            send(journal.sender(0, new byte[journal.messageLengthMax()]), run, 100);
            turn();
            poll(journal.tap());
            journal.close();
            if (run == 0) {
                copy(folder.resolve("journal"), folder.resolve("copy"));
            } else if (run == 1) {
                Files.move(folder.resolve("journal"), folder.resolve("moved"));
                Files.move(folder.resolve("copy"), folder.resolve("journal"));
            }
        }

        assertThat(taken).endsWith("1 of strip 0", "2 of strip 0");
        long first = numbers.get(0);
        assertThat(numbers)
                .filteredOn(number -> number == first)
                .hasSize(3); // not acknowledged: the same message again
        assertThat(new HashSet<>(numbers))
                .as("the first, and two that were each the second of theirs")
                .hasSize(3);
    }

    @Test
    void shouldHandTheLongestMessageToTheTap() throws Exception {
        open(JournalKind.OUTGOING);
        JournalSender sender = journal.sender(0, new byte[journal.messageLengthMax()]);
        send(sender, 1, journal.messageLengthMax() - 100);
        turn();
        assertThat(poll(journal.tap())).isEqualTo(1);
    }

    @Test
    void shouldWaitForTheTapAndLoseNothing() throws Exception {
        open(JournalKind.OUTGOING);
        JournalSender sender = journal.sender(0, new byte[journal.messageLengthMax()]);
        int length = journal.messageLengthMax() - 100;
        JournalTap tap = journal.tap();
        for (int id = 1; id <= 40; id++) {
            send(sender, id, length);
            turn();
        }
        while (poll(tap) > 0) {
            turn();
        }
        assertThat(taken).hasSize(40).startsWith("1 of strip 0").endsWith("40 of strip 0");
    }

    /** As where a rack of a group leaves to the others what its journal has no space for. */
    @Test
    void shouldGiveBackWhatIsNotWrittenAndGoOnBehindIt() throws Exception {
        open(JournalKind.INCOMING, 3L * JournalRig.SEGMENT_BYTES);
        JournalFeed feed = journal.feed();
        byte[] message = new byte[50_000];
        int length = new io.fluxrig.transport.msg.FluxMsgWriter()
                .write(JournalRig.message(7, 40_000), message, 0, message.length);
        int offered = 0;
        while (feed.takes()) {
            assertThat(feed.offer(0, false, message, 0, length)).isEqualTo(JournalSender.SENT);
            offered++;
            assertThat(offered).isLessThan(1000);
            turn();
        }
        for (int more = 0; more < 3; more++) {
            feed.offer(1, false, message, 0, length);
            offered++;
        }
        long kept = feed.kept();
        assertThat(kept).isBetween(1L, offered - 3L);

        feed.withdraw();
        assertThat(feed.withdrawn()).isZero();
        turn();
        assertThat(feed.kept()).isEqualTo(kept);
        assertThat(feed.withdrawn()).isEqualTo(offered - kept);

        List<Long> delivered = new ArrayList<>();
        JournalReceiver receiver = journal.receiver(0, 64);
        JournalReceiver.Handler handler = (left, got) -> {
            delivered.add(got.id());
            return JournalReceiver.TAKEN;
        };
        for (int i = 0; i < 100; i++) {
            receiver.poll(0, handler, 10);
            receiver.acknowledge(receiver.handled());
            clock.advance(JournalRig.SECOND_NS);
            turn();
        }
        assertThat(delivered).hasSize((int) kept);
        assertThat(feed.takes()).isTrue();
        assertThat(feed.offer(0, false, message, 0, length)).isEqualTo(JournalSender.SENT);
        turn();
        assertThat(feed.kept()).as("and nothing of before").isEqualTo(kept + 1);
        assertThat(feed.withdrawn()).isEqualTo(offered - kept);
    }

    @Test
    void shouldGiveFedMessagesToTheStripTheyAreFor() throws Exception {
        open(JournalKind.INCOMING);
        JournalFeed feed = journal.feed();
        byte[] message = new byte[200];
        int length = new io.fluxrig.transport.msg.FluxMsgWriter().write(JournalRig.message(7, 50), message, 0, 200);
        assertThat(feed.offer(1, false, message, 0, length)).isEqualTo(JournalSender.SENT);
        assertThat(feed.kept()).isZero();
        turn();
        assertThat(feed.kept()).isEqualTo(1);
        assertThat(woken).contains(1).doesNotContain(0);
        List<Long> ids = new ArrayList<>();
        JournalReceiver.Handler handler = (left, got) -> {
            ids.add(got.id());
            return JournalReceiver.TAKEN;
        };
        journal.receiver(0, 64).poll(0, handler, 10);
        assertThat(ids).isEmpty();
        journal.receiver(1, 64).poll(0, handler, 10);
        assertThat(ids).containsExactly(7L);
    }

    @Test
    void shouldNotGiveAnEndThatTheKindHasNot() throws Exception {
        open(JournalKind.LOCAL);
        assertThatThrownBy(() -> journal.tap()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> journal.feed()).isInstanceOf(IllegalStateException.class);
    }
}
