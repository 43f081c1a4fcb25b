package io.fluxrig.bench.versus;

import io.fluxrig.bench.rack.Measurement;
import io.fluxrig.bench.rack.Window;
import io.fluxrig.iso.frame.Framing;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.iso.wire.WireSpec;
import io.fluxrig.load.LoadException;
import io.fluxrig.load.LoadPlan;
import io.fluxrig.load.LoadResult;
import io.fluxrig.load.LoadRun;
import io.fluxrig.load.mix.Mix;
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
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Puts load on a contender, the same for each, and holds every answer against its request. */
final class Trial {
    static final Framing FRAMING = Framing.builder(Framing.variant("generic")).build();
    static final WireSpec DIALECT =
            SpecLoader.load(Path.of("config/specs/v87-ascii.yaml")).spec().wire();

    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long GRACE_NS = 15 * SECOND_NS;
    private static final long SETTLE_NS = 200_000_000L;
    /** In an open loop a terminal does not wait for its answers; this many are taken for endless. */
    private static final int OPEN_LOOP_IN_FLIGHT = 256;
    /** A rate counts as carried if this much of it was answered while it was offered. */
    private static final double CARRIED = 0.97;

    private final Extent extent;
    private final List<String> wrong = new ArrayList<>();

    /**
     * How much of everything.
     *
     * @param warmup transactions before the window
     * @param count transactions in it
     * @param timeMaxS seconds for both at most; the warm-up takes half of it at most
     * @param openLoopS seconds at an offered rate, the first of which is warm-up
     */
    record Extent(int connections, long warmup, long count, int timeMaxS, int openLoopS) {}

    Trial(Extent extent) {
        this.extent = extent;
    }

    static Mix mix() throws MixException {
        return MixLoader.load(Path.of("bench/scenarios/two-schemes.yaml"));
    }

    /** As much as it takes. */
    Saturation saturate(Running running, int round, int inFlight) throws IOException, LoadException, MixException {
        long timeNs = extent.timeMaxS * SECOND_NS;
        LoadPlan plan = plan(running, inFlight, Rate.parse("max", false, 0), timeNs, 0);
        LoadRun load = new LoadRun(plan, Clock.system());
        Window window =
                new Window(running.process(), running.metricsPort(), extent.warmup, extent.count, timeNs, load::stop);
        check(running, load.run(window));
        Measurement measured = window.measurement(running.contender().label(), inFlight);
        return new Saturation(
                round,
                inFlight,
                running.contender(),
                running.startMs(),
                measured.tps(),
                measured.cpuUs(),
                measured.bytes(),
                running.process().residentBytes());
    }

    /** A rate that does not wait for answers; random arrivals, the same for each contender. */
    Latency offer(Running running, int round, int inFlight, Level level, double rate)
            throws LoadException, MixException {
        Rate poisson = Rate.parse(String.format(Locale.ROOT, "%.0f", rate), true, 0);
        LoadPlan plan = plan(running, OPEN_LOOP_IN_FLIGHT, poisson, extent.openLoopS * SECOND_NS, SECOND_NS);
        LoadResult result = new LoadRun(plan, Clock.system()).run(progress -> {});
        check(running, result);
        boolean carried = result.counts().unsent() == 0 && result.tps() >= CARRIED * rate;
        return new Latency(round, inFlight, running.contender(), level, rate, carried ? result.headline() : null);
    }

    /** What was answered wrongly, a sentence each; empty if nothing was. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    private void check(Running running, LoadResult result) {
        boolean approved = result.counts().approved() == result.counts().sent();
        if (!result.counts().exact() || !approved || result.counts().errors() > 0) {
            wrong.add(running.contender().label() + ": not every request was approved exactly once: " + result.counts()
                    + ", codes " + result.codes());
        }
    }

    private LoadPlan plan(Running running, int inFlight, Rate rate, long durationNs, long warmupNs)
            throws MixException {
        LoadPlan.Wire wire = new LoadPlan.Wire(extent.connections, inFlight, 1, 10 * SECOND_NS, FRAMING, DIALECT, null);
        return new LoadPlan(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port()),
                wire,
                rate,
                durationNs,
                warmupNs,
                GRACE_NS,
                SETTLE_NS,
                0,
                mix(),
                null,
                1,
                AnswerClass.TIMEOUT_CODES,
                null);
    }
}
