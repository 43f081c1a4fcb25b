package io.fluxrig.mixer.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.Address;
import io.fluxrig.transport.bus.BusLogin;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerConfigTest {
    private final ServerSettings settings = new ServerSettings(
            Path.of("/usr/sbin/nats-server"),
            Path.of("/data/\"nats"),
            new Address("127.0.0.1", 4222),
            new byte[32],
            "00ff",
            null);

    @Test
    void shouldLetEachRackHearOnlyWhatIsMeantForIt() {
        String config = ServerConfig.write(settings, Map.of("east", new byte[32]));

        String east = config.lines()
                .filter(line -> line.contains("flux.rack.east.scenario"))
                .findFirst()
                .orElseThrow();
        assertThat(east)
                .contains("nkey: " + BusLogin.nkey(new byte[32]), "\"flux.ctrl.east\"", "\"_INBOX.rack-east.>\"")
                .doesNotContain("\"_INBOX.>\"", "\">\"", "flux.ctrl.>");
    }

    @Test
    void shouldLetWhoHasNoLoginSayHelloOnly() {
        assertThat(ServerConfig.write(settings, Map.of()))
                .contains("no_auth_user: enrol")
                .contains("user: enrol, password: none, permissions: { publish: { allow: [\"flux.agent.hello\"] },"
                        + " subscribe: { allow: [\"_INBOX.enrol.>\", \"flux.agent.notify.*\"] } }");
    }

    @Test
    void shouldQuoteWhatAFolderMayHoldAndListenWhereItIsTold() {
        assertThat(ServerConfig.write(settings, Map.of()))
                .contains("listen: \"127.0.0.1:4222\"", "store_dir: \"/data/\\\"nats\"", "key: \"00ff\", cipher: aes");
    }
}
