package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.ClusterInfo;
import io.nats.client.api.ConsumerInfo;
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

    private final int[] clusterPorts = {FreePort.onLoopback(), FreePort.onLoopback(), FreePort.onLoopback()};
    private final NatsServer[] nodes = new NatsServer[3];
    private final int hostPort = FreePort.onLoopback();
    private final AtomicInteger arrived = new AtomicInteger();
    private JposHost host;
    private RackUnderTest east;
    private RackUnderTest west;

    @BeforeEach
    void start() throws IOException {
        startNode(0);
        startNode(1);
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
        for (AutoCloseable each : new AutoCloseable[] {east, west, host, nodes[0], nodes[1], nodes[2]}) {
            try {
                if (each != null) {
                    each.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void startNode(int number) throws IOException {
        int[] ports = {clusterPorts[number], clusterPorts[(number + 1) % 3], clusterPorts[(number + 2) % 3]};
        nodes[number] = NatsServer.node(folder.resolve("node-" + number).resolve("jetstream"), "n" + number, ports);
    }

    private Path keyFile() {
        return folder.resolve("snake.key");
    }

    private RackUnderTest rack(String name) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SPECS", RackUnderTest.repositoryRoot().resolve("config/specs").toString());
        env.put("HOST_PORT", Integer.toString(hostPort));
        env.put("FLUXRIG_RACK_NAME", name);
        env.put("FLUXRIG_SNAKE_URL", nodes[0].url() + "," + nodes[1].url());
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

    /** Servers that have all of the stream, and of what is known of its consumers. */
    private int copies() throws IOException, InterruptedException {
        Connection connection = Nats.connect(nodes[0].url());
        try {
            JetStreamManagement management = connection.jetStreamManagement();
            int copies = copies(management.getStreamInfo(STREAM).getClusterInfo());
            for (ConsumerInfo consumer : management.getConsumers(STREAM)) {
                copies = Math.min(copies, copies(consumer.getClusterInfo()));
            }
            return copies;
        } catch (JetStreamApiException | IOException notNow) {
            return 0;
        } finally {
            connection.close();
        }
    }

    private static int copies(ClusterInfo cluster) {
        long others = cluster.getReplicas() == null
                ? 0
                : cluster.getReplicas().stream()
                        .filter(each -> each.isCurrent() && !each.isOffline())
                        .count();
        return cluster.getLeader() == null ? 0 : (int) others + 1;
    }

    @Test
    void shouldBeOnThreeNodesOnceThereAreThreeAndOutliveOneOfThem() throws Exception {
        west = rack("west");
        east = rack("east");
        awaitMore("the start");
        assertThat(copies()).isEqualTo(1);

        startNode(2);
        await("the stream is on three nodes", 120, () -> copies() == 3);
        awaitMore("it is on three nodes");

        nodes[1].close();
        awaitMore("one of them died");
    }
}
