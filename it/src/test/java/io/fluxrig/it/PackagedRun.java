package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.channel.NACChannel;
import org.jpos.iso.packager.ISO87APackager;

/** Ports of one rack out of a package, what it is to know of them, and a terminal of its. */
final class PackagedRun {
    static final String PAN = "4111110000001112";

    /** Advices on a durable wire to a host that is away. */
    static final Path ADVICES =
            RackUnderTest.repositoryRoot().resolve("it/src/test/resources/scenarios/durable-advices.yaml");

    final int terminalsPort = FreePort.onLoopback();
    final int hostPort = FreePort.onLoopback();
    final int statusPort = FreePort.onLoopback();

    /** For the shipped switch: nothing but addresses. */
    Map<String, String> ofTheSwitch() {
        Map<String, String> variables = new HashMap<>();
        variables.put("TERMINALS_BIND", "127.0.0.1:" + terminalsPort);
        variables.put("SCHEME_A_ADDRESS", "127.0.0.1:" + hostPort);
        variables.put("SCHEME_B_ADDRESS", "127.0.0.1:" + FreePort.onLoopback());
        variables.put("SILENT_ADDRESS", "127.0.0.1:" + FreePort.onLoopback());
        variables.put("FLUXRIG_TELEMETRY_BIND", "127.0.0.1:" + statusPort);
        return variables;
    }

    /** For {@link #ADVICES}, whose source begins by itself ({@code on_load}) or never ({@code on_control}). */
    Map<String, String> ofAdvices(Path config, String trigger) {
        Map<String, String> variables = new HashMap<>();
        variables.put("SPECS", config.resolve("specs").toString());
        variables.put("HOST_PORT", Integer.toString(hostPort));
        variables.put("TRIGGER", trigger);
        variables.put("FLUXRIG_STORE_SEGMENT_BYTES", "2MiB");
        variables.put("FLUXRIG_TELEMETRY_BIND", "127.0.0.1:" + statusPort);
        return variables;
    }

    /** Of the switch. Until the host's link is up, a purchase is declined. */
    void assertApproved() {
        Awaitility.await("a purchase is approved")
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> {
                    NACChannel channel = new NACChannel("127.0.0.1", terminalsPort, new ISO87APackager(), null);
                    try (JposTerminal terminal = new JposTerminal(channel, "TERM0001")) {
                        ISOMsg request = terminal.purchase(PAN);
                        ISOMsg answer = terminal.exchange(request);
                        assertThat(answer.getMTI()).isEqualTo("0110");
                        assertThat(answer.getString(11)).isEqualTo(request.getString(11));
                        return "00".equals(answer.getString(39));
                    }
                });
    }
}
