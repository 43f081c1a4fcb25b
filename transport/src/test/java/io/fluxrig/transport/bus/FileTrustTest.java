package io.fluxrig.transport.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTrustTest {
    @TempDir
    private Path folder;

    private final X509Certificate[] jvms = new FileTrust(null, false).getAcceptedIssuers();

    /** One of those that the JVM trusts stands for an authority of one's own. */
    private Path file() throws Exception {
        return Files.writeString(folder.resolve("ca.crt"), PemFile.block("CERTIFICATE", jvms[0].getEncoded()));
    }

    @Test
    void shouldBelieveWhomTheFileHoldsAndNobodyElse() throws Exception {
        assertThat(new FileTrust(file(), false).getAcceptedIssuers()).containsExactly(jvms[0]);
    }

    @Test
    void shouldBelieveTheJvmsBesideThemWhereItIsTold() throws Exception {
        assertThat(jvms).hasSizeGreaterThan(1);

        assertThat(new FileTrust(file(), true).getAcceptedIssuers()).contains(jvms);
    }
}
