package io.fluxrig.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.cli.demo.Ports.Use;
import io.fluxrig.engine.config.Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void shouldNameTakenPortAndTheVariableThatMovesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports ports = Ports.of(Map.of("TERMINALS_BIND", ":" + taken.getLocalPort()), true);

            assertThat(ports.taken())
                    .singleElement()
                    .asString()
                    .contains(taken.getLocalPort() + " (terminals)", "TERMINALS_BIND");
        }
    }

    @Test
    void shouldMovePortsByEnvironment() throws Exception {
        Ports ports = Ports.of(Map.of("TERMINALS_BIND", ":7000"), false);

        assertThat(ports.address(Use.TERMINALS)).isEqualTo(new Address("", 7000));
        assertThat(ports.address(Use.SCHEME_A)).hasToString("127.0.0.1:9101");
    }

    @Test
    void shouldNameTheVariableThatHoldsNoAddress() {
        assertThatThrownBy(() -> Ports.of(Map.of("SCHEME_B_ADDRESS", "x"), false))
                .isInstanceOf(DemoException.class)
                .hasMessageContaining("SCHEME_B_ADDRESS=x");
    }

    @Test
    void shouldChooseAFreePortForEachUseThatNoVariableSets() throws Exception {
        Ports ports = Ports.of(Map.of("SILENT_ADDRESS", "127.0.0.1:9103"), true);

        assertThat(Arrays.stream(Use.values()).map(use -> ports.address(use).port()))
                .doesNotHaveDuplicates()
                .doesNotContain(0, 8583, 9101, 9102, 8090)
                .contains(9103);
    }

    @Test
    void shouldChooseAFreePortWhereAVariableAsksForAnyPort() throws Exception {
        Ports ports = Ports.of(Map.of("FLUXRIG_TELEMETRY_BIND", "127.0.0.1:0"), false);

        assertThat(ports.address(Use.STATUS).port()).isNotIn(0, 8090);
        assertThat(ports.address(Use.TERMINALS).port()).isEqualTo(8583);
    }
}
