package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fluxrig.transport.ends.JournalSender;
import io.fluxrig.transport.ends.Shortage;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.SyncMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal takes of its disk, and gives back. */
class JournalSpaceTest {
    private static final byte[] KEY = JournalRig.key(7);

    @TempDir
    private Path folder;

    private JournalRig open() throws JournalException {
        return new JournalRig(JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE), KEY, 1);
    }

    private static List<Long> ids(long to) {
        return LongStream.rangeClosed(1, to).boxed().toList();
    }

    /** Whatever nobody reads any more would keep its space on the disk for as long as it is mapped. */
    @Test
    void shouldLetGoOfSegmentsThatAreDeleted() throws Exception {
        try (JournalRig rig = open()) {
            for (long id = 1; id <= 60_000; id += 1_000) {
                rig.send(id, id + 999);
                rig.settleOnce();
                rig.clock.advance(JournalRig.SECOND_NS);
            }
            String own = folder.resolve("segments").toString();
            await().untilAsserted(() -> assertThat(Files.readAllLines(Path.of("/proc/self/maps")))
                    .noneMatch(line -> line.contains(own) && line.endsWith("(deleted)")));
        }
    }

    @Test
    void shouldDeleteSegmentsThatAreAcknowledged() throws Exception {
        try (JournalRig rig = open()) {
            for (long id = 1; id <= 400; id++) {
                rig.senders.get(0).send(JournalRig.message(id, 50_000));
                rig.settleOnce();
            }
            rig.clock.advance(JournalRig.SECOND_NS);
            rig.turn();
            assertThat(rig.delivered).isEqualTo(ids(400));
            assertThat(rig.journal.figures().fileBytes()).isLessThanOrEqualTo(4L * JournalRig.SEGMENT_BYTES);
        }
    }

    @Test
    void shouldEndASegmentOfAgeSoThatWhatIsAcknowledgedGoes() throws Exception {
        try (JournalRig rig = open()) {
            rig.send(1, 10);
            rig.settle();
            long before = segments();
            rig.clock.advance(3600 * JournalRig.SECOND_NS);
            rig.turn();
            rig.clock.advance(JournalRig.SECOND_NS);
            rig.turn();
            assertThat(segments()).isEqualTo(before);
            assertThat(rig.journal.figures().backlogBytes()).isZero();
        }
    }

    @Test
    void shouldHoldBackThenRefuseAtItsBacklogAndTakeAgainOnceThereIsSpace() throws Exception {
        JournalSettings wide = JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE);
        JournalSettings narrow = new JournalSettings(
                folder,
                wide.identity(),
                wide.sync(),
                wide.segmentBytes(),
                wide.segmentAgeNs(),
                3 * wide.segmentBytes(),
                0,
                0,
                wide.ringBytes(),
                wide.stallNs(),
                wide.onDamage());
        try (JournalRig rig = new JournalRig(narrow, KEY, 1)) {
            long id = 0;
            int outcome = JournalSender.SENT;
            while (outcome == JournalSender.SENT) {
                outcome = rig.senders.get(0).send(JournalRig.message(++id, 50_000));
                rig.turn();
            }
            assertThat(outcome).isEqualTo(JournalSender.FULL);
            Shortage held = rig.journal.shortage();
            assertThat(held).isEqualTo(new Shortage(Shortage.Cause.BACKLOG, rig.clock.epochNanos(), false));
            rig.clock.advance(2 * JournalRig.SECOND_NS);
            rig.turn();
            assertThat(rig.journal.shortage())
                    .isEqualTo(new Shortage(Shortage.Cause.BACKLOG, held.sinceEpochNs(), true));
            assertThat(rig.senders.get(0).send(JournalRig.message(id, 10))).isEqualTo(JournalSender.STALLED);
            for (int i = 0; i < 200; i++) {
                rig.settleOnce();
                rig.clock.advance(JournalRig.SECOND_NS);
            }
            assertThat(rig.delivered).isEqualTo(ids(id - 1));
            assertThat(rig.senders.get(0).send(JournalRig.message(id, 10))).isEqualTo(JournalSender.SENT);
            assertThat(rig.journal.figures().stalls()).isEqualTo(1);
            assertThat(rig.journal.shortage()).isNull();
        }
    }

    @Test
    void shouldNotCallADiskFullThatHasSpaceAndLetsNoFileBeMade() throws Exception {
        try (JournalRig rig = open()) {
            rig.turn();
            Path spare = folder.resolve("segments").resolve("spare");
            Files.delete(spare);
            Files.createSymbolicLink(spare, folder.resolve("nowhere"));
            long id = 0;
            while (rig.senders.get(0).send(JournalRig.message(++id, 50_000)) == JournalSender.SENT) {
                rig.turn();
            }

            assertThat(rig.journal.shortage().cause()).isEqualTo(Shortage.Cause.NO_FILE);
            assertThat(rig.journal.shortage().words())
                    .startsWith("no file can be made (")
                    .contains("FileAlreadyExistsException");

            for (int i = 0; i < 5; i++) {
                rig.clock.advance(JournalRig.SECOND_NS);
                rig.turn();
            }
            assertThat(rig.journal.shortage().refusing()).isTrue();
            Path away = Files.move(spare.getParent(), folder.resolve("away"));
            rig.clock.advance(JournalRig.SECOND_NS);
            rig.turn();
            assertThat(rig.journal.shortage().words()).as("as it is by now").contains("NoSuchFileException");

            Files.move(away, spare.getParent());
            Files.delete(spare);
            rig.clock.advance(JournalRig.SECOND_NS);
            rig.settleOnce();
            assertThat(rig.journal.shortage()).isNull();
        }
    }

    private long segments() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("segments"))) {
            return files.filter(file -> file.toString().endsWith(".cq4")).count();
        }
    }
}
