package io.fluxrig.bench.rack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.bench.peer.Relay;
import io.fluxrig.cli.Fluxrig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.iso.frame.Framing;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.load.LoadException;
import io.fluxrig.load.LoadPlan;
import io.fluxrig.load.LoadResult;
import io.fluxrig.load.LoadRun;
import io.fluxrig.load.mix.MixException;
import io.fluxrig.load.mix.MixLoader;
import io.fluxrig.load.pace.Rate;
import io.fluxrig.load.tally.AnswerClass;
import io.fluxrig.perf.clock.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/bench rack}: garbage and CPU for each transaction of the payment switch, beside a bare relay. */
@Command(
        name = "bench rack",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Garbage and CPU per transaction of the payment switch at saturation, beside a bare relay.",
        footer = {"", "Exit code 0: every answer right, and garbage within --garbage-max."})
public final class RackBench implements Callable<Integer> {
    private static final Path FOLDER = Path.of("bench/target/rack");
    private static final int FAILED = 1;

    @Option(names = "--connections", description = "TCP connections (${DEFAULT-VALUE})")
    int connections = 32;

    @Option(names = "--in-flight", split = ",", description = "open requests on each (1,8)")
    List<Integer> inFlight = List.of(1, 8);

    @Option(names = "--strips", description = "event loops of rack and relay (${DEFAULT-VALUE})")
    int strips = 1;

    @Option(names = "--warmup", description = "transactions before the window (${DEFAULT-VALUE})")
    long warmup = 400_000;

    @Option(names = "--count", description = "transactions measured (${DEFAULT-VALUE})")
    long count = 400_000;

    @Option(names = "--time-max", description = "seconds for one contestant at most (${DEFAULT-VALUE})")
    int timeMaxS = 60;

    @Option(names = "--rounds", description = "how often each contestant runs, in turn (${DEFAULT-VALUE})")
    int rounds = 1;

    @Option(names = "--no-relay", negatable = true, description = "leave the relay out")
    boolean relay = true;

    @Option(names = "--scenario", description = "of the rack, a variant of the payment switch (${DEFAULT-VALUE})")
    String scenario = "config/scenarios/payment-switch.yaml";

    @Option(names = "--rack-flag", description = "JVM flag of the rack, e.g. -XX:StartFlightRecording=filename=x.jfr")
    List<String> rackFlags = List.of();

    @Option(
            names = "--rack-set",
            paramLabel = "KEY=VALUE",
            description = "node key of the rack, e.g. rack.busy_wait=true")
    Map<String, String> rackSettings = Map.of();

    @Option(names = "--garbage-max", description = "bytes for each transaction (${DEFAULT-VALUE})")
    double garbageMax = 64;

    @Option(names = "--json", description = "print one JSON array instead of the table")
    boolean json;

    private boolean exact = true;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RackBench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, LoadException, MixException {
        List<Measurement> all = new ArrayList<>();
        show(Measurement.HEADINGS);
        int schemeA = Contestant.freePort();
        int schemeB = Contestant.freePort();
        Map<String, String> environment =
                Map.of("SCHEME_A_ADDRESS", "127.0.0.1:" + schemeA, "SCHEME_B_ADDRESS", "127.0.0.1:" + schemeB);
        try (Contestant issuers = rack("issuers", "bench/scenarios/issuers.yaml", 1, 0, environment, List.of())) {
            issuers.awaitPort(schemeA);
            issuers.awaitPort(schemeB);
            for (int round = 0; round < rounds; round++) {
                for (int depth : inFlight) {
                    add(all, measureRack(depth, environment));
                    if (relay) {
                        add(all, measureRelay(depth, schemeA));
                    }
                }
            }
        }
        if (json) {
            System.out.println(new ObjectMapper()
                    .writeValueAsString(all.stream().map(Measurement::fields).toList()));
        }
        boolean lean = all.stream().noneMatch(measurement -> measurement.bytes() > garbageMax);
        return exact && lean ? 0 : FAILED;
    }

    private Measurement measureRack(int depth, Map<String, String> issuers)
            throws IOException, InterruptedException, LoadException, MixException {
        int port = Contestant.freePort();
        int api = Contestant.freePort();
        Map<String, String> environment = new HashMap<>(issuers);
        environment.put("TERMINALS_BIND", "127.0.0.1:" + port);
        environment.put("SILENT_ADDRESS", issuers.get("SCHEME_B_ADDRESS"));
        rackSettings.forEach((key, value) -> environment.put(NodeKeys.variable(key), value));
        try (Contestant rack = rack("fluxrig", scenario, strips, api, environment, rackFlags)) {
            rack.awaitPort(port);
            return measure("fluxrig", rack, port, api, depth);
        }
    }

    private Measurement measureRelay(int depth, int issuerPort)
            throws IOException, InterruptedException, LoadException, MixException {
        int port = Contestant.freePort();
        List<String> arguments =
                List.of(Relay.class.getName(), Integer.toString(port), Integer.toString(issuerPort), "" + strips);
        try (Contestant limit = Contestant.start("relay", FOLDER, jvmFlags(), Map.of(), arguments)) {
            limit.awaitPort(port);
            return measure("relay", limit, port, 0, depth);
        }
    }

    private Measurement measure(String name, Contestant contestant, int port, int api, int depth)
            throws IOException, LoadException, MixException {
        LoadRun load = new LoadRun(plan(port, depth), Clock.system());
        Window window = new Window(contestant, api, warmup, count, TimeUnit.SECONDS.toNanos(timeMaxS), load::stop);
        LoadResult result = load.run(window);
        if (!result.counts().exact()
                || result.counts().approved() != result.counts().sent()) {
            exact = false;
            System.err.println(name + ": not every request was approved exactly once: " + result.counts());
        }
        return window.measurement(name, depth);
    }

    private LoadPlan plan(int port, int depth) throws IOException, MixException {
        long secondNs = TimeUnit.SECONDS.toNanos(1);
        LoadPlan.Wire wire = new LoadPlan.Wire(
                connections,
                depth,
                1,
                10 * secondNs,
                Framing.builder(Framing.variant("generic")).build(),
                SpecLoader.load(Path.of("config/specs/v87-ascii.yaml")).spec().wire(),
                null);
        return new LoadPlan(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                wire,
                Rate.parse("max", false, 0),
                timeMaxS * secondNs,
                0,
                5 * secondNs,
                0,
                MixLoader.load(Path.of("bench/scenarios/two-schemes.yaml")),
                null,
                1,
                AnswerClass.TIMEOUT_CODES,
                null);
    }

    private static Contestant rack(
            String name, String scenario, int strips, int api, Map<String, String> environment, List<String> moreFlags)
            throws IOException {
        List<String> flags = new ArrayList<>(jvmFlags());
        flags.addAll(moreFlags);
        return Contestant.start(
                name,
                FOLDER,
                flags,
                environment,
                List.of(
                        Fluxrig.class.getName(),
                        "run",
                        "--set=rack.strips=" + strips,
                        "--set=telemetry.enabled=" + (api > 0),
                        "--set=telemetry.bind=127.0.0.1:" + Math.max(1, api),
                        "--set=base.data_dir=" + FOLDER.resolve(name),
                        scenario));
    }

    private static List<String> jvmFlags() {
        return List.of("-XX:+UseParallelGC", "-Xms128m");
    }

    private void add(List<Measurement> all, Measurement measurement) {
        all.add(measurement);
        show(measurement.line());
    }

    private void show(String line) {
        if (!json) {
            System.out.println(line);
        }
    }
}
