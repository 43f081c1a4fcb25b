package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Advices flow from one rack over a guaranteed wire to a host behind another while SIGKILL takes the sending rack, the receiving
 * rack or the NATS server at random moments, {@code -Dfluxrig.kills=100} times ({@code -Dfluxrig.kills.seed=N} for the same moments
 * again). What the sender had kept before each of its deaths is held against what the host got in the end; then figures are printed.
 *
 * <p>The host reads at once and never answers: what waits in a rack's memory for a slow host, and what a kernel throws away of a
 * connection whose answers nobody read, is behind the wire's end.
 */
@EnabledIfSystemProperty(
        named = "fluxrig.kills",
        matches = "[1-9]\\d*",
        disabledReason = "minutes: -Dfluxrig.kills=100")
final class KillCampaignIT {
    private static final int KILLS = Integer.getInteger("fluxrig.kills", 0);
    private static final long SEED = Long.getLong("fluxrig.kills.seed", System.nanoTime());
    private static final int LONGEST_MS = 2500;
    /** Of every five kills so many are the sender's, then so many the receiver's; the last is the NATS server's. */
    private static final int PER_RACK = 2;

    private static final int ROUND = 5;
    private static final String THERE = "source.out->west.encode.in";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final int hostPort = FreePort.onLoopback();
    private final Arrivals arrivals = new Arrivals(2);
    /** Advices that each run of the sender said it had kept, just before it died. */
    private final Map<String, Long> kept = new LinkedHashMap<>();

    private NatsServer nats;
    private SilentHost host;
    private RackUnderTest east;
    private RackUnderTest west;
    private int run;

    @AfterEach
    void stopAll() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {east, west, host, nats}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @Test
    void shouldDeliverAllThatWasKeptHoweverOftenAnythingIsKilled() throws Exception {
        Random random = new Random(SEED);
        startAll();
        int[] kills = new int[3];
        for (int kill = 0; kill < KILLS; kill++) {
            Thread.sleep(random.nextInt(LONGEST_MS)); // the moment is what is tried
            int victim = Math.min(kill % ROUND / PER_RACK, kills.length - 1);
            kills[victim]++;
            kill(victim);
        }
        killSender("on_control");
        await("the sender has confirmations for all", () -> backlog(east, THERE) == 0);
        await("the receiver has passed on all", () -> backlog(west, "encode.in") == 0);
        Awaitility.await("all is with the host; seed " + SEED)
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(arrivals.missing(kept)).isEmpty());
        System.out.printf(
                "seed %d: SIGKILL %d times to the sender, %d to the receiver, %d to nats-server; %,d advices kept in %d runs,"
                        + " %,d reached the host, %d of them again%n",
                SEED,
                kills[0],
                kills[1],
                kills[2],
                kept.values().stream().mapToLong(Long::longValue).sum(),
                kept.size(),
                arrivals.distinct(),
                arrivals.repeated());
        assertThat(east.terminate()).isZero();
        assertThat(west.terminate()).isZero();
    }

    private void startAll() throws IOException {
        nats = NatsServer.start(folder.resolve("jetstream"));
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Files.createFile(keyFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(keyFile(), key);
        host = new SilentHost(hostPort, arrivals::take);
        west = start("west", "on_load");
        east = start("east", "on_load");
    }

    private void kill(int victim) throws IOException {
        switch (victim) {
            case 0 -> killSender("on_load");
            case 1 -> {
                west.kill();
                west = start("west", "on_load");
            }
            default -> nats.killAndRestart(() -> {});
        }
    }

    private void killSender(String trigger) {
        kept.put(runName(), (long) east.metric("fluxrig_durable_appended_total", THERE));
        east.kill();
        run++;
        east = start("east", trigger);
    }

    private String runName() {
        return "R%07d".formatted(run);
    }

    private RackUnderTest start(String rack, String trigger) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SPECS", RackUnderTest.repositoryRoot().resolve("config/specs").toString());
        env.put("HOST_PORT", Integer.toString(hostPort));
        env.put("TRIGGER", trigger);
        env.put("RUN", runName());
        // a message that crosses strips behind the wire's end is the hot lane's, which a kill may cost
        env.put("FLUXRIG_RACK_STRIPS", rack.equals("west") ? "1" : "2");
        env.put("FLUXRIG_RACK_NAME", rack);
        env.put("FLUXRIG_SNAKE_URL", nats.url());
        env.put("FLUXRIG_SNAKE_KEY_FILE", keyFile().toString());
        env.put("FLUXRIG_SNAKE_CONFIRM_WAIT", "1s");
        env.put("FLUXRIG_STORE_SEGMENT_BYTES", "2MiB");
        return RackUnderTest.start(
                RackUnderTest.repositoryRoot().resolve("it/src/test/resources/scenarios/two-racks.yaml"),
                folder.resolve(rack),
                env);
    }

    private Path keyFile() {
        return folder.resolve("snake.key");
    }

    private static double backlog(RackUnderTest rack, String wire) {
        return rack.metric("fluxrig_durable_backlog_messages", wire);
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what + "; seed " + SEED)
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(500))
                .until(condition);
    }
}
