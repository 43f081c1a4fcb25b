package io.fluxrig.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void shouldNameTakenPortAndTheVariableThatMovesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> lines =
                    Ports.taken(List.of(new Ports.Port("terminals", "TERMINALS_BIND", taken.getLocalPort())));

            assertThat(lines)
                    .singleElement()
                    .asString()
                    .contains(taken.getLocalPort() + " (terminals)", "TERMINALS_BIND");
        }
    }

    @Test
    void shouldNotStartWhereAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            DemoPlan plan = plan(Map.of("SILENT_ADDRESS", "127.0.0.1:" + taken.getLocalPort()));
            PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

            assertThatThrownBy(() -> new Demo(plan, nowhere).run())
                    .isInstanceOf(DemoException.class)
                    .hasMessageContaining("the silent host")
                    .hasMessageContaining("SILENT_ADDRESS");
        }
    }

    @Test
    void shouldMovePortsByEnvironment() throws Exception {
        DemoPlan plan = plan(Map.of("TERMINALS_BIND", ":7000"));

        assertThat(plan.terminals().port()).isEqualTo(7000);
        assertThat(plan.schemeA().toString()).isEqualTo("127.0.0.1:9101");
        assertThatThrownBy(() -> plan(Map.of("SCHEME_B_ADDRESS", "x")).ports())
                .hasMessageContaining("SCHEME_B_ADDRESS=x");
    }

    private static DemoPlan plan(Map<String, String> environment) {
        return new DemoPlan(Path.of("config/scenarios"), Path.of("target/demo"), 1, "1", false, false, environment);
    }
}
