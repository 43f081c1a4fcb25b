package io.fluxrig.perf.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BytesTest {

    private final byte[] bytes = {0, 1, 2, 3, 4, 5, 6, 7, 8, (byte) 0xFF};

    @Test
    void shouldReadBigEndian() {
        assertThat(Bytes.longBe(bytes, 1)).isEqualTo(0x0102030405060708L);
        assertThat(Bytes.intBe(bytes, 1)).isEqualTo(0x01020304);
        assertThat(Bytes.shortBe(bytes, 8)).isEqualTo(0x08FF);
        assertThat(Bytes.shortBe(new byte[] {(byte) 0xFF, (byte) 0xFE}, 0)).isEqualTo(65_534);
    }

    @Test
    void shouldReadLittleEndian() {
        assertThat(Bytes.longLe(bytes, 1)).isEqualTo(0x0807060504030201L);
        assertThat(Bytes.intLe(bytes, 1)).isEqualTo(0x04030201);
    }

    @Test
    void shouldWriteBigEndian() {
        byte[] out = new byte[15];
        Bytes.putLongBe(out, 1, 0x0102030405060708L);
        Bytes.putIntBe(out, 9, 0x0A0B0C0D);
        Bytes.putShortBe(out, 13, 0x1_EEFF);

        assertThat(out).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 0xEE, 0xFF);
    }

    @Test
    void shouldWriteLittleEndian() {
        byte[] out = new byte[13];
        Bytes.putLongLe(out, 1, 0x0102030405060708L);
        Bytes.putIntLe(out, 9, 0x0A0B0C0D);

        assertThat(out).containsExactly(0, 8, 7, 6, 5, 4, 3, 2, 1, 13, 12, 11, 10);
    }

    @Test
    void shouldRejectOffsetOutsideTheArray() {
        assertThatThrownBy(() -> Bytes.longBe(bytes, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Bytes.putIntBe(bytes, -1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldWipeOnlyTheRange() {
        Bytes.wipe(bytes, 2, 3);
        assertThat(bytes).containsExactly(0, 1, 0, 0, 0, 5, 6, 7, 8, 0xFF);
        Bytes.wipe(bytes);
        assertThat(bytes).containsOnly(0);
    }

    @Test
    void shouldCompareRanges() {
        assertThat(Bytes.equal(bytes, 1, new byte[] {9, 1, 2, 3}, 1, 3)).isTrue();
        assertThat(Bytes.equal(bytes, 1, new byte[] {9, 1, 2, 4}, 1, 3)).isFalse();
    }

    @Test
    void shouldHashTheSameOnEveryMachine() {
        assertThat(Bytes.hash64("0123456789ABCDEFxyz".getBytes(StandardCharsets.US_ASCII), 0, 19))
                .isEqualTo(0x42B43B23F6AC9D64L);
    }

    @Property
    void shouldHashTheRangeOnly(@ForAll @Size(max = 40) byte[] key, @ForAll @IntRange(max = 9) int shift) {
        byte[] moved = new byte[key.length + 20];
        Arrays.fill(moved, (byte) 0x55);
        System.arraycopy(key, 0, moved, shift, key.length);

        assertThat(Bytes.hash64(moved, shift, key.length)).isEqualTo(Bytes.hash64(key, 0, key.length));
    }

    @Test
    void shouldTellLengthsSeedsAndNeighboursApart() {
        Set<Long> seen = new HashSet<>();
        for (int length = 0; length <= 64; length++) {
            assertThat(seen.add(Bytes.hash64(new byte[64], 0, length))).isTrue();
        }
        for (int seed = 1; seed < 1000; seed++) {
            assertThat(seen.add(Bytes.hash64(new byte[64], 0, 64, seed))).isTrue();
        }
    }

    @Test
    void shouldFlipHalfTheBitsForAnyInputBit() {
        for (int length : new int[] {1, 6, 8, 13, 24}) {
            for (int bit = 0; bit < length * 8; bit++) {
                assertThat(flippedOnAverage(length, bit))
                        .as("length=%d bit=%d", length, bit)
                        .isBetween(27.0, 37.0);
            }
        }
    }

    @Test
    void shouldSpreadCountersOverLowAndHighBits() {
        int[] low = new int[256];
        int[] high = new int[256];
        byte[] key = new byte[12];
        for (int i = 0; i < 25_600; i++) {
            Bytes.putIntBe(key, 8, i);
            long hash = Bytes.hash64(key, 0, 12);
            low[(int) hash & 255]++;
            high[(int) (hash >>> 56)]++;
        }
        assertThat(IntStream.of(low)).allSatisfy(count -> assertThat(count).isBetween(55, 150));
        assertThat(IntStream.of(high)).allSatisfy(count -> assertThat(count).isBetween(55, 150));
    }

    @Test
    void shouldFindADifferenceAtAnyPlaceAndNoneBeyondTheRange() {
        for (int length = 0; length <= 40; length++) {
            byte[] left = new byte[length + 3];
            byte[] right = new byte[length + 3];
            left[0] = 9;
            right[length + 2] = 9;
            assertThat(Bytes.equal(left, 1, right, 2, length)).isTrue();
            for (int place = 0; place < length; place++) {
                left[1 + place] = 1;
                assertThat(Bytes.equal(left, 1, right, 2, length)).isFalse();
                left[1 + place] = 0;
            }
        }
    }

    @Test
    void shouldMixNumbersApart() {
        Set<Integer> lowBits = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            lowBits.add((int) Bytes.mix64((long) i << 40) & 0xFFFF);
        }
        assertThat(lowBits).hasSizeGreaterThan(950);
    }

    private static double flippedOnAverage(int length, int bit) {
        int samples = 200;
        long flipped = 0;
        byte[] key = new byte[length];
        for (int sample = 0; sample < samples; sample++) {
            for (int i = 0; i < length; i++) {
                key[i] = (byte) Bytes.mix64(sample * 64L + i + 1);
            }
            long before = Bytes.hash64(key, 0, length);
            key[bit >>> 3] ^= (byte) (1 << (bit & 7));
            flipped += Long.bitCount(before ^ Bytes.hash64(key, 0, length));
        }
        return (double) flipped / samples;
    }
}
