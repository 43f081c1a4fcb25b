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
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.channel.ASCIIChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two racks before one host that share their tickets over NATS ({@code valet.store: shared}): whichever a terminal goes to with what it
 * sends again, the issuer is asked once, and racks or NATS may be killed. {@code -Dfluxrig.ticket.kills=30} for more kills under load.
 */
final class SharedTicketsIT {
    private static final String PAN = "4111110000001112";
    private static final int KILLS = Integer.getInteger("fluxrig.ticket.kills", 2);
    private static final long SEED = Long.getLong("fluxrig.ticket.seed", System.nanoTime());
    private static final int TERMINALS = 6;
    private static final int PURCHASES = 5;
    /** Of so many requests the issuer leaves one without an answer for good. */
    private static final int SILENT_EACH = 10;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final int hostPort = FreePort.onLoopback();
    private final Map<String, Integer> ports = Map.of("east", FreePort.onLoopback(), "west", FreePort.onLoopback());
    private final Map<String, RackUnderTest> racks = new ConcurrentHashMap<>();
    private final List<TerminalAtBoth> terminals = new ArrayList<>();
    /** How often the issuer was asked, by terminal and STAN. */
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    private volatile boolean silent;
    private NatsServer nats;
    private JposHost host;

    @BeforeEach
    void startAround() throws IOException {
        nats = NatsServer.start(folder.resolve("jetstream"));
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Files.createFile(keyFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(keyFile(), key);
        host = new JposHost(hostPort, new ASCIIChannel(new ISO87APackager()), (request, send) -> {
            int times = asked.computeIfAbsent(key(request), fresh -> new AtomicInteger())
                    .incrementAndGet();
            boolean leftOut = Integer.parseInt(request.getString(11)) % SILENT_EACH == 0;
            if (!silent && !leftOut && times == 1) {
                JposHost.approve(request, send);
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        terminals.forEach(TerminalAtBoth::close);
        racks.values().forEach(RackUnderTest::close);
        if (host != null) {
            host.close();
        }
        if (nats != null) {
            nats.close();
        }
    }

    private Path keyFile() {
        return folder.resolve("snake.key");
    }

    private void start(String name, String timeout) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SPECS", RackUnderTest.repositoryRoot().resolve("config/specs").toString());
        env.put("HOST_PORT", Integer.toString(hostPort));
        env.put("TERMINALS_PORT", Integer.toString(ports.get(name)));
        env.put("TIMEOUT", timeout);
        env.put("STORE", "shared");
        env.put("FLUXRIG_RACK_NAME", name);
        env.put("FLUXRIG_RACK_STRIPS", "2");
        env.put("FLUXRIG_SNAKE_URL", nats.url());
        env.put("FLUXRIG_SNAKE_KEY_FILE", keyFile().toString());
        racks.put(
                name,
                RackUnderTest.start(
                        RackUnderTest.repositoryRoot().resolve("it/src/test/resources/scenarios/tickets.yaml"),
                        folder.resolve(name),
                        env));
        awaitShares(name);
    }

    private void awaitShares(String name) {
        await(name + " shares", () -> racks.get(name).metric("fluxrig_shared_up", "switch") == 1);
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(20)).until(condition);
    }

    private static String key(ISOMsg message) {
        return message.getString(41) + " " + message.getString(11);
    }

    private JposTerminal terminal(String rack, String id) throws IOException {
        return new JposTerminal(new ASCIIChannel("127.0.0.1", ports.get(rack), new ISO87APackager()), id);
    }

    @Test
    void shouldKnowOnOneRackWhatTheOtherHasSent() throws Exception {
        start("east", "6s");
        start("west", "6s");
        ISOMsg answered;
        ISOMsg open;
        try (JposTerminal east = terminal("east", "SHARED01");
                JposTerminal west = terminal("west", "SHARED01")) {
            answered = east.purchase(PAN);
            assertThat(east.exchange(answered).getString(39)).isEqualTo("00");
            await("the outcome is shared", () -> racks.get("east").metric("fluxrig_shared_settled_total") == 1);
            assertThat(west.exchange(answered).getString(39))
                    .as("told by the other")
                    .isEqualTo("00");

            silent = true;
            open = east.purchase(PAN);
            east.send(open);
            await("the request is at the issuer", () -> host.requests() == 2);
            west.send(open);
            await("the other waits", () -> racks.get("west").metric("fluxrig_tickets_elsewhere_total", "waits") == 2);
            host.answerNext(open);
            silent = false;
            east.exchange(east.purchase(PAN));
            assertThat(west.receive().getString(39))
                    .as("told when it came there")
                    .isEqualTo("00");

            silent = true;
            open = east.purchase(PAN);
            east.send(open);
            await("the request is at the issuer", () -> host.requests() == 4);
        }
        racks.get("east").kill();
        try (JposTerminal west = terminal("west", "SHARED01")) {
            assertThat(west.exchange(answered).getString(39)).isEqualTo("00");
            assertThat(west.exchange(open).getString(39))
                    .as("sent by a rack that died")
                    .isEqualTo("91");
        }
        assertThat(host.requests()).as("requests at the issuer").isEqualTo(4);
        assertThat(racks.get("west").terminate()).isZero();
        CardNumbers.assertNoneIn(folder, List.of(PAN));
    }

    @Test
    void shouldSwitchOnWhileNatsIsAway() throws Exception {
        start("east", "6s");
        try (JposTerminal east = terminal("east", "SHARED02")) {
            List<String> codes = new ArrayList<>();
            nats.killAndRestart(() -> {
                for (int i = 0; i < PURCHASES; i++) {
                    codes.add(code(east));
                }
            });
            assertThat(codes).hasSize(PURCHASES).containsOnly("00");
            awaitShares("east");
            assertThat(racks.get("east").metric("fluxrig_shared_unshared_total"))
                    .isEqualTo(PURCHASES);
            assertThat(east.exchange(east.purchase(PAN)).getString(39)).isEqualTo("00");
        }
        assertThat(racks.get("east").metric("fluxrig_shared_opened_total")).isPositive();
        assertThat(Files.readString(folder.resolve("east/stderr.txt"))).doesNotContain("Exception");
    }

    @Test
    void shouldTellWhatBothRacksHaveSentWithoutNats() throws Exception {
        start("east", "2s");
        start("west", "2s");
        try (JposTerminal east = terminal("east", "SHARED03");
                JposTerminal west = terminal("west", "SHARED03")) {
            nats.killAndRestart(() -> {
                try {
                    ISOMsg request = east.purchase(PAN);
                    assertThat(east.exchange(request).getString(39)).isEqualTo("00");
                    assertThat(west.exchange(request).getString(39))
                            .as("asked again, the issuer says nothing")
                            .isEqualTo("91");
                } catch (IOException | ISOException cutOff) {
                    throw new IllegalStateException(cutOff);
                }
            });
            assertThat(host.requests()).as("requests at the issuer").isEqualTo(2);
            await("both know", () -> sentTwice("east") + sentTwice("west") == 1);
        }
        String said = Files.readString(folder.resolve("east/stderr.txt"))
                + Files.readString(folder.resolve("west/stderr.txt"));
        assertThat(said)
                .contains(
                        "its issuer was asked twice",
                        "there is no connection to NATS: requests are sent without asking")
                .contains("NATS answers again: tickets are shared with other racks")
                .doesNotContain("has taken it over");
    }

    private double sentTwice(String rack) {
        return racks.get(rack).metric("fluxrig_tickets_elsewhere_total", "sent_twice");
    }

    private static String code(JposTerminal terminal) {
        try {
            return terminal.exchange(terminal.purchase(PAN)).getString(39);
        } catch (IOException | ISOException cutOff) {
            throw new IllegalStateException(cutOff);
        }
    }

    private void awaitMore() {
        int before = approved();
        await("work goes on", () -> approved() > before + TERMINALS);
    }

    private int approved() {
        return terminals.stream().mapToInt(TerminalAtBoth::approved).sum();
    }

    @Test
    void shouldAskTheIssuerOnceWhicheverRackIsKilledUnderLoad() throws Exception {
        Random random = new Random(SEED);
        start("east", "1500ms");
        start("west", "1500ms");
        int[] both = {ports.get("east"), ports.get("west")};
        for (int i = 0; i < TERMINALS; i++) {
            terminals.add(new TerminalAtBoth("LOADED%02d".formatted(i), PAN, both, 0, 1, Set.of("91")));
        }
        terminals.forEach(TerminalAtBoth::begin);
        for (int kill = 0; kill < KILLS; kill++) {
            String name = kill % 2 == 0 ? "east" : "west";
            awaitMore();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(1000)); // so that each kill meets the rack at another moment
            racks.get(name).kill();
            start(name, "1500ms");
        }
        awaitMore();
        for (TerminalAtBoth terminal : terminals) {
            terminal.end();
        }
        assertThat(asked.entrySet())
                .as("asked more than once; seed %d", SEED)
                .allSatisfy(
                        each -> assertThat(each.getValue()).as(each.getKey()).hasValue(1));
        double elsewhere = 0;
        for (RackUnderTest rack : racks.values()) {
            elsewhere += rack.metric("fluxrig_tickets_elsewhere_total", "waits");
            assertThat(rack.terminate()).isZero();
        }
        assertThat(elsewhere).as("requests that the other rack had").isPositive();
        CardNumbers.assertNoneIn(folder, List.of(PAN));
    }
}
