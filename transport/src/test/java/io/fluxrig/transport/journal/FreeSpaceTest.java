package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.ends.Shortage;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.SyncMode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that has space, of which a journal is to leave more to others than there is. */
class FreeSpaceTest {
    private static final long FREE_MIN = 1L << 50;

    @TempDir
    private Path folder;

    private JournalRig open() throws Exception {
        return open(FREE_MIN);
    }

    private JournalRig open(long freeMin) throws Exception {
        JournalSettings usual = JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE);
        return new JournalRig(
                new JournalSettings(
                        folder,
                        usual.identity(),
                        usual.sync(),
                        usual.segmentBytes(),
                        usual.segmentAgeNs(),
                        usual.backlogBytes(),
                        0,
                        freeMin,
                        usual.ringBytes(),
                        usual.stallNs(),
                        usual.onDamage()),
                JournalRig.key(7),
                1);
    }

    @Test
    void shouldNameTheKeyItsValueAndWhatIsFreeWhereThatIsWhatIsLacking() throws Exception {
        try (JournalRig rig = open()) {
            long id = 0;
            while (rig.senders.get(0).send(JournalRig.message(++id, 50_000)) == JournalSender.SENT) {
                rig.turn();
            }
            long freeMiB = Files.getFileStore(folder).getUsableSpace() >> 20;

            Shortage shortage = rig.journal.shortage();

            assertThat(shortage.cause()).isEqualTo(Shortage.Cause.FREE_MIN);
            assertThat(shortage.words())
                    .matches("store\\.free_min_bytes reached \\(free on the disk of " + folder.resolve("segments")
                            + ": \\d+ MiB; to be left to others: 1073741824 MiB; for a segment: 2 MiB\\)");
            String free = shortage.words().replaceFirst(".*: (\\d+) MiB; to be.*", "$1");
            assertThat(Long.parseLong(free)).as("MiB free").isBetween(freeMiB / 2, 2 * freeMiB + 1);
        }
    }

    @Test
    void shouldNotTakeAnotherFigureForNews() throws Exception {
        try (JournalRig rig = open()) {
            long id = 0;
            while (rig.senders.get(0).send(JournalRig.message(++id, 50_000)) == JournalSender.SENT) {
                rig.turn();
            }
            Shortage before = rig.journal.shortage();
            Files.write(folder.resolve("another"), new byte[8 << 20]);
            rig.clock.advance(JournalRig.SECOND_NS / 10);
            rig.turn();

            assertThat(rig.journal.shortage()).isEqualTo(before);
        }
    }

    /** Its figures stood still, and who freed space saw nothing of it. */
    @Test
    void shouldShowWhileItIsFullThatItsReceiverMakesRoom() throws Exception {
        try (JournalRig rig = open(0)) {
            for (long id = 1; id <= 200; id++) {
                rig.senders.get(0).send(JournalRig.message(id, 50_000));
                rig.turn();
            }
        }
        try (JournalRig rig = open()) {
            rig.turn();
            long waits = rig.journal.figures().backlogBytes();
            long onDisk = rig.journal.figures().fileBytes();
            assertThat(waits).isGreaterThan(3L * JournalRig.SEGMENT_BYTES);
            for (int i = 0; i < 40; i++) {
                rig.settleOnce();
                rig.clock.advance(JournalRig.SECOND_NS / 10);
            }
            rig.turn();
            assertThat(rig.delivered).hasSize(200);
            assertThat(rig.journal.shortage()).as("it is full").isNotNull();
            assertThat(rig.journal.figures().backlogBytes()).isZero();
            assertThat(rig.journal.figures().fileBytes()).isLessThan(onDisk);
        }
    }
}
