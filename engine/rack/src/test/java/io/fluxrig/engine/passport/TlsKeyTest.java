package io.fluxrig.engine.passport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsKeyTest {
    @TempDir
    private Path folder;

    @Test
    void shouldBeTheSameKeyAfterARestart() throws Exception {
        KeyPair made = TlsKey.open(folder.resolve("tls.key"));

        assertThat(TlsKey.open(folder.resolve("tls.key")).getPublic()).isEqualTo(made.getPublic());
        assertThat(TlsKey.publicKey(made.getPublic().getEncoded())).isEqualTo(made.getPublic());
    }

    @Test
    void shouldRefuseAFileThatHoldsNoPair() throws Exception {
        Path file = Files.writeString(folder.resolve("tls.key"), "nothing");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> TlsKey.open(file)).hasMessageContaining("holds no key pair for TLS");
    }

    @Test
    void shouldTakeNothingElseForAPublicKey() {
        assertThatThrownBy(() -> TlsKey.publicKey(new byte[91])).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> TlsKey.publicKey(NodeKey.ephemeral().publicKey()))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void shouldRefuseAJoinFileThatIsNotWhole() throws Exception {
        Path file = Files.writeString(folder.resolve(JoinFile.NAME), TlsKey.text(TlsKey.make()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(JoinFile.read(folder.resolve("none"))).isNull();
        assertThatThrownBy(() -> JoinFile.read(file)).hasMessageContaining("is no whole join.pem");
    }
}
