package io.fluxrig.iso.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.wire.CharClass;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class HexCharactersTest {

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void shouldKnowTheClassesOfEveryCharacterInEitherCase() {
        for (CharClass chars : CharClass.values()) {
            int bit = Characters.bit(chars);
            for (int value = 0; value < 256; value++) {
                boolean has = Characters.LATIN.has(value, bit);
                String hex = String.format("%02X", value);
                assertThat(HexCharacters.firstOutside(ascii("--" + hex), 2, 1, bit))
                        .as("%s of %s", hex, chars)
                        .isEqualTo(has ? -1 : 0);
                assertThat(HexCharacters.firstOutside(ascii(hex.toLowerCase(Locale.ROOT)), 0, 1, bit))
                        .isEqualTo(has ? -1 : 0);
            }
        }
    }

    @Test
    void shouldFindTheFirstThatIsNoHex() {
        int any = Characters.bit(CharClass.ANY);
        assertThat(HexCharacters.firstOutside(ascii("41424G4H"), 0, 4, any)).isEqualTo(2);
        assertThat(HexCharacters.firstOutside(ascii("4142G444"), 0, 4, any)).isEqualTo(2);
        assertThat(HexCharacters.firstOutside(new byte[] {'4', (byte) 0xB1}, 0, 1, any))
                .isZero();
        assertThat(HexCharacters.firstOutside(ascii(""), 0, 0, any)).isEqualTo(-1);
    }
}
