package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import io.fluxrig.transport.bus.BusSettings;
import io.fluxrig.transport.bus.ControlBus;
import io.fluxrig.transport.lease.LeaseStore;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jpos.iso.channel.NACChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mixer and two racks on a NATS of one's own, where each has credentials and the rights that {@code docs/operating.md} lists, no others:
 * from hello to purchases over wires of either kind and shared tickets. And what such a login may not do.
 */
final class OwnNatsIT {
    private static final String PAN = "4111110000001112";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** Subjects of the mixer, of west and of NATS's own administration. */
    private static final List<String> OTHERS = List.of(
            "flux.rack.west.scenario",
            "flux.rack.east.scenario",
            "flux.ctrl.west",
            "flux.agent.notify.x",
            "_INBOX.rack-west.x",
            "$JS.API.STREAM.DELETE.flux-msg",
            "$JS.API.STREAM.PURGE.flux-msg",
            "$JS.API.STREAM.CREATE.another",
            "$KV.fluxrig-mixer.leader");

    private static final List<String> HEARD_BY_OTHERS = List.of(
            "flux.rack.west.>",
            "flux.ctrl.west",
            "flux.agent.hello",
            "flux.agent.heartbeat",
            "flux.msg.>",
            "flux.confirm.west.>",
            "_INBOX.>",
            "_INBOX.rack-west.>",
            "_INBOX.mixer.>");

    @TempDir
    Path folder;

    private final int terminalsPort = FreePort.onLoopback();
    private final int hostPort = FreePort.onLoopback();
    private NatsOperator operator;
    private NatsServer nats;
    private FleetUnderTest fleet;
    private Path east;

    @BeforeEach
    void start() throws Exception {
        operator = new NatsOperator(folder.resolve("nats"));
        nats = NatsServer.configured(folder.resolve("jetstream"), operator.configuration());
        Path mixer = credentials("mixer", "the mixer");
        east = credentials("east", "rack NAME");
        fleet = new FleetUnderTest(
                folder,
                nats.url(),
                Map.of("FLUXRIG_SNAKE_URL", nats.url(), "FLUXRIG_SNAKE_CREDS_FILE", mixer.toString()));
        fleet.startMixer();
        startRack("east", east, "0");
        startRack("west", credentials("west", "rack NAME"), "64");
    }

    @AfterEach
    void stop() throws Exception {
        if (fleet != null) {
            fleet.close();
        }
        if (nats != null) {
            nats.close();
        }
    }

    private Path credentials(String name, String whom) throws Exception {
        return operator.documented(name, whom, "switch-OF-two-racks");
    }

    private Map<String, String> variables() {
        return Map.of("TERMINALS_BIND", "127.0.0.1:" + terminalsPort, "HOST_ADDRESS", "127.0.0.1:" + hostPort);
    }

    private void startRack(String name, Path credentials, String machineId) throws IOException {
        Map<String, String> env = new HashMap<>(variables());
        env.put("FLUXRIG_SNAKE_CREDS_FILE", credentials.toString());
        env.put("FLUXRIG_RACK_MACHINE_ID", machineId);
        fleet.startRack(name, env);
    }

    /** The shipped one with tickets that are shared, a wire that confirms by its receiver, and one that confirms by NATS. */
    private Path scenario() throws IOException {
        Path config = RackUnderTest.repositoryRoot().resolve("config");
        Path specs = Files.createDirectories(folder.resolve("files/specs"));
        Files.copy(config.resolve("specs/v87-ascii.yaml"), specs.resolve("v87-ascii.yaml"));
        String key = "      correlation_key: [ iso8583.mti_class, stan, terminal.id ]\n";
        String broker = "confirm: broker, expire_after: 6s";
        String shipped = Files.readString(config.resolve("scenarios/two-racks.yaml"));
        assertThat(shipped).contains(key, broker, "to: switch.in_reply, confirm: broker");
        Path scenarios = Files.createDirectories(folder.resolve("files/scenarios"));
        return Files.writeString(
                scenarios.resolve("two-racks.yaml"),
                shipped.replace(key, key + "      valet: { store: shared }\n").replace(broker, "expire_after: 6s"));
    }

    private void admit(String rack) throws Exception {
        fleet.awaitRack(rack, "/standing", "pending");
        fleet.post("/api/v1/racks/" + rack + "/approve", "");
        fleet.awaitRack(rack, "/there", "true");
    }

    private boolean approvesOne() throws Exception {
        NACChannel channel = new NACChannel("127.0.0.1", terminalsPort, new ISO87APackager(), null);
        channel.setTimeout(10_000);
        try (JposTerminal terminal = new JposTerminal(channel, "EASTERN1")) {
            return "00".equals(terminal.exchange(terminal.purchase(PAN)).getString(39));
        }
    }

    @Test
    void shouldLeadRacksAndCarryTheirWiresWithTheRightsThatAreDocumentedAndNoOthers() throws Exception {
        admit("east");
        admit("west");
        assertThat(fleet.command(variables(), "scenario", "import", scenario().toString()))
                .contains("two-racks 1.0.0");
        try (JposHost host = new JposHost(hostPort, new NACChannel(new ISO87APackager(), null), JposHost::approve)) {
            fleet.post("/api/v1/scenarios/two-racks/activations", "{\"version\":\"1.0.0\"}");
            fleet.awaitRack("west", "/wanted/outcome", "changed");
            fleet.awaitRack("east", "/wanted/outcome", "changed");
            Awaitility.await("an answer of the host behind the other rack")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(this::approvesOne);
            assertThat(host.requests()).isPositive();
            assertThat(fleet.metric("east", "fluxrig_guaranteed_confirmed_total", "encode_host.in"))
                    .as("confirmed by the receiver")
                    .isPositive();
            Awaitility.await("what racks say of their ends is heard")
                    .atMost(PATIENCE)
                    .until(() -> fleet.metric("east", "fluxrig_peer_serving", "west.encode_host.in") == 1);
            assertThat(fleet.metric("east", "fluxrig_shared_up"))
                    .as("tickets are shared")
                    .isEqualTo(1);
        }
        assertThat(fleet.command(Map.of(), "admin", "racks", "log-level", "west", "info"))
                .as("an order is obeyed and answered")
                .contains("west");
        for (String who : List.of("mixer", "east", "west")) {
            assertThat(fleet.said(who)).as("what %s says", who).doesNotContainIgnoringCase("permissions violation");
        }

        keepsTheLeaseOfMixersThatShareARegistry();
        for (String subject : OTHERS) {
            assertRefused(subject, connection -> connection.publish(subject, new byte[1]), "Publish to");
        }
        for (String subject : HEARD_BY_OTHERS) {
            assertRefused(subject, connection -> connection.subscribe(subject), "Subscription to");
        }
    }

    /** Its bucket is made with the first of them. */
    private void keepsTheLeaseOfMixersThatShareARegistry() throws Exception {
        Path credentials = folder.resolve("nats/mixer.creds");
        try (ControlBus bus = new ControlBus(
                new BusSettings(List.of(nats.url()), "fluxrig mixer", "_INBOX.mixer", credentials, null, null, true))) {
            bus.start();
            Awaitility.await("a mixer's connection").atMost(PATIENCE).until(bus::connected);
            LeaseStore lease = bus.lease("fluxrig-mixer", Duration.ofSeconds(30), Duration.ofSeconds(5));
            long revision = lease.create(new byte[] {1});
            assertThat(revision).isPositive();
            revision = lease.update(new byte[] {2}, revision);
            assertThat(lease.read().value()).containsExactly(2);
            lease.remove(revision);
            assertThat(lease.read()).isNull();
        }
    }

    /** Whoever has the credentials of east. */
    private void assertRefused(String subject, Consumer<Connection> what, String named) throws Exception {
        List<String> errors = new CopyOnWriteArrayList<>();
        Options options = new Options.Builder()
                .server(nats.url())
                .authHandler(Nats.credentials(east.toString()))
                .errorListener(new ErrorListener() {
                    @Override
                    public void errorOccurred(Connection of, String error) {
                        errors.add(error);
                    }
                })
                .build();
        Connection connection = Nats.connect(options);
        try {
            what.accept(connection);
            connection.flush(PATIENCE);
            Awaitility.await("refused: " + named + " " + subject)
                    .atMost(PATIENCE)
                    .until(() -> errors.stream()
                            .anyMatch(error ->
                                    error.contains("Permissions Violation for " + named + " \"" + subject + "\"")));
        } finally {
            connection.close();
        }
    }
}
