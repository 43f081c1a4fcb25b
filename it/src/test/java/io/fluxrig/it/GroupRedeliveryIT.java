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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Advices for a group of two racks, with {@code confirm: broker} and with {@code confirm: receiver}. One of the two is killed while its host
 * is away, so that it has many in hand, and again in the midst of the load, both times at a random moment
 * ({@code -Dfluxrig.group.seed=N} for the same again): the other goes on and gets what that one had in hand; what lies in its journal
 * comes when it is back.
 */
final class GroupRedeliveryIT {
    private static final long SEED = Long.getLong("fluxrig.group.seed", System.nanoTime());
    private static final int TOTAL = 15_000;
    private static final int SHARE = 300;
    private static final int IN_FLIGHT = 256;
    private static final int LONGEST_MS = 1000;
    private static final String BROKER = "BROKER01";
    private static final String RECEIVER = "RECEIVER";
    private static final String BY_BROKER = "encode_broker.in";
    private static final String BY_RECEIVER = "encode_receiver.in";
    private static final Map<String, Long> BOTH = Map.of(BROKER, (long) TOTAL, RECEIVER, (long) TOTAL);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Map<String, Integer> ports = Map.of("west1", FreePort.onLoopback(), "west2", FreePort.onLoopback());
    private final Map<String, SilentHost> hosts = new LinkedHashMap<>();
    private final Map<String, Arrivals> byRack = Map.of("west1", new Arrivals(2), "west2", new Arrivals(2));
    private final Arrivals all = new Arrivals(2);
    private final List<AutoCloseable> running = new CopyOnWriteArrayList<>();
    private NatsServer nats;

    @BeforeEach
    void startNats() throws IOException {
        nats = NatsServer.start(folder.resolve("jetstream"));
        running.add(nats);
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Files.createFile(keyFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(keyFile(), key);
    }

    @AfterEach
    void stopAll() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
        for (SilentHost host : hosts.values()) {
            host.close();
        }
    }

    @Test
    void shouldHaveTheOtherRackOfTheGroupTakeOver() throws Exception {
        Random random = new Random(SEED);
        String other = random.nextBoolean() ? "west1" : "west2";
        String victim = other.equals("west1") ? "west2" : "west1";
        startHost(other);
        CompletableFuture<RackUnderTest> first = CompletableFuture.supplyAsync(() -> start(other));
        RackUnderTest killed = start(victim);
        first.join();
        RackUnderTest east = start("east");
        killWithoutItsHost(killed, other, random);
        assertThat(all.missing(Map.of(RECEIVER, 0L)))
                .as("what lies in the journal of the rack that was killed")
                .isNotEmpty();

        startHost(victim);
        killed = start(victim);
        for (String rack : byRack.keySet()) {
            for (String run : BOTH.keySet()) {
                awaitMore(rack, run, "all run");
            }
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_MS)); // the moment is what is tried
        killed.kill();
        start(victim);
        await("the sender has confirmations for all", () -> backlog(east, BY_RECEIVER) == 0);
        await("all is with the hosts", () -> all.missing(BOTH).isEmpty());
        assertThat(all.distinct()).isEqualTo(2 * TOTAL);
        System.out.printf(
                "seed %d: %,d advices, all with the hosts, %d of them again under their number%n",
                SEED, all.distinct(), all.repeated());
    }

    /** What the rack has in hand over the broker's wire is as much as may be, and what it has of the other lies in its journal. */
    private void killWithoutItsHost(RackUnderTest victim, String other, Random random) throws Exception {
        await("it has its hands full", () -> inHand(victim) == IN_FLIGHT);
        await("its journal has some", () -> backlog(victim, BY_RECEIVER) >= SHARE);
        awaitMore(other, BROKER, "one of the group has its hands full");
        awaitMore(other, RECEIVER, "one of the group has its hands full");
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_MS)); // the moment is what is tried
        double inHand = inHand(victim);
        double inJournal = backlog(victim, BY_RECEIVER);
        victim.kill();
        long killedNs = System.nanoTime();
        awaitMore(other, BROKER, "the kill");
        long onMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedNs);
        await(
                "the other has had what it had in hand",
                () -> all.missing(Map.of(BROKER, 0L)).isEmpty());
        System.out.printf(
                "seed %d: killed with %.0f in hand and %.0f in its journal; the other got %d more within %,d ms, and all that was in"
                        + " hand after %,d ms%n",
                SEED, inHand, inJournal, SHARE, onMs, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedNs));
    }

    private void awaitMore(String rack, String run, String after) {
        Arrivals arrivals = byRack.get(rack);
        long before = arrivals.distinct(run);
        await(
                SHARE + " more of " + run + " with the host of " + rack + " after " + after,
                () -> arrivals.distinct(run) >= before + SHARE);
    }

    private void startHost(String rack) throws IOException {
        hosts.put(rack, new SilentHost(ports.get(rack), advice -> {
            byRack.get(rack).take(advice);
            all.take(advice);
        }));
    }

    private Path keyFile() {
        return folder.resolve("snake.key");
    }

    private RackUnderTest start(String rack) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SPECS", RackUnderTest.repositoryRoot().resolve("config/specs").toString());
        env.put("HOST_PORT", Integer.toString(ports.getOrDefault(rack, 1)));
        env.put("TOTAL", Integer.toString(TOTAL));
        // a message that crosses strips behind the wire's end is the hot lane's, which a kill may cost
        env.put("FLUXRIG_RACK_STRIPS", rack.equals("east") ? "2" : "1");
        env.put("FLUXRIG_RACK_NAME", rack);
        env.put("FLUXRIG_SNAKE_URL", nats.url());
        env.put("FLUXRIG_SNAKE_KEY_FILE", keyFile().toString());
        env.put("FLUXRIG_SNAKE_CONFIRM_WAIT", "1s");
        env.put("FLUXRIG_SNAKE_IN_FLIGHT", Integer.toString(IN_FLIGHT));
        env.put("FLUXRIG_STORE_SEGMENT_BYTES", "2MiB");
        RackUnderTest started = RackUnderTest.startDegraded(
                RackUnderTest.repositoryRoot().resolve("it/src/test/resources/scenarios/group.yaml"),
                folder.resolve(rack),
                env);
        running.add(started);
        return started;
    }

    private static double inHand(RackUnderTest rack) {
        return rack.metric("fluxrig_guaranteed_pending_messages", BY_BROKER);
    }

    private static double backlog(RackUnderTest rack, String wire) {
        return rack.metric("fluxrig_durable_backlog_messages", wire);
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what + "; seed " + SEED).atMost(Duration.ofSeconds(30)).until(condition);
    }
}
