package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.clock.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockStoreTest {
    private static final int RECORD = Block.RECORD_HEADER_LENGTH + 4;

    @TempDir
    private Path folder;

    private BlockStore open() throws Exception {
        Seal seal =
                new Seal(JournalRig.key(1), "rack/a.out-b.in".getBytes(StandardCharsets.US_ASCII), new SecureRandom());
        JournalSettings settings = JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE);
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
            store.log().moveToStart();

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
