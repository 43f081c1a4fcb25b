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
import org.awaitility.Awaitility;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.channel.NACChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped scenario of two regions, each with jPOS terminals and a jPOS host of its own, as hosts, racks and NATS go and come back. */
final class TwoRegionsIT {
    private static final String PAN = "4111110000001112";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** A decline at the deadline takes 8 s. */
    private static final int LONG_BEFORE_DEADLINE_MS = 4_000;

    @TempDir
    Path folder;

    private final Map<String, Integer> terminalsPorts =
            Map.of("EAST", FreePort.onLoopback(), "WEST", FreePort.onLoopback());
    private final Map<String, Integer> hostPorts = Map.of("EAST", FreePort.onLoopback(), "WEST", FreePort.onLoopback());
    private final List<AutoCloseable> running = new ArrayList<>();
    private NatsServer nats;
    private JposHost eastHost;
    private JposHost westHost;
    private RackUnderTest east;
    private RackUnderTest west;

    @BeforeEach
    void startAll() throws Exception {
        nats = NatsServer.start(folder.resolve("jetstream"));
        running.add(nats);
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Files.createFile(keyFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(keyFile(), key);
        eastHost = host("EAST");
        westHost = host("WEST");
        Thread starting = new Thread(() -> west = start("west", "64"));
        starting.start();
        east = start("east", "0");
        starting.join();
        awaitUp(east, "out_host", 1);
        awaitUp(east, "out_west", 1);
        awaitUp(west, "out_east", 1);
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

    private JposHost host(String region) throws IOException {
        JposHost host =
                new JposHost(hostPorts.get(region), new NACChannel(new ISO87APackager(), null), JposHost::approve);
        running.add(host);
        return host;
    }

    private RackUnderTest start(String rack, String machineId) {
        Map<String, String> env = new LinkedHashMap<>();
        terminalsPorts.forEach((region, port) -> env.put(region + "_TERMINALS", "127.0.0.1:" + port));
        hostPorts.forEach((region, port) -> env.put(region + "_HOST", "127.0.0.1:" + port));
        env.put("FLUXRIG_RACK_NAME", rack);
        env.put("FLUXRIG_RACK_MACHINE_ID", machineId);
        env.put("FLUXRIG_SNAKE_URL", nats.url());
        env.put("FLUXRIG_SNAKE_KEY_FILE", keyFile().toString());
        RackUnderTest started = RackUnderTest.startDegraded(
                RackUnderTest.repositoryRoot().resolve("config/scenarios/two-regions.yaml"), folder.resolve(rack), env);
        running.add(started);
        return started;
    }

    private JposTerminal terminal(String region) throws IOException {
        NACChannel channel = new NACChannel("127.0.0.1", terminalsPorts.get(region), new ISO87APackager(), null);
        return new JposTerminal(channel, region + "0001");
    }

    private static void awaitUp(RackUnderTest rack, String destination, int links) {
        Awaitility.await(destination + " has " + links)
                .atMost(PATIENCE)
                .until(() -> rack.metric("fluxrig_destination_links", "\"" + destination + "\"") == links);
    }

    private static String answer(JposTerminal terminal) throws Exception {
        ISOMsg request = terminal.purchase(PAN);
        ISOMsg answer = terminal.exchange(request);
        assertThat(answer.getString(11)).isEqualTo(request.getString(11));
        assertThat(answer.getString(41)).isEqualTo(request.getString(41));
        return answer.getString(39);
    }

    @Test
    void shouldAskTheOtherRegionWhileTheOwnHostIsAwayAndTheOwnOneAgainWhenItIsBack() throws Exception {
        try (JposTerminal terminal = terminal("EAST")) {
            assertThat(answer(terminal)).isEqualTo("00");
            assertThat(List.of(eastHost.requests(), westHost.requests())).containsExactly(1, 0);

            eastHost.close();
            awaitUp(east, "out_host", 0);
            for (int i = 0; i < 5; i++) {
                assertThat(answer(terminal)).isEqualTo("00");
            }
            assertThat(westHost.requests()).isEqualTo(5);

            eastHost = host("EAST");
            awaitUp(east, "out_host", 1);
            assertThat(answer(terminal)).isEqualTo("00");
            assertThat(List.of(eastHost.requests(), westHost.requests())).containsExactly(1, 5);
        }
    }

    @Test
    void shouldNotSendToEachOtherWhenBothRegionsHaveLostTheirHosts() throws Exception {
        eastHost.close();
        westHost.close();
        awaitUp(east, "out_west", 0);
        awaitUp(west, "out_east", 0);

        try (JposTerminal terminal = terminal("EAST")) {
            terminal.channel().setTimeout(LONG_BEFORE_DEADLINE_MS);
            assertThat(answer(terminal)).isEqualTo("91");
        }
        assertThat(east.get("/health")).contains("out_west (its rack is down or cannot serve)");
        assertThat(east.metric("fluxrig_guaranteed_confirmed_total", "west.switch_west.in\""))
                .isZero();
    }

    @Test
    void shouldDeclineAtOnceWithoutNatsAndServeFromTheOwnHostAllTheWhile() throws Exception {
        try (JposTerminal eastern = terminal("EAST");
                JposTerminal western = terminal("WEST")) {
            eastHost.close();
            awaitUp(east, "out_host", 0);
            assertThat(answer(eastern)).isEqualTo("00");

            nats.close();
            awaitUp(east, "out_west", 0);
            eastern.channel().setTimeout(LONG_BEFORE_DEADLINE_MS);
            assertThat(answer(eastern)).isEqualTo("91");
            assertThat(answer(western)).isEqualTo("00");
            assertThat(east.metric("fluxrig_errors_total", "no_destination")).isEqualTo(1);
            assertThat(Files.readString(east.folder().resolve("stderr.txt")))
                    .contains("rack west is down for west.switch_west.in: there is no connection to NATS");
        }
    }

    @Test
    void shouldTakeARegionThatIsKilledForDownAndServeItAgainWhenItIsBack() throws Exception {
        eastHost.close();
        west.kill();
        awaitUp(east, "out_west", 0);
        try (JposTerminal terminal = terminal("EAST")) {
            awaitUp(east, "out_host", 0);
            terminal.channel().setTimeout(LONG_BEFORE_DEADLINE_MS);
            assertThat(answer(terminal)).isEqualTo("91");

            west = start("west", "64");
            awaitUp(east, "out_west", 1);
            assertThat(answer(terminal)).isEqualTo("00");
        }
    }

    @Test
    void shouldStartWithoutTheOtherRegionAndSaySo() throws Exception {
        west.kill();
        east.terminate();
        east = start("east", "0");
        awaitUp(east, "out_host", 1);

        try (JposTerminal terminal = terminal("EAST")) {
            assertThat(answer(terminal)).isEqualTo("00");
        }
        assertThat(Files.readString(east.folder().resolve("stderr.txt")))
                .contains(
                        "which did not answer within snake.probe_wait: west.switch_west.in (it has not been heard yet)");
    }
}
