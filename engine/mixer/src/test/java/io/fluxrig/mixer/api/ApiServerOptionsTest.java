package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.Address;
import io.fluxrig.transport.bus.TlsFiles;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ApiServerOptionsTest {
    private static final Address BIND = new Address("127.0.0.1", 0);

    /** A connection counts nowhere before its handshake has ended. */
    @Test
    void shouldGiveAHandshakeAsLongAsTheFirstRequest() {
        HttpServerOptions tls = ApiServer.options(BIND, new TlsFiles(null, Path.of("tls.crt"), Path.of("tls.key")));

        assertThat(tls.isSsl()).isTrue();
        assertThat(tls.getSslHandshakeTimeoutUnit().toSeconds(tls.getSslHandshakeTimeout()))
                .isEqualTo(ApiServer.HANDSHAKE_SECONDS);
        assertThat(tls.getSslHandshakeTimeoutUnit()).isEqualTo(TimeUnit.SECONDS);
        assertThat(tls.getEnabledSecureTransportProtocols()).containsExactly("TLSv1.3");
    }

    @Test
    void shouldSpeakPlainWithoutFilesToShow() {
        assertThat(ApiServer.options(BIND, null).isSsl()).isFalse();
    }
}
