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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.jpos.iso.ISOMsg;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Advices flow from one rack over two guaranteed wires, {@code confirm: receiver} and {@code confirm: broker}, to a host behind another,
 * which has a source of its own behind a durable wire, while SIGKILL takes the sending rack, the receiving rack or the NATS server at random
 * moments, {@code -Dfluxrig.kills=100} times ({@code -Dfluxrig.kills.seed=N} for the same moments again). What each wire had promised
 * before each death of its sender is held against what the host got in the end; then figures are printed.
 *
 * <p>The host reads at once and never answers: what waits in a rack's memory for a slow host, and what a kernel throws away of a
 * connection whose answers nobody read, is behind the wire's end.
 */
final class KillCampaignIT {
    /** Of every five kills so many are the sender's, then so many the receiver's; the last is the NATS server's. */
    private static final int PER_RACK = 2;

    private static final int ROUND = 5;
    private static final int KILLS = Integer.getInteger("fluxrig.kills", ROUND);
    private static final long SEED = Long.getLong("fluxrig.kills.seed", System.nanoTime());
    private static final int LONGEST_MS = 2500;
    private static final int EAST_STRIPS = 2;
    /** A message that crosses strips behind a wire's end is the hot lane's, which a kill may cost. */
    private static final int WEST_STRIPS = 1;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final int hostPort = FreePort.onLoopback();
    private final Promised byReceiver = new Promised(
            "R", "source.out->west.encode.in", "fluxrig_durable_appended_total", new Arrivals(EAST_STRIPS));
    private final Promised byBroker = new Promised(
            "B",
            "source_broker.out->west.encode_broker.in",
            "fluxrig_guaranteed_confirmed_total",
            new Arrivals(EAST_STRIPS));
    private final Promised byDisk = new Promised(
            "D", "source_durable.out->encode_durable.in", "fluxrig_durable_appended_total", new Arrivals(WEST_STRIPS));

    private NatsServer nats;
    private SilentHost host;
    private RackUnderTest east;
    private RackUnderTest west;
    private int eastRun;
    private int westRun;

    /** A wire, and what became of what it promised. */
    private record Promised(String mark, String wire, String metric, Arrivals arrivals, Map<String, Long> kept) {
        Promised(String mark, String wire, String metric, Arrivals arrivals) {
            this(mark, wire, metric, arrivals, new LinkedHashMap<>());
        }

        /** How much a run of its sender says that it has promised, just before it dies. */
        void note(RackUnderTest sender, int run) {
            kept.put(mark + runName(run), (long) sender.metric(metric, wire));
        }

        double backlog(RackUnderTest sender) {
            return sender.metric("fluxrig_durable_backlog_messages", wire);
        }

        String figures() {
            return "%n  %s: %,d advices promised in %d runs, %,d reached the host, %d of them again"
                    .formatted(
                            wire,
                            kept.values().stream().mapToLong(Long::longValue).sum(),
                            kept.size(),
                            arrivals.distinct(),
                            arrivals.repeated());
        }
    }

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
        killReceiver("on_control");
        await("the sender has confirmations for all", () -> byReceiver.backlog(east) == 0);
        await("the receiver has passed on all", () -> backlog(west, "encode.in") == 0 && byDisk.backlog(west) == 0);
        for (Promised each : List.of(byReceiver, byBroker, byDisk)) {
            Awaitility.await("all of " + each.wire() + " is with the host; seed " + SEED)
                    .atMost(Duration.ofMinutes(4))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() ->
                            assertThat(each.arrivals().missing(each.kept())).isEmpty());
        }
        System.out.printf(
                "seed %d: SIGKILL %d times to the sender, %d to the receiver, %d to nats-server%s%s%s%n",
                SEED, kills[0], kills[1], kills[2], byReceiver.figures(), byBroker.figures(), byDisk.figures());
        assertThat(east.terminate()).isZero();
        assertThat(west.terminate()).isZero();
    }

    private void startAll() throws IOException {
        nats = NatsServer.start(folder.resolve("jetstream"));
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Files.createFile(keyFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(keyFile(), key);
        host = new SilentHost(hostPort, this::take);
        west = start("west", "on_load");
        east = start("east", "on_load");
    }

    private void take(ISOMsg advice) {
        String mark = advice.getString(41).substring(0, 1);
        for (Promised each : List.of(byReceiver, byBroker, byDisk)) {
            if (each.mark().equals(mark)) {
                each.arrivals().take(advice);
            }
        }
    }

    private void kill(int victim) throws IOException {
        switch (victim) {
            case 0 -> killSender("on_load");
            case 1 -> killReceiver("on_load");
            default -> nats.killAndRestart(() -> {});
        }
    }

    private void killSender(String trigger) {
        byReceiver.note(east, eastRun);
        byBroker.note(east, eastRun);
        east.kill();
        eastRun++;
        east = start("east", trigger);
    }

    private void killReceiver(String trigger) {
        byDisk.note(west, westRun);
        west.kill();
        westRun++;
        west = start("west", trigger);
    }

    private static String runName(int run) {
        return "%07d".formatted(run);
    }

    private RackUnderTest start(String rack, String trigger) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SPECS", RackUnderTest.repositoryRoot().resolve("config/specs").toString());
        env.put("HOST_PORT", Integer.toString(hostPort));
        env.put("TRIGGER", trigger);
        env.put("RUN", runName(rack.equals("west") ? westRun : eastRun));
        env.put("FLUXRIG_RACK_STRIPS", Integer.toString(rack.equals("west") ? WEST_STRIPS : EAST_STRIPS));
        env.put("FLUXRIG_RACK_NAME", rack);
        env.put("FLUXRIG_SNAKE_URL", nats.url());
        env.put("FLUXRIG_SNAKE_KEY_FILE", keyFile().toString());
        env.put("FLUXRIG_SNAKE_CONFIRM_WAIT", "1s");
        env.put("FLUXRIG_STORE_SEGMENT_BYTES", "2MiB");
        return RackUnderTest.start(
                RackUnderTest.repositoryRoot().resolve("it/src/test/resources/scenarios/kill-campaign.yaml"),
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
