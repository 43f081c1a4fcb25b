package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.SyncMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a power cut leaves of a segment: its first page may tell of blocks that did not arrive. */
class JournalCutTest {
    private static final byte[] KEY = JournalRig.key(7);
    private static final int LENGTH = 2_000;

    @TempDir
    private Path folder;

    private JournalRig open(SyncMode sync, DamagePolicy onDamage) throws JournalException {
        return new JournalRig(JournalRig.settings(folder, sync, onDamage), KEY, 1);
    }

    private Path segments() {
        return folder.resolve("segments");
    }

    private static List<Long> ids(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static List<Long> ids(long from, long to, long and) {
        return Stream.concat(ids(from, to).stream(), Stream.of(and)).toList();
    }

    private static void block(JournalRig rig, long from, long to) throws Exception {
        for (long id = from; id <= to; id++) {
            rig.senders.get(0).send(JournalRig.message(id, LENGTH));
        }
        rig.turn();
    }

    /**
     * A hundred, of which the position knows the first half; block {@link #unknown} is the first of the others. None is acknowledged.
     */
    private SegmentImage fill(SyncMode sync) throws Exception {
        Path position = folder.resolve("position");
        byte[] synced;
        try (JournalRig rig = open(sync, DamagePolicy.REFUSE)) {
            for (long id = 1; id <= 50; id += 10) {
                block(rig, id, id + 9);
            }
            synced = Files.readAllBytes(position);
            for (long id = 51; id <= 100; id += 10) {
                block(rig, id, id + 9);
            }
        }
        Files.write(position, synced);
        return SegmentImage.newest(segments());
    }

    private static int unknown(SyncMode sync) {
        return sync == SyncMode.EACH ? 51 : 6;
    }

    private void shouldGoOnBehind(SyncMode sync, long last) throws Exception {
        try (JournalRig rig = open(sync, DamagePolicy.REFUSE)) {
            block(rig, 201, 201);
            assertThat(rig.journal.figures().backlogRecords()).isEqualTo(last + 1);
        }
        try (JournalRig rig = open(sync, DamagePolicy.REFUSE)) {
            assertThat(rig.journal.figures().lost()).isZero();
            rig.settle();
            assertThat(rig.delivered).isEqualTo(ids(1, last, 201));
            block(rig, 202, 202);
            rig.settle();
            assertThat(rig.delivered).endsWith(202L);
        }
        try (JournalRig rig = open(sync, DamagePolicy.REFUSE)) {
            rig.settle();
            assertThat(rig.delivered).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeliverInTheSameRunWhatIsWrittenBehindACutThatPageZeroKnowsNothingOf(SyncMode sync) throws Exception {
        fill(sync).endsBefore(unknown(sync));
        try (JournalRig rig = open(sync, DamagePolicy.REFUSE)) {
            block(rig, 201, 201);
            rig.settle();
            assertThat(rig.delivered).isEqualTo(ids(1, 50, 201));
        }
        try (JournalRig rig = open(sync, DamagePolicy.REFUSE)) {
            rig.settle();
            assertThat(rig.delivered).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindAtTheNextStartWhatWasWrittenBehindACut(SyncMode sync) throws Exception {
        fill(sync).endsBefore(unknown(sync));
        shouldGoOnBehind(sync, 50);
    }

    /** The messages of the runs after it were told as lost, and the start refused with sequences that were there. */
    @Test
    void shouldLeaveOutOnlyWhatIsMissing() throws Exception {
        Path position = folder.resolve("position");
        fill(SyncMode.OS);
        Files.delete(position);
        try (JournalRig rig = open(SyncMode.OS, DamagePolicy.SKIP)) {
            rig.turn(); // notes that there are 100
        }
        SegmentImage.of(SegmentImage.segments(segments()).get(0)).endsBefore(6);
        try (JournalRig rig = open(SyncMode.OS, DamagePolicy.SKIP)) {
            block(rig, 101, 101);
            assertThat(rig.journal.figures().lost()).isEqualTo(50);
        }
        assertThatThrownBy(() -> open(SyncMode.OS, DamagePolicy.REFUSE))
                .hasMessageContaining("after sequence 50: sequences 51 to 100 are missing");
        try (JournalRig rig = open(SyncMode.OS, DamagePolicy.SKIP)) {
            assertThat(rig.journal.figures().lost()).isEqualTo(50);
            block(rig, 102, 102);
            rig.settle();
            assertThat(rig.delivered)
                    .isEqualTo(Stream.concat(ids(1, 50).stream(), ids(101, 102).stream())
                            .toList());
        }
    }

    /** Nobody was told that it is kept: the disk had not said so. */
    @ParameterizedTest
    @EnumSource(names = {"GROUP", "EACH"})
    void shouldGoOnBehindABlockThatAPowerCutTore(SyncMode sync) throws Exception {
        SegmentImage image = fill(sync);
        int torn = image.blockOverPages(unknown(sync));
        image.hasOnlyTheFirstPageOf(torn);
        shouldGoOnBehind(sync, sync == SyncMode.EACH ? torn - 1 : (torn - 1) * 10L);
    }

    @ParameterizedTest
    @EnumSource(names = {"GROUP", "EACH"})
    void shouldGoOnBehindAHeaderWhoseBlockDidNotArrive(SyncMode sync) throws Exception {
        fill(sync).hasOnlyTheHeaderOf(unknown(sync));
        shouldGoOnBehind(sync, 50);
    }

    @Test
    void shouldDeliverInTheSameRunWhatIsWrittenBehindATornBlock() throws Exception {
        fill(SyncMode.GROUP).hasOnlyTheFirstPageOf(6);
        try (JournalRig rig = open(SyncMode.GROUP, DamagePolicy.REFUSE)) {
            block(rig, 201, 201);
            rig.settle();
            assertThat(rig.delivered).isEqualTo(ids(1, 50, 201));
            assertThat(rig.journal.figures().lost()).isZero();
        }
    }

    private void shouldRefuse(SyncMode sync, String why) {
        assertThatThrownBy(() -> open(sync, DamagePolicy.REFUSE))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("is damaged")
                .hasMessageContaining("after sequence 50: " + why);
    }

    /** Whoever sent them was told that they are kept. */
    @Test
    void shouldRefuseATornBlockWhereNothingIsSynced() throws Exception {
        fill(SyncMode.OS).hasOnlyTheFirstPageOf(6);
        shouldRefuse(
                SyncMode.OS, "the seal of sequences 51 to 60 is broken (parts of it are zeros, as a power cut leaves");
    }

    @Test
    void shouldRefuseATornBlockThatThePositionKnows() throws Exception {
        SegmentImage image = fill(SyncMode.GROUP);
        Files.delete(folder.resolve("position"));
        open(SyncMode.GROUP, DamagePolicy.SKIP).close(); // notes that there are 100
        SegmentImage.of(image.file()).hasOnlyTheFirstPageOf(6);
        shouldRefuse(SyncMode.GROUP, "the seal of sequences 51 to 60 is broken (parts of it are zeros");
    }

    @Test
    void shouldRefuseALastBlockThatWasChanged() throws Exception {
        SegmentImage image = fill(SyncMode.GROUP);
        image.endsBefore(7);
        image.change(image.blocks().get(6) + image.length(6) / 2);
        shouldRefuse(SyncMode.GROUP, "the seal of sequences 51 to 60 is broken.");
    }

    /** Of the end a power cut takes what it likes; what is left behind it shows that it was not the end. */
    @Test
    void shouldRefuseATornBlockThatASoundOneFollows() throws Exception {
        SegmentImage image = fill(SyncMode.GROUP);
        int begin = image.blocks().get(6);
        int page = (begin / SegmentImage.PAGE + 1) * SegmentImage.PAGE;
        image.zero(page, page + SegmentImage.PAGE);
        shouldRefuse(SyncMode.GROUP, "the seal of sequences 51 to 60 is broken (parts of it are zeros");
    }

    /** Put between two blocks, it takes nothing away: each of them is bound to the other. */
    @Test
    void shouldCallNothingMissingWhereOnlyWhatANewerSegmentIsNotBoundToIsBroken() throws Exception {
        fill(SyncMode.GROUP).hasOnlyTheFirstPageOf(6);
        try (JournalRig rig = open(SyncMode.GROUP, DamagePolicy.REFUSE)) {
            block(rig, 201, 201);
        }
        try (JournalRig rig = open(SyncMode.OS, DamagePolicy.REFUSE)) {
            rig.settle();
            assertThat(rig.delivered).isEqualTo(ids(1, 50, 201));
        }
    }

    @Test
    void shouldCountWhatWaitsBehindATornBlock() throws Exception {
        fill(SyncMode.GROUP).hasOnlyTheFirstPageOf(6);
        JournalWaiting waiting = Journal.waiting(
                JournalRig.settings(folder, SyncMode.GROUP, DamagePolicy.REFUSE),
                KEY::clone,
                new VirtualClock(),
                () -> true);
        assertThat(waiting.messages()).isEqualTo(50);
    }
}
