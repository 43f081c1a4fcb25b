package io.fluxrig.transport.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsTroubleTest {
    private static Exception caused(Throwable cause) {
        return new IOException("outer", new SSLHandshakeException("x").initCause(cause));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Received fatal alert: certificate_required | the server wants a certificate, or does not take this node's",
                "Received fatal alert: bad_certificate | the server wants a certificate, or does not take this node's",
                "Received fatal alert: unknown_ca | the server wants a certificate, or does not take this node's",
                "Received fatal alert: decrypt_error | its key do not go together",
                "Received fatal alert: protocol_version | TLS 1.3 is needed",
                "Received fatal alert: handshake_failure | TLS 1.3 is needed"
            })
    void shouldSayWhatAnAlertMeans(String alert, String words) {
        assertThat(TlsTrouble.of(new IOException(new SSLHandshakeException(alert))))
                .contains(words);
    }

    @Test
    void shouldSayWhatIsWrongWithTheServersCertificate() {
        assertThat(TlsTrouble.of(caused(new CertificateExpiredException("NotAfter: today"))))
                .contains("not valid today");
        assertThat(TlsTrouble.of(caused(new CertificateException("No subject alternative names present"))))
                .contains("mixer.names");
        assertThat(TlsTrouble.of(caused(new CertificateException(TlsTrouble.OLD_VERSION))))
                .isEqualTo(TlsTrouble.OLD_VERSION);
    }

    @Test
    void shouldSaySoOfNothingElse() {
        assertThat(TlsTrouble.of(new IOException("Unable to connect"))).isEmpty();
    }

    @Test
    void shouldForgetWhatItHasTold() {
        TlsTrouble trouble = new TlsTrouble();
        trouble.note(new IOException("SSL required by server."));

        assertThat(trouble.take(new IOException("x"), List.of(), null)).contains("write tls://");
        assertThat(trouble.take(new IOException("x"), List.of(), null)).isEmpty();
    }

    @Test
    void shouldNotTakeACertificateWithoutItsKey() {
        assertThatThrownBy(() -> new TlsFiles(null, Path.of("x"), null)).isInstanceOf(IllegalArgumentException.class);
    }
}
