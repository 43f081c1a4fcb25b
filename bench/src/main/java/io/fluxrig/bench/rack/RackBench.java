package io.fluxrig.bench.rack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.bench.peer.Relay;
import io.fluxrig.bench.rack.RackUnderTest.Load;
import io.fluxrig.bench.rack.RackUnderTest.Start;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.load.LoadException;
import io.fluxrig.load.LoadResult;
import io.fluxrig.load.LoadRun;
import io.fluxrig.load.mix.MixException;
import io.fluxrig.load.mix.MixLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    private static final Path MIX = Path.of("bench/scenarios/two-schemes.yaml");
    private static final int GRACE_S = 5;
    private static final int FAILED = 1;

    @Mixin
    SaturationOptions saturation;

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
    Path scenario = Path.of("config/scenarios/payment-switch.yaml");

    @Mixin
    RackOptions options;

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
        try (SchemeHosts schemes = SchemeHosts.start(FOLDER)) {
            for (int round = 0; round < rounds; round++) {
                for (int depth : saturation.inFlight()) {
                    add(all, measureRack(depth, schemes));
                    if (relay) {
                        add(all, measureRelay(depth, schemes.schemeA()));
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

    private Measurement measureRack(int depth, SchemeHosts schemes)
            throws IOException, InterruptedException, LoadException, MixException {
        Start start = new Start(
                "fluxrig",
                FOLDER,
                scenario,
                options.settings(),
                options.flags(),
                PaymentSwitch.hosts(schemes.schemeA(), schemes.schemeB(), schemes.schemeB()));
        try (RackUnderTest rack = RackUnderTest.start(start)) {
            return measure("fluxrig", rack.process(), rack.port(), rack.apiPort(), depth);
        }
    }

    private Measurement measureRelay(int depth, int issuerPort)
            throws IOException, InterruptedException, LoadException, MixException {
        int port = FreePort.onLoopback();
        List<String> arguments = List.of(
                Relay.class.getName(),
                Integer.toString(port),
                Integer.toString(issuerPort),
                Integer.toString(options.strips()));
        try (Contestant limit = Contestant.start("relay", FOLDER, RackUnderTest.FLAGS, Map.of(), arguments)) {
            limit.awaitPort(port);
            return measure("relay", limit, port, 0, depth);
        }
    }

    private Measurement measure(String name, Contestant contestant, int port, int api, int depth)
            throws IOException, LoadException, MixException {
        LoadRun load = RackUnderTest.loadRun(
                port, new Load(MixLoader.load(MIX), saturation.connections(), depth, "max", timeMaxS, GRACE_S));
        Window window = new Window(contestant, api, warmup, count, TimeUnit.SECONDS.toNanos(timeMaxS), load::stop);
        LoadResult result = load.run(window);
        if (!result.counts().exact()
                || result.counts().approved() != result.counts().sent()) {
            exact = false;
            System.err.println(name + ": not every request was approved exactly once: " + result.counts());
        }
        return window.measurement(name, depth);
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
