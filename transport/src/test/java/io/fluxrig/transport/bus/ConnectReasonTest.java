package io.fluxrig.transport.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.security.sasl.AuthenticationException;
import org.junit.jupiter.api.Test;

class ConnectReasonTest {
    private static String of(Throwable cause) {
        return ConnectReason.of(new IOException("nats://user:secret@h", cause));
    }

    @Test
    void shouldSayInWordsWhyAndQuoteNothing() {
        assertThat(of(new ConnectException("secret"))).isEqualTo(" (connection refused)");
        assertThat(of(new UnknownHostException("secret"))).isEqualTo(" (nobody knows that name)");
        assertThat(of(new SocketTimeoutException("secret"))).isEqualTo(" (no answer in time)");
        assertThat(of(new AuthenticationException("secret"))).isEqualTo(" (authentication)");
        assertThat(of(null)).isEmpty();
    }
}
