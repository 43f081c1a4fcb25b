package io.fluxrig.transport.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemFileTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("x.pem"), text);
    }

    @Test
    void shouldReadAKeyBetweenOtherBlocks() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        Path file = file("a line of text\n"
                + PemFile.block("PUBLIC KEY", pair.getPublic().getEncoded())
                + PemFile.block("PRIVATE KEY", pair.getPrivate().getEncoded()));

        assertThat(PemFile.key(file, "EC").getEncoded())
                .isEqualTo(pair.getPrivate().getEncoded());
        assertThatThrownBy(() -> PemFile.key(file, "RSA")).hasMessageContaining("holds no RSA key");
    }

    @Test
    void shouldSayWhatAFileLacks() throws Exception {
        Path text = file("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        Path damaged = Files.writeString(
                folder.resolve("damaged.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertThatThrownBy(() -> PemFile.key(text, "RSA")).hasMessageContaining("openssl pkcs8 -topk8");
        assertThatThrownBy(() -> PemFile.certificates(text)).hasMessageContaining("x.pem holds no certificate");
        assertThatThrownBy(() -> PemFile.certificates(damaged)).hasMessageContaining("damaged certificate");
        assertThatThrownBy(() -> PemFile.certificates(folder.resolve("none")))
                .hasMessageContaining("none is not there");
    }

    @Test
    void shouldRefuseAFileThatIsTooLong() throws Exception {
        Path file = file("#".repeat((1 << 20) + 1));

        assertThatThrownBy(() -> PemFile.certificates(file)).hasMessageContaining("length=1048577 max=1048576");
    }
}
