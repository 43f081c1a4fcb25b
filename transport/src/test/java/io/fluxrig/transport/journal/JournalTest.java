package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.transport.ends.JournalReceiver;
import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.SyncMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JournalTest {
    private static final byte[] KEY = JournalRig.key(7);

    @TempDir
    private Path folder;

    private JournalRig open(SyncMode sync, int strips) throws JournalException {
        return new JournalRig(JournalRig.settings(folder, sync, DamagePolicy.REFUSE), KEY, strips);
    }

    /** What one strip is given once the journal is opened again; it acknowledges all of it. */
    private List<Long> deliveredByTheNext() throws Exception {
        try (JournalRig rig = open(SyncMode.OS, 1)) {
            rig.settle();
            return rig.delivered;
        }
    }

    private static List<Long> ids(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @ParameterizedTest
    @EnumSource(SyncMode.class)
    void shouldDeliverInOrder(SyncMode sync) throws Exception {
        try (JournalRig rig = open(sync, 1)) {
            rig.send(1, 500);
            rig.settle();
            assertThat(rig.delivered).isEqualTo(ids(1, 500));
            assertThat(rig.journal.figures().acknowledged()).isEqualTo(500);
            assertThat(rig.journal.figures().backlogRecords()).isZero();
        }
    }

    @Test
    void shouldBackOffAlsoWhereTheClockTurnsNegative() throws Exception {
        try (JournalRig rig = open(SyncMode.OS, 1)) {
            rig.send(1, 1);
            rig.turn();
            rig.clock.advance(Long.MAX_VALUE - rig.clock.nanoTime());
            rig.answer = JournalReceiver.NOT_NOW;
            rig.take();
            rig.take();
            assertThat(rig.delivered).as("before it is due").hasSize(1);
            rig.clock.advance(JournalReceiver.BACK_OFF_MAX_NS);
            rig.take();
            assertThat(rig.delivered).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(SyncMode.class)
    void shouldSayKeptOnlyOnceWritten(SyncMode sync) throws Exception {
        try (JournalRig rig = open(sync, 1)) {
            rig.send(1, 10);
            assertThat(rig.senders.get(0).sent()).isEqualTo(10);
            assertThat(rig.senders.get(0).kept()).isZero();
            rig.turn();
            assertThat(rig.senders.get(0).kept()).isEqualTo(10);
        }
    }

    /** More than a receiver may have in hand: the rest is written while it lags, and read from the disk. */
    @ParameterizedTest
    @EnumSource(SyncMode.class)
    void shouldDeliverInOrderWhatWasWrittenWhileTheReceiverLagged(SyncMode sync) throws Exception {
        try (JournalRig rig = open(sync, 1)) {
            for (long id = 1; id <= 5_000; id += 100) {
                rig.send(id, id + 99);
                rig.turn();
            }
            rig.settle();
            rig.send(5_001, 5_100);
            rig.settle();
            assertThat(rig.delivered).isEqualTo(ids(1, 5_100));
            assertThat(rig.journal.figures().acknowledged()).isEqualTo(5_100);
        }
    }

    @Test
    void shouldDeliverToTheStripThatSent() throws Exception {
        try (JournalRig rig = open(SyncMode.OS, 2)) {
            rig.senders.get(1).send(JournalRig.message(42, 10));
            rig.turn();
            rig.receivers.get(0).poll(0, (left, message) -> JournalReceiver.REFUSED, 10);
            assertThat(rig.receivers.get(0).handled()).isZero();
            rig.take();
            assertThat(rig.delivered).containsExactly(42L);
        }
    }

    @Test
    void shouldResumeBehindWhatWasAcknowledged() throws Exception {
        try (JournalRig rig = open(SyncMode.OS, 1)) {
            rig.send(1, 100);
            rig.settle();
            rig.send(101, 200);
        }
        assertThat(deliveredByTheNext()).isEqualTo(ids(101, 200));
    }

    @Test
    void shouldResumeInTheMiddleOfABlock() throws Exception {
        try (JournalRig rig = open(SyncMode.OS, 1)) {
            rig.send(1, 100);
            rig.turn();
            rig.takeUnacknowledged(60);
            rig.receivers.get(0).acknowledge(60);
        }
        assertThat(deliveredByTheNext()).isEqualTo(ids(61, 100));
    }

    @Test
    void shouldDeliverAgainWhatWasTakenAndNotAcknowledged() throws Exception {
        try (JournalRig rig = open(SyncMode.OS, 1)) {
            rig.send(1, 5);
            rig.turn();
            rig.takeUnacknowledged(5);
        }
        assertThat(deliveredByTheNext()).isEqualTo(ids(1, 5));
    }

    @Test
    void shouldKeepOrderOfEachStripWhenFewerStripsCome() throws Exception {
        try (JournalRig rig = open(SyncMode.OS, 3)) {
            for (long id = 1; id <= 30; id++) {
                rig.senders.get((int) (id % 3)).send(JournalRig.message(id, 10));
            }
            rig.turn();
        }
        List<Long> delivered = deliveredByTheNext();
        assertThat(delivered).hasSize(30);
        for (int strip = 0; strip < 3; strip++) {
            int own = strip;
            assertThat(delivered.stream().filter(id -> id % 3 == own)).isSorted();
        }
    }

    @Test
    void shouldHoldBackWhatFollowsAMessageThatIsNotTaken() throws Exception {
        try (JournalRig rig = open(SyncMode.OS, 1)) {
            rig.send(1, 3);
            rig.turn();
            rig.answer = JournalReceiver.NOT_NOW;
            rig.take();
            rig.take();
            assertThat(rig.delivered).containsExactly(1L);
            rig.clock.advance(JournalReceiver.BACK_OFF_MIN_NS);
            rig.answer = JournalReceiver.TAKEN;
            rig.take();
            assertThat(rig.delivered).containsExactly(1L, 1L, 2L, 3L);
            assertThat(rig.journal.figures().redelivered()).isEqualTo(1);
        }
    }

    @Test
    void shouldWaitLongerEachTimeUpToASecond() throws Exception {
        try (JournalRig rig = open(SyncMode.OS, 1)) {
            rig.send(1, 1);
            rig.turn();
            rig.answer = JournalReceiver.NOT_NOW;
            for (int tick = 0; tick < 4_000; tick++) {
                rig.take();
                rig.clock.advance(JournalReceiver.BACK_OFF_MIN_NS);
            }
            // 20 s: 9 attempts in the first 1.3 s, then one a second
            assertThat(rig.delivered).hasSize(27);
        }
    }

    @Test
    void shouldOpenAgainHoweverOftenItWasKilledWithoutATrace() throws Exception {
        for (int start = 0; start < 4; start++) {
            JournalRig killed = open(SyncMode.OS, 1);
            killed.turn();
            killed.clock.advance(JournalRig.SECOND_NS);
            killed.turn(); // looks at its files: what an empty run left goes
            killed.journal.close(); // writes nothing more
        }
        try (JournalRig rig = open(SyncMode.OS, 1)) {
            rig.send(1, 3);
            rig.settle();
            assertThat(rig.delivered).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void shouldRefuseAMessageThatNeverFits() throws Exception {
        try (JournalRig rig = open(SyncMode.OS, 1)) {
            int length = rig.journal.messageLengthMax();
            assertThat(rig.senders.get(0).send(JournalRig.message(1, length))).isEqualTo(JournalSender.TOO_LONG);
            assertThat(rig.senders.get(0).send(JournalRig.message(2, length - 200)))
                    .isEqualTo(JournalSender.SENT);
            rig.settle();
            assertThat(rig.delivered).containsExactly(2L);
        }
    }

    @Test
    void shouldNotLeaveAMessageReadableOnTheDisk() throws Exception {
        try (JournalRig rig = open(SyncMode.OS, 1)) {
            byte[] secret = "4111111111111111".getBytes(StandardCharsets.US_ASCII);
            var message = JournalRig.message(1, 0);
            message.raw(secret, 0, secret.length);
            rig.senders.get(0).send(message);
            rig.turn();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(content).doesNotContain("4111111111111111");
            }
        }
    }

    @Test
    void shouldRefuseAFolderThatIsInUse() throws Exception {
        try (JournalRig rig = open(SyncMode.OS, 1)) {
            assertThat(rig.journal.takes()).isTrue();
            assertThatThrownBy(() -> open(SyncMode.OS, 1))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("in use by this very process")
                    .hasMessageContaining("restart the rack");
        }
    }

    @Test
    void shouldLeaveTheFolderToTheNextTryWhereItCouldNotBeMade() throws Exception {
        JournalSettings own = JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE);
        JournalSettings odd = new JournalSettings(
                folder,
                own.identity(),
                own.sync(),
                own.segmentBytes(),
                own.segmentAgeNs(),
                own.backlogBytes(),
                0,
                0,
                5000,
                own.stallNs(),
                own.onDamage());
        assertThatThrownBy(() -> new JournalRig(odd, KEY, 1))
                .as("no ring")
                .isInstanceOf(IllegalArgumentException.class);
        open(SyncMode.OS, 1).close();
    }

    @Test
    void shouldRefuseToSendOnceClosed() throws Exception {
        JournalRig rig = open(SyncMode.OS, 1);
        rig.close();
        assertThat(rig.senders.get(0).send(JournalRig.message(1, 1))).isEqualTo(JournalSender.FAILED);
    }
}
