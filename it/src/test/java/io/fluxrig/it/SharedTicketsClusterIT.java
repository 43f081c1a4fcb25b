package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.awaitility.Awaitility;
import org.jpos.iso.channel.ASCIIChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two racks that share their tickets in a cluster of three NATS servers, and are given the same purchases by the same terminals, while
 * the server that leads the stream of the tickets is killed and started again: how long nobody could tell whose a purchase is, is
 * printed. {@code -Dfluxrig.ticket.kills=20} for more kills; {@code -Dfluxrig.ticket.unshared=send} for racks that send what they cannot
 * ask about, of which an issuer may be asked twice.
 */
final class SharedTicketsClusterIT {
    private static final String PAN = "4111110000001112";
    private static final int KILLS = Integer.getInteger("fluxrig.ticket.kills", 1);
    private static final String UNSHARED = System.getProperty("fluxrig.ticket.unshared", "decline");
    private static final String STREAM = "KV_flux-switch-OF-tickets";
    private static final int TERMINALS = 6;
    private static final int PAUSE_MS = 20;
    /** A purchase is given to both for longer than NATS is away, again and again. */
    private static final int OFFERS = 1500;

    /** A timeout, and a request of which nobody could tell whether another rack has it. */
    private static final Set<String> DECLINES = Set.of("91", "96");

    private static final int STEP = 50;
    private static final int LOOK_MS = 20;
    /** So long nothing may have gone unshared until NATS counts as back. */
    private static final long CALM_NS = 2_000_000_000L;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final int hostPort = FreePort.onLoopback();
    private final Map<String, Integer> ports = Map.of("east", FreePort.onLoopback(), "west", FreePort.onLoopback());
    private final Map<String, RackUnderTest> racks = new LinkedHashMap<>();
    private final List<TerminalAtBoth> terminals = new ArrayList<>();
    /** How often the issuer was asked, by terminal and STAN. */
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    private NatsCluster cluster;
    private JposHost host;

    @AfterEach
    void stop() {
        terminals.forEach(TerminalAtBoth::close);
        racks.values().forEach(RackUnderTest::close);
        if (host != null) {
            host.close();
        }
        cluster.close();
    }

    private void startAll() throws Exception {
        cluster = new NatsCluster(folder);
        for (int node = 0; node < NatsCluster.NODES; node++) {
            cluster.startNext();
        }
        host = new JposHost(hostPort, new ASCIIChannel(new ISO87APackager()), (request, send) -> {
            asked.computeIfAbsent(request.getString(41) + " " + request.getString(11), fresh -> new AtomicInteger())
                    .incrementAndGet();
            JposHost.approve(request, send);
        });
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Files.createFile(keyFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(keyFile(), key);
        Path scenario = folder.resolve("tickets.yaml");
        Path shipped = RackUnderTest.repositoryRoot().resolve("it/src/test/resources/scenarios/tickets.yaml");
        Files.writeString(
                scenario,
                Files.readString(shipped).replace("\"${STORE}\"", "shared, unshared: %s".formatted(UNSHARED)));
        start("east", scenario);
        start("west", scenario);
        await("the tickets are on three servers", () -> cluster.copies(STREAM) == NatsCluster.NODES);
        int[] both = {ports.get("east"), ports.get("west")};
        for (int i = 0; i < TERMINALS; i++) {
            terminals.add(new TerminalAtBoth("LOADED%02d".formatted(i), PAN, both, PAUSE_MS, OFFERS, DECLINES));
        }
        terminals.forEach(TerminalAtBoth::begin);
    }

    private Path keyFile() {
        return folder.resolve("snake.key");
    }

    private void start(String name, Path scenario) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SPECS", RackUnderTest.repositoryRoot().resolve("config/specs").toString());
        env.put("HOST_PORT", Integer.toString(hostPort));
        env.put("TERMINALS_PORT", Integer.toString(ports.get(name)));
        env.put("TIMEOUT", "1500ms");
        env.put("FLUXRIG_RACK_NAME", name);
        env.put("FLUXRIG_SNAKE_URL", cluster.urls());
        env.put("FLUXRIG_SNAKE_REPLICAS", Integer.toString(NatsCluster.NODES));
        env.put("FLUXRIG_SNAKE_KEY_FILE", keyFile().toString());
        RackUnderTest rack = RackUnderTest.start(scenario, folder.resolve(name), env);
        racks.put(name, rack);
        await(name + " shares", () -> rack.metric("fluxrig_shared_up", "switch") == 1);
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(PATIENCE).until(condition);
    }

    private int sum(ToIntFunction<TerminalAtBoth> figure) {
        return terminals.stream().mapToInt(figure).sum();
    }

    private int metric(String name, String... labels) {
        return (int) racks.values().stream()
                .mapToDouble(rack -> rack.metric(name, labels))
                .sum();
    }

    private int unshared() {
        return metric("fluxrig_shared_unshared_total");
    }

    @Test
    void shouldAskTheIssuerOnceWhicheverServerIsKilledThatLeadsTheTickets() throws Exception {
        startAll();
        awaitMore("the start");
        for (int kill = 0; kill < KILLS; kill++) {
            killTheLeader();
        }
        for (TerminalAtBoth terminal : terminals) {
            terminal.end();
        }
        Map<String, Integer> twice = new LinkedHashMap<>();
        asked.forEach((purchase, times) -> {
            if (times.get() > 1) {
                twice.put(purchase, times.get());
            }
        });
        int told = metric("fluxrig_tickets_elsewhere_total", "sent_twice");
        System.out.printf(
                "unshared: %s, %d kills: %,d purchases approved, %d never; %d at the issuer more than once, %d told as sent twice%n",
                UNSHARED, KILLS, sum(TerminalAtBoth::approved), sum(TerminalAtBoth::givenUp), twice.size(), told);
        if (UNSHARED.equals("decline")) {
            assertThat(twice).as("asked more than once").isEmpty();
        } else {
            assertThat(told).as("told to be sent twice").isEqualTo(twice.size());
        }
        for (RackUnderTest rack : racks.values()) {
            assertThat(rack.terminate()).isZero();
        }
        CardNumbers.assertNoneIn(folder, List.of(PAN));
    }

    private void awaitMore(String after) {
        int before = sum(TerminalAtBoth::approved);
        await(STEP + " purchases more after " + after, () -> sum(TerminalAtBoth::approved) >= before + STEP);
    }

    private void killTheLeader() throws Exception {
        await("a server leads the tickets", () -> cluster.leader(STREAM) >= 0);
        int leader = cluster.leader(STREAM);
        terminals.forEach(TerminalAtBoth::longestMs);
        int unsharedBefore = unshared();
        int declinedBefore = sum(TerminalAtBoth::declined);
        long killedNs = System.nanoTime();
        long[] unsharedNs = new long[2];
        cluster.node(leader).killAndRestart(() -> awaitShared(unsharedBefore, killedNs, unsharedNs));
        long backNs = System.nanoTime();
        await("the tickets are on three servers again", () -> cluster.copies(STREAM) == NatsCluster.NODES);
        System.out.printf(
                "kill -9 of NATS %d, which led the tickets: %,d requests unshared, %,d to %,d ms after it; purchases declined by both"
                        + " %,d times, approved after %,d ms at most; all copies %,d ms after it was started%n",
                leader,
                unshared() - unsharedBefore,
                unsharedNs[0],
                unsharedNs[1],
                sum(TerminalAtBoth::declined) - declinedBefore,
                terminals.stream().mapToLong(TerminalAtBoth::longestMs).max().orElseThrow(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - backNs));
    }

    /** Until requests are shared again, by racks that have found another server and a stream that has found another leader. */
    private void awaitShared(int before, long killedNs, long[] firstAndLastMs) {
        int[] seen = {before};
        long[] calmSinceNs = {killedNs};
        int approvedBefore = sum(TerminalAtBoth::approved);
        Awaitility.await("requests are shared again")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(LOOK_MS))
                .until(() -> {
                    int now = unshared();
                    long nowNs = System.nanoTime();
                    if (now > seen[0]) {
                        long afterMs = TimeUnit.NANOSECONDS.toMillis(nowNs - killedNs);
                        firstAndLastMs[0] = seen[0] == before ? afterMs : firstAndLastMs[0];
                        firstAndLastMs[1] = afterMs;
                        seen[0] = now;
                        calmSinceNs[0] = nowNs;
                    }
                    return nowNs - calmSinceNs[0] > CALM_NS && sum(TerminalAtBoth::approved) >= approvedBefore + STEP;
                });
    }
}
