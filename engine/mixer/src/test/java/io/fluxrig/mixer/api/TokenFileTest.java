package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.passport.ApiTokens.ApiToken;
import io.fluxrig.engine.passport.OwnFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    private static final String ONE = "1".repeat(32);
    private static final String TWO = "2".repeat(32);

    @TempDir
    Path folder;

    private Path file;
    private TokenFile tokens;

    @BeforeEach
    void open() throws Exception {
        file = folder.resolve("api.token");
        tokens = TokenFile.open(file);
    }

    private void write(String text) throws Exception {
        OwnFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        tokens.look();
    }

    private ApiToken shown(String token) {
        return tokens.in("bearer " + token);
    }

    @Test
    void shouldMakeATokenThatTheAdministratorsShow() throws Exception {
        String made = Files.readString(file).strip();

        assertThat(made).hasSize(43);
        assertThat(shown(made)).isEqualTo(new ApiToken("admin", made, false));
        assertThat(TokenFile.open(file).in("Bearer " + made)).isNotNull();
        assertThat(tokens.in(null)).isNull();
        assertThat(tokens.in("Basic " + made)).isNull();
    }

    @Test
    void shouldTakeWhatTheFileSaysNow() throws Exception {
        String made = Files.readString(file).strip();

        write(made + "\nana " + ONE + "\n");
        assertThat(shown(made)).isNotNull();
        assertThat(shown(ONE).name()).isEqualTo("ana");

        write("ana " + TWO + " read\n");
        assertThat(shown(made)).isNull();
        assertThat(shown(ONE)).isNull();
        assertThat(shown(TWO).readOnly()).isTrue();
    }

    @Test
    void shouldStayWithThoseOfBeforeWhereTheFileCannotBeUsed() throws Exception {
        write("ana " + ONE + "\n");

        write("ana " + ONE + "\nben tooshort\n");
        assertThat(shown(ONE)).isNotNull();
        Files.delete(file);
        tokens.look();
        assertThat(shown(ONE)).isNotNull();
        write("ana " + TWO + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        tokens.look();
        assertThat(shown(TWO)).isNotNull();
    }
}
