package io.fluxrig.bench.fleet;

import io.fluxrig.bench.rack.RackFigures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code bin/bench fleet}: many racks and one mixer, its registry in DuckDB, its nats-server its own.
 *
 * <pre>
 *   N racks, a connection and keys each ==hello, heartbeats==> nats-server ==> mixer (one desk)
 *           ^---------------- passport, scenario ----------------------------------'
 * </pre>
 *
 * All are let in and get a scenario; then each says how it is, as often as the columns have it. What is sent is heard, dropped (by the mixer's
 * limits, or the NATS client's), or waits at the end of a window, which is for the next one.
 */
@Command(
        name = "bench fleet",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Simulated racks against one mixer: its CPU, heartbeats, memory. Needs nats-server.",
        footer = {"", "Exit code 0: all heard, one core at most, heap flat; 1: not so."})
public final class FleetBench implements Callable<Integer> {
    private static final String SCENARIO = """
            meta: { name: fleet, version: 1.0.0 }
            gears: [ { name: none, type: sim_responder, config: { spec_path: "moov:spec87ascii", default: { set: { 39: "00" } } } } ]
            """;
    private static final int THREADS = 4;
    private static final long TURN_MS = 2_000;
    private static final double MIB = 1 << 20;
    /** Of the heap after a collection, from the first window of a row to its last. */
    private static final double RISE_MAX_MIB = 4;

    @Option(names = "--racks", description = "simulated (${DEFAULT-VALUE})")
    int count = 1_000;

    @Option(names = "--every", split = ",", description = "ms between two heartbeats of a rack (${DEFAULT-VALUE})")
    List<Integer> every = List.of(5_000, 1_000);

    @Option(names = "--seconds", description = "of each window (${DEFAULT-VALUE})")
    int seconds = 10;

    @Option(names = "--windows", description = "for each of --every (${DEFAULT-VALUE})")
    int windows = 3;

    @Option(names = "--settle", description = "seconds to let all in at most (${DEFAULT-VALUE})")
    int settle = 240;

    private final List<SimulatedRack> racks = new ArrayList<>();
    private final LongAdder faults = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private boolean good = true;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FleetBench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("bench-fleet");
        ScheduledExecutorService turns = new ScheduledThreadPoolExecutor(THREADS);
        try (MixerUnderTest mixer = new MixerUnderTest(folder)) {
            letIn(mixer, turns);
            give(mixer, turns);
            System.out.printf(
                    "%8s %8s %8s %9s %9s %10s %10s %9s %9s%n",
                    "every ms",
                    "sent/s",
                    "heard/s",
                    "dropped",
                    "waiting",
                    "mixer core",
                    "nats core",
                    "RSS MiB",
                    "heap MiB");
            for (int ms : every) {
                measure(mixer, turns, ms);
            }
            end(turns);
        } finally {
            end(turns);
            delete(folder);
        }
        return good ? 0 : 1;
    }

    /** The racks go before their mixer does: each would tell that it lost it. */
    private void end(ScheduledExecutorService turns) {
        turns.shutdownNow();
        racks.parallelStream().forEach(SimulatedRack::close);
        racks.clear();
    }

    private void letIn(MixerUnderTest mixer, ScheduledExecutorService turns) throws IOException, InterruptedException {
        long startedNs = System.nanoTime();
        List<ScheduledFuture<?>> turning = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SimulatedRack rack = new SimulatedRack("rack-%04d".formatted(i), mixer.natsUrl(), faults);
            racks.add(rack);
            turning.add(turns.scheduleWithFixedDelay(
                    () -> {
                        if (!rack.settled()) {
                            rack.turn();
                        }
                    },
                    i * TURN_MS / count,
                    TURN_MS,
                    TimeUnit.MILLISECONDS));
        }
        await("let in", SimulatedRack::settled);
        turning.forEach(each -> each.cancel(false));
        RackFigures figures = mixer.figures();
        System.out.printf(
                Locale.ROOT,
                "%d racks let in within %.1f s; mixer CPU %.1f s since its start%n",
                count,
                (System.nanoTime() - startedNs) / 1e9,
                figures.sum("fluxrig_process_cpu_seconds_total"));
    }

    private void give(MixerUnderTest mixer, ScheduledExecutorService turns) throws IOException, InterruptedException {
        String yaml = Base64.getEncoder().encodeToString(SCENARIO.getBytes(StandardCharsets.UTF_8));
        mixer.ask("POST", "/api/v1/scenarios", "{\"main\":\"s.yaml\",\"files\":{\"s.yaml\":\"" + yaml + "\"}}");
        long startedNs = System.nanoTime();
        String names = racks.stream().map(SimulatedRack::name).collect(Collectors.joining("\",\"", "[\"", "\"]"));
        mixer.ask("POST", "/api/v1/scenarios/fleet/activations", "{\"version\":\"1.0.0\",\"racks\":" + names + "}");
        List<ScheduledFuture<?>> beating = beat(turns, (int) TURN_MS);
        await("given a scenario", SimulatedRack::runs);
        beating.forEach(each -> each.cancel(false));
        while (waiting(mixer.figures()) > 0) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        System.out.printf(
                Locale.ROOT,
                "a scenario is with all, who have said so, within %.1f s%n",
                (System.nanoTime() - startedNs) / 1e9);
    }

    private void measure(MixerUnderTest mixer, ScheduledExecutorService turns, int ms)
            throws IOException, InterruptedException {
        List<ScheduledFuture<?>> beating = beat(turns, ms);
        TimeUnit.MILLISECONDS.sleep(Math.max(TURN_MS, ms));
        double firstHeap = 0;
        for (int window = 0; window < windows; window++) {
            RackFigures before = mixer.figures();
            double natsBefore = mixer.natsCpuSeconds();
            long sentBefore = sent.sum();
            long startedNs = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            RackFigures after = mixer.figures();
            double elapsedS = (System.nanoTime() - startedNs) / 1e9;
            double sentRate = (sent.sum() - sentBefore) / elapsedS;
            double natsCore = (mixer.natsCpuSeconds() - natsBefore) / elapsedS;
            mixer.collect();
            double heap = mixer.figures().sum("fluxrig_jvm_memory_bytes", "area=\"heap\",state=\"used\"") / MIB;
            firstHeap = window == 0 ? heap : firstHeap;
            double heard = rise(before, after, "fluxrig_mixer_heartbeats_total") / elapsedS;
            double core = rise(before, after, "fluxrig_process_cpu_seconds_total") / elapsedS;
            double dropped = rise(before, after, "fluxrig_mixer_dropped_total")
                    + rise(before, after, "fluxrig_mixer_heartbeats_refused_total")
                    + rise(before, after, "fluxrig_mixer_refused_total")
                    + rise(before, after, "fluxrig_mixer_unheard_dropped_total")
                    + rise(before, after, "fluxrig_mixer_unkept_total");
            System.out.printf(
                    Locale.ROOT,
                    "%8d %8.0f %8.0f %9.0f %9.0f %10.3f %10.3f %9.1f %9.1f%n",
                    ms,
                    sentRate,
                    heard,
                    dropped,
                    waiting(after),
                    core,
                    natsCore,
                    after.sum("fluxrig_process_resident_bytes") / MIB,
                    heap);
            good &= core <= 1 && heard >= 0.98 * sentRate && heap - firstHeap <= RISE_MAX_MIB && faults.sum() == 0;
        }
        beating.forEach(each -> each.cancel(false));
    }

    private List<ScheduledFuture<?>> beat(ScheduledExecutorService turns, int ms) {
        List<ScheduledFuture<?>> beating = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SimulatedRack rack = racks.get(i);
            beating.add(turns.scheduleAtFixedRate(
                    () -> sent.add(rack.beat() ? 1 : 0),
                    (long) i * ms * 1_000 / count,
                    ms * 1_000L,
                    TimeUnit.MICROSECONDS));
        }
        return beating;
    }

    private void await(String what, Predicate<SimulatedRack> question) throws IOException, InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(settle);
        long missing = count;
        while (missing > 0) {
            if (System.nanoTime() - endNs > 0) {
                throw new IOException(missing + " of " + count + " racks are not " + what + " after " + settle + " s");
            }
            TimeUnit.MILLISECONDS.sleep(100);
            missing = racks.stream().filter(question.negate()).count();
        }
    }

    /** What the mixer has and has not dealt with: neither heard nor dropped. */
    private static double waiting(RackFigures figures) {
        return figures.sum("fluxrig_mixer_waiting") + figures.sum("fluxrig_mixer_unheard");
    }

    private static double rise(RackFigures before, RackFigures after, String name) {
        return after.sum(name) - before.sum(name);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> walked = Files.walk(folder)) {
            for (Path each : walked.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
