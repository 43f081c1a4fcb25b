package io.fluxrig.transport.journal.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.ends.Shortage;
import io.fluxrig.transport.entry.EntrySender;
import io.fluxrig.transport.entry.OpenEntry;
import io.fluxrig.transport.journal.JournalRig;
import io.fluxrig.transport.journal.SegmentImage;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.journal.thread.JournalThread;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start finds of the entries of the run before; the test takes the turns of the log's thread. */
class EntryLogTest {
    private static final byte[] KEY = JournalRig.key(7);

    @TempDir
    private Path folder;

    private final VirtualClock clock = new VirtualClock();
    private EntryLog log;
    private JournalThread turns;
    private final List<EntrySender> senders = new ArrayList<>();

    private void open(int strips) throws JournalException {
        open(strips, SyncMode.OS, DamagePolicy.REFUSE);
    }

    private void open(int strips, SyncMode sync, DamagePolicy onDamage) throws JournalException {
        log = EntryLog.open(
                JournalRig.settings(folder.resolve("log"), sync, onDamage),
                KEY::clone,
                new SecureRandom(),
                clock,
                strips,
                new LatencyRecorder());
        turns = log.prepare(strip -> {});
        senders.clear();
        for (int strip = 0; strip < strips; strip++) {
            senders.add(log.sender(strip));
        }
    }

    private void turn() throws Exception {
        for (int i = 0; i < 1000 && turns.turn(); i++) {
            clock.advance(1_000_000);
        }
    }

    private void close() throws Exception {
        turn();
        log.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void begin(int strip, long id, String text) {
        byte[] bytes = bytes(text);
        assertThat(senders.get(strip).open(id, bytes, 0, bytes.length)).isZero();
    }

    private void add(int strip, long id, String text) {
        byte[] bytes = bytes(text);
        assertThat(senders.get(strip).add(id, bytes, 0, bytes.length)).isZero();
    }

    private List<String> found() {
        List<String> texts = new ArrayList<>();
        for (OpenEntry entry : log.takeOpen()) {
            StringBuilder text = new StringBuilder().append(entry.id());
            entry.records().forEach(record -> text.append(' ').append(new String(record, StandardCharsets.US_ASCII)));
            texts.add(text.toString());
        }
        return texts;
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("log/segments"))) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void shouldFindWhatWasOpenedAndNotEnded() throws Exception {
        open(1);
        begin(0, 1, "one");
        begin(0, 2, "two");
        add(0, 1, "sent");
        begin(0, 3, "three");
        assertThat(senders.get(0).end(2)).isZero();
        add(0, 1, "settled");
        close();

        open(1);
        assertThat(found()).containsExactly("1 one sent settled", "3 three");
        assertThat(log.takeOpen()).as("found a second time").isEmpty();
        log.close();
    }

    /** Tickets of the run after a power cut were not found by the next one, and could not have been by any. */
    @Test
    void shouldFindWhatWasOpenedBehindAPowerCut() throws Exception {
        open(1, SyncMode.GROUP, DamagePolicy.REFUSE);
        begin(0, 1, "one");
        turn();
        Path position = folder.resolve("log/position");
        byte[] synced = Files.readAllBytes(position);
        begin(0, 2, "two");
        turn();
        begin(0, 3, "three");
        close();
        Files.write(position, synced);
        SegmentImage.newest(folder.resolve("log/segments")).endsBefore(2);

        open(1, SyncMode.GROUP, DamagePolicy.REFUSE);
        assertThat(found()).containsExactly("1 one");
        begin(0, 4, "four");
        close();
        open(1, SyncMode.GROUP, DamagePolicy.REFUSE);
        assertThat(found()).containsExactly("1 one", "4 four");
        log.close();
    }

    @Test
    void shouldTellWhatIsKeptOnceItIsWritten() throws Exception {
        open(1, SyncMode.GROUP, DamagePolicy.REFUSE);
        begin(0, 1, "one");
        add(0, 1, "sent");
        assertThat(senders.get(0).sent()).isEqualTo(2);
        assertThat(senders.get(0).kept()).isZero();
        turn();
        assertThat(senders.get(0).kept()).isEqualTo(2);
        close();
    }

    @Test
    void shouldFindEntriesOfSeveralRunsUntilTheyAreEnded() throws Exception {
        open(2);
        begin(0, 1, "of strip 0");
        begin(1, 2, "of strip 1");
        close();
        open(1);
        assertThat(found()).containsExactlyInAnyOrder("1 of strip 0", "2 of strip 1");
        add(0, 2, "settled by another strip");
        assertThat(senders.get(0).end(1)).isZero();
        begin(0, 3, "of the second run");
        close();

        open(2);
        assertThat(found()).containsExactly("2 of strip 1 settled by another strip", "3 of the second run");
        log.close();
    }

    @Test
    void shouldLeaveOutWhatIsAddedToAnEntryThatHasEnded() throws Exception {
        open(1);
        begin(0, 1, "one");
        assertThat(senders.get(0).end(1)).isZero();
        add(0, 1, "late");
        assertThat(senders.get(0).end(7)).isZero();
        close();
        open(1);
        assertThat(found()).isEmpty();
        log.close();
    }

    @Test
    void shouldDeleteSegmentsOnceNothingInThemIsOpen() throws Exception {
        open(1);
        String long1000 = "x".repeat(1000);
        begin(0, 1, "stays open for a while");
        for (int id = 2; id < 6000; id++) {
            begin(0, id, long1000);
            assertThat(senders.get(0).end(id)).isZero();
            turn();
        }
        assertThat(segments()).as("the first one is still needed").hasSizeGreaterThan(2);
        assertThat(senders.get(0).end(1)).isZero();
        begin(0, 6000, "the only one open");
        turn();
        clock.advance(1_000_000_000);
        turn();
        turn();
        assertThat(segments()).hasSize(1);
        close();

        open(1);
        assertThat(found()).containsExactly("6000 the only one open");
        close();
        open(1);
        assertThat(found()).containsExactly("6000 the only one open");
        log.close();
    }

    @Test
    void shouldDeleteSegmentsOfRunsBeforeOnceTheirEntriesHaveEnded() throws Exception {
        for (int run = 0; run < 4; run++) {
            open(1);
            begin(0, run, "of run " + run);
            close();
        }
        open(1);
        assertThat(segments()).hasSizeGreaterThanOrEqualTo(5);
        assertThat(found()).hasSize(4);
        for (int run = 0; run < 3; run++) {
            assertThat(senders.get(0).end(run)).isZero();
        }
        turn();
        clock.advance(1_000_000_000);
        turn();
        turn();
        assertThat(segments()).hasSize(2);
        close();
        open(1);
        assertThat(found()).containsExactly("3 of run 3");
        log.close();
    }

    @Test
    void shouldStartAgainAndAgainWithoutTraffic() throws Exception {
        open(1);
        begin(0, 1, "stays");
        begin(0, 2, "goes");
        assertThat(senders.get(0).end(2)).isZero();
        close();
        for (int start = 0; start < 4; start++) {
            open(1);
            assertThat(found()).containsExactly("1 stays");
            clock.advance(1_000_000_000);
            close();
        }
        open(1);
        assertThat(senders.get(0).end(1)).isZero();
        close();
        for (int start = 0; start < 4; start++) {
            open(1);
            assertThat(found()).isEmpty();
            turn();
            clock.advance(1_000_000_000);
            close();
        }
        assertThat(segments()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void shouldHoldBackAndThenRefuseWhereEverythingIsStillNeededAndTakeEntriesAgainOnceTheyEnd() throws Exception {
        openSmall();
        EntrySender sender = log.sender(0);
        byte[] record = new byte[10_000];
        long id = 1;
        while (sender.open(id, record, 0, record.length) == EntrySender.SENT) {
            turns.turn();
            id++;
        }
        assertThat(sender.open(id, record, 0, record.length)).isEqualTo(EntrySender.FULL);
        long sinceNs = clock.epochNanos();
        assertThat(log.shortage()).isEqualTo(new Shortage(Shortage.Cause.BACKLOG, sinceNs, false));
        clock.advance(2_000_000_000);
        turns.turn();
        assertThat(log.shortage()).isEqualTo(new Shortage(Shortage.Cause.BACKLOG, sinceNs, true));
        assertThat(sender.open(id, record, 0, record.length)).isEqualTo(EntrySender.STALLED);
        assertThat(log.takes()).isFalse();
        log.close();
        openSmall();
        assertThat(log.takeOpen()).hasSizeGreaterThan(300).hasSizeLessThan((int) id);
        sender = log.sender(0);
        turn();
        assertThat(sender.open(id, record, 0, record.length)).isEqualTo(EntrySender.FULL);
        for (long each = 1; each < id; each++) {
            assertThat(sender.end(each)).isEqualTo(EntrySender.SENT);
        }
        turn();
        clock.advance(1_000_000_000);
        turn();
        assertThat(sender.open(id, record, 0, record.length)).isEqualTo(EntrySender.SENT);
        assertThat(log.takes()).isTrue();
        assertThat(log.shortage()).isNull();
        log.close();
    }

    /** Three segments at most. */
    private void openSmall() throws JournalException {
        log = EntryLog.open(
                new JournalSettings(
                        folder.resolve("log"),
                        "rack/decode.out-audit.in",
                        SyncMode.OS,
                        2 << 20,
                        3600L * 1_000_000_000,
                        6 << 20,
                        0,
                        0,
                        1 << 20,
                        1_000_000_000,
                        DamagePolicy.REFUSE),
                KEY::clone,
                new SecureRandom(),
                clock,
                1,
                new LatencyRecorder());
        turns = log.prepare(strip -> {});
    }

    @Test
    void shouldRefuseARecordThatNeverFits() throws Exception {
        open(1);
        byte[] tooLong = new byte[1 << 18];
        assertThat(senders.get(0).open(1, tooLong, 0, tooLong.length)).isEqualTo(EntrySender.TOO_LONG);
        assertThat(senders.get(0).sent()).isZero();
        log.close();
        assertThat(senders.get(0).open(1, tooLong, 0, 10)).isEqualTo(EntrySender.FAILED);
    }

    @Test
    void shouldWriteNothingThatCanBeRead() throws Exception {
        open(1);
        begin(0, 1, "4111110000001112");
        close();
        for (Path segment : segments()) {
            assertThat(new String(Files.readAllBytes(segment), StandardCharsets.ISO_8859_1))
                    .doesNotContain("4111110000001112");
        }
    }

    @Test
    void shouldNoticeARecordThatWasChanged() throws Exception {
        open(1);
        begin(0, 1, "y".repeat(500));
        close();
        Path segment = segments().get(0);
        byte[] content = Files.readAllBytes(segment);
        int at = lastNonZeroBefore(content, content.length);
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(at - 40L);
            file.write(content[at - 40] ^ 1);
        }
        assertThatThrownBy(() -> open(1)).isInstanceOf(JournalException.class).hasMessageContaining("is damaged");
        open(1, SyncMode.OS, DamagePolicy.SKIP);
        assertThat(log.takeOpen()).isEmpty();
        assertThat(log.figures().lost()).isEqualTo(1);
        log.close();
    }

    private static int lastNonZeroBefore(byte[] content, int end) {
        int at = end - 1;
        while (content[at] == 0) {
            at--;
        }
        return at;
    }
}
