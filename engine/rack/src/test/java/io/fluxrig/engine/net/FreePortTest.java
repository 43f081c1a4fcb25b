package io.fluxrig.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortTest {

    @Test
    void shouldGiveNoPortTwiceAndNoneThatSystemsGiveToClients() {
        int first = FreePort.onLoopback();
        assertThat(first).isBetween(20_000, 32_767);
        assertThat(FreePort.onLoopback()).isNotEqualTo(first);
    }

    @Test
    void shouldPassOverAPortThatIsTaken() throws Exception {
        int port = FreePort.onLoopback();
        int next = port == 32_767 ? 20_000 : port + 1;
        try (ServerSocket taken = new ServerSocket(next, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePort.onLoopback()).isNotEqualTo(taken.getLocalPort());
        }
    }
}
