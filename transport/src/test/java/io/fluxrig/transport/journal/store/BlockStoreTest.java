package io.fluxrig.transport.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.journal.JournalRig;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlockStoreTest {
    private static final int RECORD = Block.RECORD_HEADER_LENGTH + 4;

    @TempDir
    private Path folder;

    private BlockStore open() throws Exception {
        return open(SyncMode.OS);
    }

    private BlockStore open(SyncMode sync) throws Exception {
        Seal seal =
                new Seal(JournalRig.key(1), "rack/a.out-b.in".getBytes(StandardCharsets.US_ASCII), new SecureRandom());
        JournalSettings settings = JournalRig.settings(folder, sync, DamagePolicy.REFUSE);
        return BlockStore.open(folder.resolve("segments"), settings, seal, new VirtualClock());
    }

    private static byte[] records(int count) {
        byte[] records = new byte[count * RECORD];
        for (int i = 0; i < count; i++) {
            Bytes.putIntBe(records, i * RECORD, 4);
            Bytes.putIntBe(records, i * RECORD + 4, 1 << 16);
        }
        return records;
    }

    /** Its seal would open: only what was sealed is wrong. */
    @Test
    void shouldCallABlockDamagedThatHoldsNoRecordsAndReadTheNext() throws Exception {
        try (BlockStore store = open()) {
            assertThat(store.begin()).isTrue();
            store.append(records(2), 2 * RECORD, 2);
            byte[] noise = new byte[3 * RECORD];
            new SecureRandom().nextBytes(noise);
            noise[0] = -1;
            store.append(noise, noise.length, 3);
            store.append(records(1), RECORD, 1);
            store.followAny();
            store.toStart();

            assertThat(store.next()).isEqualTo(BlockStore.READ); // begins the segment
            assertThat(store.next()).isEqualTo(BlockStore.READ);
            assertThat(store.next()).isEqualTo(BlockStore.DAMAGED);
            assertThat(store.fault()).contains("sequences 3 to 5", "no messages");
            assertThat(store.acceptGap()).isNegative();
            assertThat(store.next()).isEqualTo(BlockStore.DAMAGED);
            assertThat(store.acceptGap()).isEqualTo(3);
            assertThat(store.count()).isEqualTo(1);
        }
    }

    /** Open, with a reader that has read everything and waits. */
    private BlockStore waiting() throws Exception {
        BlockStore store = open();
        store.continueAfter(0);
        assertThat(store.begin()).isTrue();
        assertThat(store.next()).isEqualTo(BlockStore.READ);
        assertThat(store.next()).isEqualTo(BlockStore.END);
        return store;
    }

    /** Changes a byte behind the header of the block that was appended as number so and so, the segment's own being the first. */
    private static void change(BlockStore store, int block) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(
                store.log().file(store.log().currentSegment()).toFile(), "rw")) {
            byte[] segment = new byte[1 << 18];
            file.readFully(segment);
            int at = -1;
            for (int found = 0; found < block; at++) {
                if (segment[at + 1] == 'F' && segment[at + 2] == 'X' && segment[at + 3] == 'J') {
                    found++;
                }
            }
            file.seek(at + Block.HEADER_LENGTH);
            file.write(segment[at + Block.HEADER_LENGTH] ^ 1);
        }
    }

    @Test
    void shouldGiveAReaderThatWaitsTheBlockWithoutReadingItFromTheLog() throws Exception {
        try (BlockStore store = waiting()) {
            store.append(records(2), 2 * RECORD, 2);
            change(store, 2);

            assertThat(store.next()).isEqualTo(BlockStore.READ);
            assertThat(store.firstSequence()).isEqualTo(1);
            assertThat(store.count()).isEqualTo(2);
            assertThat(Arrays.copyOf(store.plain(), store.plainLength())).isEqualTo(records(2));
            assertThat(store.readSequence()).isEqualTo(2);
            assertThat(store.next()).isEqualTo(BlockStore.END);
        }
    }

    /** Whatever has become of the block that it had from memory: the next one is bound to the tag that it had. */
    @Test
    void shouldReadFromTheLogWhatWasAppendedWhileTheReaderWasBusy() throws Exception {
        try (BlockStore store = waiting()) {
            store.append(records(1), RECORD, 1);
            store.append(records(2), 2 * RECORD, 2);
            assertThat(store.next()).isEqualTo(BlockStore.READ);
            store.append(records(3), 3 * RECORD, 3);
            change(store, 2);

            assertThat(store.next()).isEqualTo(BlockStore.READ);
            assertThat(store.firstSequence()).isEqualTo(2);
            assertThat(store.next()).isEqualTo(BlockStore.READ);
            assertThat(store.firstSequence()).isEqualTo(4);
            assertThat(store.next()).isEqualTo(BlockStore.END);
            store.append(records(1), RECORD, 1);
            assertThat(store.next()).isEqualTo(BlockStore.READ);
            assertThat(store.firstSequence()).isEqualTo(7);
        }
    }

    @Test
    void shouldCallABlockDamagedThatWasChangedWhileTheReaderWasBusy() throws Exception {
        try (BlockStore store = waiting()) {
            store.append(records(1), RECORD, 1);
            store.append(records(2), 2 * RECORD, 2);
            change(store, 3);

            assertThat(store.next()).isEqualTo(BlockStore.READ);
            assertThat(store.next()).isEqualTo(BlockStore.DAMAGED);
            assertThat(store.fault()).contains("sequences 2 to 3");
        }
    }

    @Test
    void shouldLeaveNoRecordsInMemoryOnceTheyAreRead() throws Exception {
        try (BlockStore store = waiting()) {
            store.append(records(2), 2 * RECORD, 2);
            assertThat(store.next()).isEqualTo(BlockStore.READ);
            byte[] read = store.plain();
            assertThat(store.next()).isEqualTo(BlockStore.END);
            assertThat(read).containsOnly(0);
        }
    }

    @Test
    void shouldBringSegmentsOntoTheDiskThatEndedMeanwhileUnlessTheyAreGone() throws Exception {
        try (BlockStore store = waiting()) {
            int first = store.log().currentSegment();
            store.append(records(2), 2 * RECORD, 2);
            store.begin();
            int second = store.log().currentSegment();
            store.append(records(2), 2 * RECORD, 2);
            store.begin();
            assertThat(store.log().unsynced()).containsExactlyInAnyOrder(first, second);
            store.delete(first);
            store.sync();
            assertThat(store.log().unsynced()).isEmpty();
        }
    }

    /** A position behind its first block was synced, and after a power cut a start missed that block. */
    @ParameterizedTest
    @EnumSource
    void shouldSyncWhatBeginsASegmentUnlessNothingIs(SyncMode sync) throws Exception {
        try (BlockStore store = open(sync)) {
            for (int i = 0; i < 2; i++) {
                assertThat(store.begin()).isTrue();
                assertThat(store.log().isSynced()).isEqualTo(sync != SyncMode.OS);
                store.append(records(2), 2 * RECORD, 2);
                assertThat(store.log().isSynced()).isFalse();
            }
        }
    }

    @Test
    void shouldKnowRecordsFromWhatIsNone() {
        byte[] two = records(2);
        assertThat(Block.holdsRecords(two, two.length, 2)).isTrue();
        assertThat(Block.holdsRecords(two, two.length, 1)).isFalse();
        assertThat(Block.holdsRecords(two, two.length, 3)).isFalse();
        assertThat(Block.holdsRecords(two, two.length - 1, 2)).isFalse();
        assertThat(Block.holdsRecords(new byte[0], 0, 0)).isTrue();
        Bytes.putIntBe(two, 0, -1);
        assertThat(Block.holdsRecords(two, two.length, 2)).isFalse();
        byte[] strip = records(1);
        Bytes.putIntBe(strip, 4, 200 << 16);
        assertThat(Block.holdsRecords(strip, strip.length, 1)).isFalse();
    }
}
