package io.fluxrig.engine.passport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.passport.ApiTokens.ApiToken;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiTokensTest {
    private static final String ONE = "1".repeat(32);
    private static final String TWO = "2".repeat(32);

    private static ApiTokens read(String text) throws PassportException {
        return ApiTokens.read(text.getBytes(StandardCharsets.UTF_8), "api.token");
    }

    @Test
    void shouldTakeABareTokenForTheAdministrators() throws Exception {
        assertThat(read("  " + ONE + "\n").find(ONE)).isEqualTo(new ApiToken("admin", ONE, false));
    }

    @Test
    void shouldSayWhoseEachOfSeveralIsAndWhatForAndNeverWhatItIs() throws Exception {
        ApiTokens tokens =
                read("# ours\n\ngrafana  " + ONE + " read\r\nana\t" + TWO + "\nana " + "3".repeat(32) + "\n");

        assertThat(tokens.find(ONE)).isEqualTo(new ApiToken("grafana", ONE, true));
        assertThat(tokens.find(TWO).name()).isEqualTo("ana");
        assertThat(tokens.find(TWO).readOnly()).isFalse();
        assertThat(tokens.find("3".repeat(32)).name()).isEqualTo("ana");
        assertThat(tokens.find(ONE + "1")).isNull();
        assertThat(tokens.find("")).isNull();
        assertThat(tokens.best().token()).isEqualTo(TWO);
        assertThat(tokens).hasToString("grafana (read), ana, ana");
        assertThat(read("g " + ONE + " read").best().token()).isEqualTo(ONE);
    }

    @ParameterizedTest
    @CsvSource({
        "ana 222222, line 2 has a token that is too short: length=6 min=32",
        "Ana 22222222222222222222222222222222, line 2 has a name that none may have",
        "ana 22222222222222222222222222222222 write, 'line 2 is not NAME TOKEN, or NAME TOKEN read'",
        "ana 22222222222222222222222222222222 read it, line 2 is not",
        "ana 2222222222222222222222222222222ä, line 2 has a token with characters that no header carries",
        "ana 11111111111111111111111111111111, line 2 has the token of a line above"
    })
    void shouldNameTheLineThatIsNoneAndNothingOfIt(String line, String told) {
        assertThatThrownBy(() -> read(ONE + "\n" + line))
                .hasMessageContaining("api.token " + told)
                .hasMessageNotContaining("222222");
    }

    @Test
    void shouldRefuseNoneAndTooMany() {
        assertThatThrownBy(() -> read("# nobody\n")).hasMessageContaining("holds no token");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i <= ApiTokens.COUNT_MAX; i++) {
            many.append("n ").append(100 + i).append(ONE).append('\n');
        }
        assertThatThrownBy(() -> read(many.toString())).hasMessageContaining("line 65 is one too many: max=64");
    }
}
