package io.fluxrig.iso.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.wire.CharClass;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharactersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            N   | 0123456789          | a /:
            A   | 'AZ az'             | 0-
            AN  | 'AZ az09'           | -.
            AS  | 'AZ-./'             | 09
            NS  | '09 -./'            | AZaz
            ANS | 'AZaz09 ~!'         | é
            Z   | '0123456789=:;<>?DF' | 'AE '
            XN  | 'CD09'              | 'ABE '
            HEX | 0189ABCDEFabcdef    | Gg-
            """)
    void shouldHoldWhatItNames(CharClass chars, String inside, String outside) {
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            assertThat(Characters.LATIN.has(c, Characters.bit(chars)))
                    .as("%s holds %s", chars, c)
                    .isTrue();
        }
        for (int i = 0; i < outside.length(); i++) {
            char c = outside.charAt(i);
            assertThat(Characters.LATIN.has(c, Characters.bit(chars)))
                    .as("%s lacks %s", chars, c)
                    .isFalse();
        }
    }

    @Test
    void shouldNameTheFirstOutside() {
        byte[] text = "..12a4b".getBytes(StandardCharsets.US_ASCII);
        int digits = Characters.bit(CharClass.N);
        assertThat(Characters.LATIN.firstOutside(text, 2, 5, digits)).isEqualTo(2);
        assertThat(Characters.LATIN.firstOutside(text, 2, 2, digits)).isEqualTo(-1);
    }

    @Test
    void shouldCheckEbcdicWhereItStands() {
        int digits = Characters.bit(CharClass.N);
        assertThat(Characters.CP1047.firstOutside(Ebcdic.CP1047.bytes("120"), 0, 3, digits))
                .isEqualTo(-1);
        assertThat(Characters.CP037.firstOutside(Ebcdic.CP037.bytes("12A"), 0, 3, digits))
                .isEqualTo(2);
    }
}
