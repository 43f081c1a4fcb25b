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
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jpos.iso.channel.ASCIIChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream of wires between racks on a cluster of nats-server: on one node while a third is missing, on three once it is there. */
final class StreamReplicasIT {
    private static final int STEP = 500;
    private static final String STREAM = "flux-msg";

    @TempDir
    Path folder;

    private final int hostPort = FreePort.onLoopback();
    private final AtomicInteger arrived = new AtomicInteger();
    private NatsCluster cluster;
    private JposHost host;
    private RackUnderTest east;
    private RackUnderTest west;

    @BeforeEach
    void start() throws IOException {
        cluster = new NatsCluster(folder);
        cluster.startNext();
        cluster.startNext();
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Files.createFile(keyFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(keyFile(), key);
        host = new JposHost(hostPort, new ASCIIChannel(new ISO87APackager()), (request, send) -> {
            arrived.incrementAndGet();
            JposHost.approve(request, send);
        });
    }

    @AfterEach
    void stop() {
        for (AutoCloseable each : new AutoCloseable[] {east, west, host, cluster}) {
            try {
                if (each != null) {
                    each.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Path keyFile() {
        return folder.resolve("snake.key");
    }

    private RackUnderTest rack(String name) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SPECS", RackUnderTest.repositoryRoot().resolve("config/specs").toString());
        env.put("HOST_PORT", Integer.toString(hostPort));
        env.put("FLUXRIG_RACK_NAME", name);
        env.put("FLUXRIG_SNAKE_URL", cluster.urls());
        env.put("FLUXRIG_SNAKE_KEY_FILE", keyFile().toString());
        env.put("FLUXRIG_STORE_SEGMENT_BYTES", "2MiB");
        Path scenarios = RackUnderTest.repositoryRoot().resolve("it/src/test/resources/scenarios");
        return RackUnderTest.start(scenarios.resolve("two-racks.yaml"), folder.resolve(name), env);
    }

    private static void await(String what, int seconds, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(seconds)).until(condition);
    }

    private void awaitMore(String after) {
        int before = arrived.get();
        await(STEP + " more advices after " + after, 60, () -> arrived.get() >= before + STEP);
    }

    @Test
    void shouldBeOnThreeNodesOnceThereAreThreeAndOutliveOneOfThem() throws Exception {
        west = rack("west");
        east = rack("east");
        awaitMore("the start");
        assertThat(cluster.copies(STREAM)).isEqualTo(1);

        cluster.startNext();
        await("the stream is on three nodes", 120, () -> cluster.copies(STREAM) == 3);
        awaitMore("it is on three nodes");

        cluster.node(1).close();
        awaitMore("one of them died");
    }
}
