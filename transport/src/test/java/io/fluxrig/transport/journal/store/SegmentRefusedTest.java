package io.fluxrig.transport.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.journal.FewFiles;
import io.fluxrig.transport.journal.JournalRig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentRefusedTest {
    private static final int LENGTH = 100;

    @TempDir
    private Path folder;

    private static byte[] document(int fill) {
        byte[] document = new byte[LENGTH];
        document[0] = (byte) fill;
        return document;
    }

    /** Between its name and its beginning: others may take the descriptor that it needs. */
    @Test
    void shouldBeginAnotherSegmentWhereTheQueueCouldNotOpenOne() throws Exception {
        JournalSettings settings = JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE);
        VirtualClock clock = new VirtualClock();
        try (SegmentLog log = SegmentLog.open(folder.resolve("segments"), settings, clock);
                FewFiles few = FewFiles.allow()) {
            assertThat(log.ready()).isTrue();
            log.roll(document(1), LENGTH);
            log.append(document(2), LENGTH);
            for (int i = 0; i < 3; i++) {
                assertThat(log.ready()).isTrue();
                log.onNamed(() -> few.exhaust(0));
                assertThat(log.roll(document(3), LENGTH)).isEqualTo(SegmentLog.NOT_BEGUN);
                assertThat(log.trouble()).contains("Too many open files");
                assertThat(log.fits(LENGTH))
                        .as("nothing is written behind the end of a segment")
                        .isFalse();
                few.release();
            }
            log.onNamed(() -> {});
            assertThat(log.ready()).isTrue();
            assertThat(log.roll(document(3), LENGTH)).isNotEqualTo(SegmentLog.NOT_BEGUN);
            log.append(document(4), LENGTH);
            assertThat(log.trouble()).isEmpty();
            assertThat(read(log)).containsExactly(1, 2, 3, 4);
        }
        try (SegmentLog log = SegmentLog.open(folder.resolve("segments"), settings, clock)) {
            log.moveToStart();
            assertThat(read(log)).containsExactly(1, 2, 3, 4);
            assertThat(log.segments()).hasSize(2);
        }
    }

    /** As after a kill in the midst of a write in a container, where the next process has the number of the one before. */
    @Test
    void shouldTakeTheLockFromOneOfItsOwnNumberThatWasBefore() throws Exception {
        JournalSettings settings = JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE);
        VirtualClock clock = new VirtualClock();
        try (SegmentLog log = SegmentLog.open(folder.resolve("segments"), settings, clock);
                FewFiles few = FewFiles.allow()) {
            assertThat(log.ready()).isTrue();
            log.onNamed(() -> few.exhaust(0));
            assertThat(log.roll(document(1), LENGTH)).isEqualTo(SegmentLog.NOT_BEGUN);
            few.release();
        }
        try (SegmentLog log = SegmentLog.open(folder.resolve("segments"), settings, clock)) {
            assertThat(log.ready()).isTrue();
            assertThat(log.roll(document(1), LENGTH)).isNotEqualTo(SegmentLog.NOT_BEGUN);
            log.moveToStart();
            assertThat(read(log)).containsExactly(1);
        }
    }

    private static List<Integer> read(SegmentLog log) throws Exception {
        List<Integer> fills = new ArrayList<>();
        byte[] into = new byte[LENGTH];
        while (log.read(into) == LENGTH) {
            fills.add((int) into[0]);
        }
        return fills;
    }
}
