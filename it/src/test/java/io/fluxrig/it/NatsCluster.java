package io.fluxrig.it;

import io.fluxrig.engine.net.FreePort;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.ClusterInfo;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** NATS servers on loopback that make a cluster of three, each with files and a log in a folder of its own. One thread. */
final class NatsCluster implements AutoCloseable {
    static final int NODES = 3;
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(2);

    private final Path folder;
    private final int[] clusterPorts =
            IntStream.range(0, NODES).map(node -> FreePort.onLoopback()).toArray();
    private final List<NatsServer> nodes = new ArrayList<>();

    /** Of none yet. */
    NatsCluster(Path folder) {
        this.folder = folder;
    }

    /** Starts the next one, or skips the test where there is no nats-server. */
    void startNext() throws IOException {
        int number = nodes.size();
        int[] ports = IntStream.range(0, NODES)
                .map(each -> clusterPorts[(number + each) % NODES])
                .toArray();
        nodes.add(NatsServer.node(folder.resolve(name(number)).resolve("jetstream"), name(number), ports));
    }

    NatsServer node(int number) {
        return nodes.get(number);
    }

    private static String name(int number) {
        return "node-" + number;
    }

    /** Of all that were started. */
    String urls() {
        return nodes.stream().map(NatsServer::url).collect(Collectors.joining(","));
    }

    private interface Question<T> {
        T ask(JetStreamManagement management) throws IOException, JetStreamApiException;
    }

    /** What whichever node answers says; that instead where none does. */
    private <T> T ask(Question<T> question, T otherwise) throws InterruptedException {
        Options options = new Options.Builder()
                .servers(urls().split(","))
                .connectionTimeout(CONNECT_WAIT)
                .build();
        Connection connection = null;
        try {
            connection = Nats.connect(options);
            return question.ask(connection.jetStreamManagement());
        } catch (JetStreamApiException | IOException notNow) {
            return otherwise;
        } finally {
            if (connection != null) {
                connection.close();
            }
        }
    }

    /** The number of the node that leads a stream; negative while none does. */
    int leader(String stream) throws InterruptedException {
        String leader = ask(
                management -> management.getStreamInfo(stream).getClusterInfo().getLeader(), null);
        return IntStream.range(0, NODES)
                .filter(number -> name(number).equals(leader))
                .findFirst()
                .orElse(-1);
    }

    /** Nodes that have all of a stream, and of what is known of its consumers. */
    int copies(String stream) throws InterruptedException {
        return ask(
                management -> {
                    int copies = copies(management.getStreamInfo(stream).getClusterInfo());
                    for (ConsumerInfo consumer : management.getConsumers(stream)) {
                        copies = Math.min(copies, copies(consumer.getClusterInfo()));
                    }
                    return copies;
                },
                0);
    }

    private static int copies(ClusterInfo cluster) {
        long others = cluster.getReplicas() == null
                ? 0
                : cluster.getReplicas().stream()
                        .filter(each -> each.isCurrent() && !each.isOffline())
                        .count();
        return cluster.getLeader() == null ? 0 : (int) others + 1;
    }

    @Override
    public void close() {
        nodes.forEach(NatsServer::close);
    }
}
