package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.channel.NACChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped scenario of two racks, as {@code docs/operating.md} has it run: jPOS terminals on the one, the switch and a jPOS host on
 * the other.
 */
final class TwoRacksIT {
    private static final String PAN = "4111110000001112";

    @TempDir
    Path folder;

    private final int hostPort = FreePort.onLoopback();
    private final int terminalsPort = FreePort.onLoopback();
    private final AtomicBoolean silent = new AtomicBoolean();
    private final List<AutoCloseable> running = new ArrayList<>();
    private NatsServer nats;
    private RackUnderTest west;
    private RackUnderTest east;

    @BeforeEach
    void startAll() throws IOException {
        nats = NatsServer.start(folder.resolve("jetstream"));
        running.add(nats);
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Files.createFile(keyFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(keyFile(), key);
        running.add(new JposHost(hostPort, new NACChannel(new ISO87APackager(), null), (request, send) -> {
            if (!silent.get()) {
                JposHost.approve(request, send);
            }
        }));
        west = start("west", "64", nats.url());
        running.add(west);
        east = start("east", "0", nats.url());
        running.add(east);
    }

    @AfterEach
    void stopAll() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    private Path keyFile() {
        return folder.resolve("snake.key");
    }

    private RackUnderTest start(String rack, String machineId, String natsUrl) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("TERMINALS_BIND", "127.0.0.1:" + terminalsPort);
        env.put("HOST_ADDRESS", "127.0.0.1:" + hostPort);
        env.put("FLUXRIG_RACK_NAME", rack);
        env.put("FLUXRIG_RACK_MACHINE_ID", machineId);
        env.put("FLUXRIG_SNAKE_URL", natsUrl);
        env.put("FLUXRIG_SNAKE_KEY_FILE", keyFile().toString());
        return RackUnderTest.start(
                RackUnderTest.repositoryRoot().resolve("config/scenarios/two-racks.yaml"), folder.resolve(rack), env);
    }

    private JposTerminal terminal(String id) throws Exception {
        NACChannel channel = new NACChannel("127.0.0.1", terminalsPort, new ISO87APackager(), null);
        channel.setTimeout(30_000);
        return new JposTerminal(channel, id);
    }

    @Test
    void shouldBringTheHostsAnswerBackToItsTerminalOnTheOtherRack() throws Exception {
        List<JposTerminal> terminals = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            terminals.add(terminal("EASTERN" + i));
        }
        for (int round = 0; round < 5; round++) {
            for (JposTerminal terminal : terminals) {
                ISOMsg request = terminal.purchase(PAN);
                ISOMsg answer = terminal.exchange(request);

                assertThat(answer.getString(39)).isEqualTo("00");
                assertThat(answer.getString(11)).isEqualTo(request.getString(11));
                assertThat(answer.getString(41)).isEqualTo(request.getString(41));
            }
        }
        for (JposTerminal terminal : terminals) {
            terminal.close();
        }
    }

    @Test
    void shouldDeclineOnTheOtherRackWhatTheHostLeavesUnanswered() throws Exception {
        silent.set(true);
        try (JposTerminal terminal = terminal("EASTERN0")) {
            assertThat(terminal.exchange(terminal.purchase(PAN)).getString(39)).isEqualTo("91");
        }
    }

    @Test
    void shouldDeclineOnTheRackOfTheTerminalsWhatDoesNotGetToTheSwitch() throws Exception {
        assertThat(east.metric("fluxrig_peer_serving", "switch.in")).isEqualTo(1);
        nats.close();
        try (JposTerminal terminal = terminal("EASTERN0")) {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> {
                        terminal.send(terminal.purchase(PAN));
                        return east.metric("fluxrig_guaranteed_refused_total", "stalled") >= 1;
                    });
            assertThat(terminal.receive().getString(39)).isEqualTo("96");
        }
        assertThat(east.get("/health"))
                .contains("\"status\":\"degraded\"", "no connection to NATS", "\"end\":\"west.switch.in\"");
    }

    @Test
    void shouldServeAnswersThoughNoTerminalIsConnected() {
        assertThat(east.metric("fluxrig_connections", "terminals")).isZero();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> west.metric("fluxrig_peer_serving", "encode.in") == 1);
        assertThat(west.get("/health")).contains("\"status\":\"up\"");
    }

    @Test
    void shouldNotWaitForATerminalThatIsGone() throws Exception {
        silent.set(true);
        try (JposTerminal gone = terminal("EASTERN0")) {
            gone.send(gone.purchase(PAN));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> east.metric("fluxrig_guaranteed_confirmed_total", "switch.in") >= 1);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> east.metric("fluxrig_guaranteed_orphaned_total", "encode.in") >= 1);

        silent.set(false);
        try (JposTerminal next = terminal("EASTERN1")) {
            assertThat(next.exchange(next.purchase(PAN)).getString(39)).isEqualTo("00");
        }
    }
}
