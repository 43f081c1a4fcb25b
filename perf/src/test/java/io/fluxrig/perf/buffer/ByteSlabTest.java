package io.fluxrig.perf.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ByteSlabTest {

    private final ByteSlab slab = new ByteSlab(16, 8);

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i + 1);
        }
        return bytes;
    }

    @Test
    void shouldShowWhereAShortRecordLies() {
        ByteSlab slab = new ByteSlab(16, 8);
        slab.claim(1);
        int second = slab.claim(10);
        slab.array(second)[slab.start(second) + 3] = 7;

        assertThat(slab.matches(second, 0, new byte[] {0, 0, 0, 7, 0}, 0, 5)).isTrue();
        assertThatThrownBy(() -> slab.resize(second, -1)).isInstanceOf(IllegalArgumentException.class);
        slab.release(second);
        assertThatThrownBy(() -> slab.array(second)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> slab.start(second)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> slab.resize(second, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldKeepARecordOfOneBlock() {
        int handle = slab.claim(16);
        slab.put(handle, 0, bytes(16), 0, 16);

        byte[] out = new byte[16];
        slab.get(handle, 0, out, 0, 16);
        assertThat(out).isEqualTo(bytes(16));
        assertThat(slab.length(handle)).isEqualTo(16);
        assertThat(slab.blocksInUse()).isEqualTo(1);
    }

    @Test
    void shouldChainBlocksForALongerRecord() {
        int handle = slab.claim(50);
        slab.put(handle, 0, bytes(50), 0, 50);
        slab.put(handle, 14, new byte[] {99, 98, 97, 96}, 1, 3);

        byte[] out = new byte[8];
        slab.get(handle, 12, out, 1, 6);
        assertThat(out).containsExactly(0, 13, 14, 98, 97, 96, 18, 0);
        assertThat(slab.blocksInUse()).isEqualTo(4);
        assertThat(slab.inUse()).isEqualTo(1);
    }

    @Test
    void shouldCompareAcrossBlocks() {
        int handle = slab.claim(40);
        slab.put(handle, 0, bytes(40), 0, 40);

        assertThat(slab.matches(handle, 0, bytes(40), 0, 40)).isTrue();
        assertThat(slab.matches(handle, 10, bytes(40), 10, 30)).isTrue();
        byte[] other = bytes(40);
        other[33] = 0;
        assertThat(slab.matches(handle, 0, other, 0, 40)).isFalse();
        assertThat(slab.matches(handle, 0, other, 0, 33)).isTrue();
    }

    @Test
    void shouldKeepNumbers() {
        int handle = slab.claim(40);
        slab.putLong(handle, 0, Long.MIN_VALUE + 1);
        slab.putLong(handle, 32, 0x0102030405060708L);
        slab.putInt(handle, 20, -7);

        assertThat(slab.getLong(handle, 0)).isEqualTo(Long.MIN_VALUE + 1);
        assertThat(slab.getLong(handle, 32)).isEqualTo(0x0102030405060708L);
        assertThat(slab.getInt(handle, 20)).isEqualTo(-7);
        assertThat(slab.getInt(handle, 16)).isZero();
    }

    @Test
    void shouldRejectNumbersThatCouldStraddleBlocks() {
        int handle = slab.claim(40);

        assertThatThrownBy(() -> slab.getLong(handle, 12)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> slab.putInt(handle, 6, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("at=6 must be a multiple of 4");
    }

    @Test
    void shouldWipeOnRelease() {
        int handle = slab.claim(128);
        slab.put(handle, 0, bytes(128), 0, 128);
        slab.release(handle);

        int again = slab.claim(128);
        byte[] out = bytes(128);
        slab.get(again, 0, out, 0, 128);
        assertThat(out).containsOnly(0);
    }

    @Test
    void shouldDetectADoubleRelease() {
        int handle = slab.claim(10);
        slab.release(handle);

        assertThatThrownBy(() -> slab.release(handle)).isInstanceOf(IllegalStateException.class);
        assertThat(slab.inUse()).isZero();
        assertThat(slab.blocksInUse()).isZero();
    }

    @Test
    void shouldRefuseAStaleHandleAfterTheBlockWasClaimedAgain() {
        int stale = slab.claim(10);
        slab.release(stale);
        int fresh = slab.claim(10);

        assertThat(fresh).isNotEqualTo(stale);
        assertThat(slab.isClaimed(stale)).isFalse();
        assertThat(slab.isClaimed(fresh)).isTrue();
        assertThatThrownBy(() -> slab.release(stale)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> slab.getInt(stale, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> slab.length(stale)).isInstanceOf(IllegalStateException.class);
        assertThat(slab.inUse()).isEqualTo(1);
    }

    @Test
    void shouldRefuseHandlesItNeverGave() {
        int handle = slab.claim(40);

        assertThat(slab.isClaimed(-1)).isFalse();
        assertThat(slab.isClaimed(Integer.MAX_VALUE)).isFalse();
        assertThat(slab.isClaimed(0)).isFalse();
        int continued = handle + 1;
        assertThat(slab.isClaimed(continued)).isFalse();
    }

    @Test
    void shouldReuseGenerationsAfterManyReleases() {
        ByteSlab one = new ByteSlab(8, 1);
        for (int i = 0; i < 1000; i++) {
            int handle = one.claim(8);
            assertThat(handle).isPositive();
            assertThat(one.claim(1)).isEqualTo(ByteSlab.FULL);
            one.release(handle);
        }
        assertThat(one.inUse()).isZero();
    }

    @Test
    void shouldSayFullAndClaimNothing() {
        int five = slab.claim(5 * 16);
        assertThat(slab.claim(4 * 16)).isEqualTo(ByteSlab.FULL);
        assertThat(slab.blocksInUse()).isEqualTo(5);
        assertThat(slab.claim(3 * 16)).isNotNegative();
        assertThat(slab.claim(0)).isEqualTo(ByteSlab.FULL);

        slab.release(five);
        assertThat(slab.claim(0)).isNotNegative();
        assertThat(slab.claim(Integer.MAX_VALUE)).isEqualTo(ByteSlab.FULL);
    }

    @Test
    void shouldGrowToItsMaximum() {
        int blocks = 3 * 65_536 / 16 + 5;
        ByteSlab large = new ByteSlab(16, blocks);
        for (int i = 0; i < blocks; i++) {
            int handle = large.claim(8);
            large.putLong(handle, 0, handle);
            assertThat(large.getLong(handle, 0)).isEqualTo(handle);
        }
        assertThat(large.claim(8)).isEqualTo(ByteSlab.FULL);
        assertThat(large.inUse()).isEqualTo(blocks);
        assertThat(large.blocksMax()).isEqualTo(blocks);
        assertThat(large.blockLength()).isEqualTo(16);
    }

    @Test
    void shouldChainAcrossSegments() {
        ByteSlab large = new ByteSlab(64, 4096);
        int handle = large.claim(200_000);
        byte[] content = bytes(200_000);
        large.put(handle, 0, content, 0, content.length);

        assertThat(large.matches(handle, 0, content, 0, content.length)).isTrue();
        large.release(handle);
        assertThat(large.blocksInUse()).isZero();
    }

    @Test
    void shouldRejectRangesOutsideTheRecord() {
        int handle = slab.claim(20);

        assertThatThrownBy(() -> slab.put(handle, 18, bytes(3), 0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slab.get(handle, -1, bytes(3), 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slab.getLong(handle, 16)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slab.put(handle, 0, bytes(3), 1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        slab.put(handle, 20, bytes(0), 0, 0);
    }

    @Test
    void shouldRejectBadShapes() {
        assertThatThrownBy(() -> new ByteSlab(12, 8))
                .hasMessage("blockLength=12 must be a power of two, min=8 max=65536");
        assertThatThrownBy(() -> new ByteSlab(4, 8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ByteSlab(1 << 17, 8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ByteSlab(16, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ByteSlab(16, (1 << 24) + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> slab.claim(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
