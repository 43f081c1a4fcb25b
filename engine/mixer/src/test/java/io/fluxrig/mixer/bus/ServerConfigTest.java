package io.fluxrig.mixer.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.Address;
import io.fluxrig.transport.bus.BusLogin;
import io.fluxrig.transport.bus.TlsFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
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
        String config = ServerConfig.write(settings, Map.of("east", new byte[32]), Map.of());

        String east = config.lines()
                .filter(line -> line.contains("flux.rack.east.scenario"))
                .findFirst()
                .orElseThrow();
        assertThat(east)
                .contains("nkey: " + BusLogin.nkey(new byte[32]), "\"flux.ctrl.east\"", "\"_INBOX.rack-east.>\"")
                .doesNotContain("\"_INBOX.>\"", "\">\"", "flux.ctrl.>");
    }

    /** Without limits of its own nats-server takes three quarters of what is free at its start, and makes no stream that is longer. */
    @Test
    void shouldNotLetWhatIsFreeAtAStartDecideHowLongStreamsMayBe() {
        assertThat(ServerConfig.write(settings, Map.of(), Map.of()))
                .contains("max_file_store: 2199023255552, max_memory_store: 67108864 }");
    }

    @Test
    void shouldLetWhoHasNoLoginSayHelloOnly() {
        assertThat(ServerConfig.write(settings, Map.of(), Map.of()))
                .contains("no_auth_user: enrol")
                .contains("user: enrol, password: none, permissions: { publish: { allow: [\"flux.agent.hello\"] },"
                        + " subscribe: { allow: [\"_INBOX.enrol.>\", \"flux.agent.notify.*\"] } }");
    }

    @Test
    void shouldLetARackUseTheWiresThatItHasAndNoOthers() {
        WireRights rights = new WireRights(
                Set.of("flux.msg.west.in.in"),
                true,
                Set.of("flux.msg.east.out.in"),
                Set.of("west"),
                Set.of("flux-switch-OF-pay"));

        String east = ServerConfig.write(settings, Map.of("east", new byte[32]), Map.of("east", rights));

        assertThat(east)
                .contains(
                        "\"flux.msg.west.in.in\"",
                        "\"$JS.API.CONSUMER.CREATE.flux-msg.east+out+in.flux.msg.east.out.in\"",
                        "\"$JS.API.CONSUMER.MSG.NEXT.flux-msg.east+out+in\"",
                        "\"$JS.ACK.flux-msg.east+out+in.>\"",
                        "\"flux.confirm.west.>\"",
                        "\"$JS.API.STREAM.MSG.GET.flux-msg\"")
                .doesNotContain("flux.msg.>", "flux.confirm.>", "DURABLE", "STREAM.UPDATE");
        assertThat(ServerConfig.write(settings, Map.of("east", new byte[32]), Map.of("west", rights)))
                .doesNotContain("flux.msg", "flux.confirm", "$JS");
    }

    @Test
    void shouldWantCertificatesOfEverybodyWithTls() {
        ServerTls tls = new ServerTls(new TlsFiles(Path.of("/ca"), Path.of("/crt"), Path.of("/key")), "CN=1,O=join");

        assertThat(ServerConfig.write(
                        new ServerSettings(
                                settings.program(), settings.folder(), settings.bind(), new byte[32], "00ff", tls),
                        Map.of(),
                        Map.of()))
                .contains("verify_and_map: true", "ca_file: \"/ca\"", "user: \"CN=1,O=join\"")
                .doesNotContain("no_auth_user", "password");
    }

    @Test
    void shouldQuoteWhatAFolderMayHoldAndListenWhereItIsTold() {
        assertThat(ServerConfig.write(settings, Map.of(), Map.of()))
                .contains("listen: \"127.0.0.1:4222\"", "store_dir: \"/data/\\\"nats\"", "key: \"00ff\", cipher: aes");
    }
}
