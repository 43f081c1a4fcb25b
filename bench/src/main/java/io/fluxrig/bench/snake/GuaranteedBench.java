package io.fluxrig.bench.snake;

import io.fluxrig.bench.transport.SampleMessage;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.FluxMsgWriter;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.PurgeOptions;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code bin/bench guaranteed}: messages a second whose promise holds, through a wire between racks and through a bare NATS
 * client, in turn, over one NATS server with its streams on disk.
 *
 * <pre>
 *   bare:      bytes ==publish==> stream ==acknowledgement==> future
 *   broker:    FluxMsg --CBOR, ring--> seal ==publish==> stream ==acknowledgement==> kept
 *   receiver:  FluxMsg --CBOR, ring--> journal --> seal ==publish==> stream ==> open --> journal --ring--> FluxMsg
 * </pre>
 */
@Command(
        name = "bench guaranteed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Wires between racks beside a bare NATS client, in turn, as ratios. Needs nats-server.")
public final class GuaranteedBench implements Callable<Integer> {
    private static final String WIRE_STREAM = "flux-msg";
    private static final String BARE = "bare";
    /** What an envelope is longer than its message: header, the rack's name, tag. */
    private static final int ENVELOPE_BYTES = 60 + 4 + 16;

    private static final int BATCH = 4096;
    private static final int CONNECTS_MAX = 50;

    @Option(names = "--rounds", description = "how often each is measured (${DEFAULT-VALUE})")
    int rounds = 5;

    @Option(names = "--seconds", description = "of each window (${DEFAULT-VALUE})")
    int seconds = 2;

    @Option(names = "--warmup", description = "rounds that do not count (${DEFAULT-VALUE})")
    int warmup = 4;

    @Option(names = "--in-flight", description = "messages on their way, a power of two (${DEFAULT-VALUE})")
    int inFlight = 1024;

    @Option(names = "--nats", paramLabel = "PROGRAM", description = "nats-server (looked for)")
    Path program;

    private final Map<String, Carrier> carriers = new LinkedHashMap<>();
    private final Map<String, List<Double>> rates = new LinkedHashMap<>();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new GuaranteedBench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, JetStreamApiException, JournalException {
        Path folder = Files.createTempDirectory("bench-guaranteed");
        try (NatsUnderTest nats = new NatsUnderTest(program, folder)) {
            Connection connection = connect(nats.url());
            open(nats.url(), folder, connection);
            for (int round = -warmup; round < rounds; round++) {
                for (Map.Entry<String, Carrier> carrier : carriers.entrySet()) {
                    double rate = measure(carrier.getValue());
                    if (round >= 0) {
                        rates.computeIfAbsent(carrier.getKey(), any -> new ArrayList<>())
                                .add(rate);
                    }
                    empty(connection.jetStreamManagement());
                }
                System.err.printf("round %d of %d%n", round + 1, rounds);
            }
            for (Carrier carrier : carriers.values()) {
                carrier.close();
            }
            connection.close();
        } finally {
            delete(folder);
        }
        print();
        return 0;
    }

    private void open(String url, Path folder, Connection connection)
            throws IOException, JetStreamApiException, JournalException {
        connection
                .jetStreamManagement()
                .addStream(StreamConfiguration.builder()
                        .name(BarePublisher.STREAM)
                        .subjects(BarePublisher.SUBJECTS)
                        .storageType(StorageType.File)
                        .retentionPolicy(RetentionPolicy.WorkQueue)
                        .build());
        FluxMsg message = SampleMessage.decoded();
        message.payload(null);
        byte[] bytes = new byte[4096];
        int length = new FluxMsgWriter().write(message, bytes, 0, bytes.length);
        carriers.put(BARE, new BarePublisher(connection, Arrays.copyOf(bytes, length + ENVELOPE_BYTES), inFlight));
        carriers.put("broker", WireUnderTest.confirmedByBroker(url, inFlight, message));
        carriers.put("receiver", WireUnderTest.confirmedByReceiver(url, inFlight, folder, message));
    }

    private static Connection connect(String url) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return Nats.connect(url);
            } catch (IOException notYet) {
                if (attempt == CONNECTS_MAX) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** Throws away what nobody takes out. */
    private static void empty(JetStreamManagement management) throws IOException, JetStreamApiException {
        management.purgeStream(BarePublisher.STREAM);
        management.purgeStream(
                WIRE_STREAM,
                PurgeOptions.builder().subject(WireUnderTest.UNREAD).build());
    }

    private double measure(Carrier carrier) throws IOException {
        long startedNs = System.nanoTime();
        long lastNs = startedNs + TimeUnit.SECONDS.toNanos(seconds);
        long carried = 0;
        long nowNs = startedNs;
        while (nowNs < lastNs) {
            carrier.carry(BATCH);
            carried += BATCH;
            nowNs = System.nanoTime();
        }
        return carried * 1e9 / (nowNs - startedNs);
    }

    private void print() {
        System.out.printf("%-10s %14s %14s   %s%n", "", "messages/s", "of bare", "each round of bare's");
        rates.forEach((name, each) -> {
            double[] ratios = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                ratios[i] = each.get(i) / rates.get(BARE).get(i);
            }
            System.out.printf(
                    "%-10s %14.0f %14.2f   %s%n",
                    name,
                    median(each.stream().mapToDouble(r -> r).toArray()),
                    median(ratios),
                    Arrays.toString(Arrays.stream(ratios)
                            .map(r -> Math.rint(r * 100) / 100)
                            .toArray()));
        });
    }

    private static double median(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> walked = Files.walk(folder)) {
            for (Path each : walked.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
