package io.fluxrig.transport.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CborKeyTest {
    private static final String LETTERS = "abcdefghijklmnopqrstuvw";

    private final CborReader in = new CborReader();
    private final CborWriter out = new CborWriter();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 7, 8, 14, 15, 16, 22, 23})
    void shouldKnowItselfWhateverIsBehind(int length) {
        CborKey key = CborKey.of(LETTERS.substring(0, length));
        for (int slack = 0; slack <= 24; slack++) {
            byte[] src = with(key, slack);
            assertThat(in.on(src, 1, key.length()).skipKey(key)).isTrue();
            assertThat(in.position()).isEqualTo(1 + key.length());
            assertThat(in.itemStart()).isEqualTo(1);
            assertThat(in.on(src, 1, key.length() - 1).skipKey(key)).isFalse();
            assertThat(in.position()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 7, 8, 14, 15, 16, 22, 23})
    void shouldNotTakeAKeyThatDiffersInAnyByte(int length) {
        CborKey key = CborKey.of(LETTERS.substring(0, length));
        for (int slack : new int[] {0, 24}) {
            for (int place = 1; place <= key.length(); place++) {
                byte[] src = with(key, slack);
                src[place] ^= 0x10;
                assertThat(in.on(src, 1, key.length()).skipKey(key)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 15, 16, 23})
    void shouldBeWrittenWithoutGoingBeyondTheLimit(int length) {
        CborKey key = CborKey.of(LETTERS.substring(0, length));
        for (int slack = 0; slack <= 24; slack++) {
            byte[] dst = new byte[key.length() + slack + 1];
            dst[dst.length - 1] = 99;
            out.on(dst, 0, dst.length - 1).key(key);
            assertThat(out.result()).isEqualTo(key.length());
            assertThat(Arrays.copyOf(dst, key.length())).isEqualTo(key.encoded());
            assertThat(dst[dst.length - 1]).isEqualTo((byte) 99);
        }
        byte[] dst = new byte[30];
        out.on(dst, 0, key.length() - 1).key(key);
        assertThat(out.result()).isEqualTo(CborFault.NO_ROOM);
    }

    @Test
    void shouldBeAnEncodedText() {
        assertThat(CborKey.of("mti").encoded()).isEqualTo(Hex.bytes("636d7469"));
    }

    @Test
    void shouldRefuseATextThatIsTooLongOrNotAscii() {
        assertThatThrownBy(() -> CborKey.of(LETTERS + "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CborKey.of("\u00e9")).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] with(CborKey key, int slack) {
        byte[] src = new byte[1 + key.length() + slack];
        Arrays.fill(src, (byte) 0xEE);
        System.arraycopy(key.encoded(), 0, src, 1, key.length());
        return src;
    }
}
