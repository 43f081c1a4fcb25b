package io.fluxrig.bench.scale;

import io.fluxrig.bench.rack.Measurement;
import io.fluxrig.bench.rack.RackUnderTest;
import io.fluxrig.bench.rack.RackUnderTest.Load;
import io.fluxrig.bench.rack.RackUnderTest.Start;
import io.fluxrig.bench.rack.Window;
import io.fluxrig.load.LoadException;
import io.fluxrig.load.LoadResult;
import io.fluxrig.load.LoadRun;
import io.fluxrig.load.mix.MixException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The rack of one case: started, warmed up, holding what it is to hold; measured as often as wanted. */
final class Subject implements AutoCloseable {
    private static final String ALLOCATED = "fluxrig_jvm_allocated_bytes_total";
    private static final int TIME_MAX_S = 60;
    private static final int GRACE_S = 12;
    private static final long SETTLE_MS = 300;
    private static final int WARMUP_CONNECTIONS = 32;
    private static final int WARMUP_IN_FLIGHT = 8;
    /** Messages on each connection before a window: what is made with the first must be there. */
    private static final int RUN_IN_EACH = 1;

    private static final double RUN_IN = 0.25;

    private final Case which;
    private final RackUnderTest rack;
    private final HeldTickets held;
    private long crooked;

    private Subject(Case which, RackUnderTest rack, HeldTickets held) {
        this.which = which;
        this.rack = rack;
        this.held = held;
    }

    /**
     * Starts the rack of a case.
     *
     * @param warmup transactions before anything is measured: at full rate, so that the JIT has compiled what it will
     */
    static Subject start(Case which, Start start, SilentHost host, long warmup)
            throws IOException, InterruptedException, LoadException, MixException {
        RackUnderTest rack = RackUnderTest.start(start);
        try {
            Case.Traffic traffic = which.traffic();
            Load load = new Load(traffic.mix(), WARMUP_CONNECTIONS, WARMUP_IN_FLIGHT, "max", TIME_MAX_S, GRACE_S);
            LoadRun run = rack.loadRun(load);
            run.run(progress -> {
                if (progress.counts().answered() >= warmup) {
                    run.stop();
                }
            });
            int tickets = which.setup().heldOpen();
            HeldTickets held = tickets == 0 ? null : HeldTickets.open(rack, host, tickets - inFlight(traffic));
            return new Subject(which, rack, held);
        } catch (IOException | InterruptedException | LoadException | MixException | RuntimeException e) {
            rack.close();
            throw e;
        }
    }

    private static int inFlight(Case.Traffic traffic) {
        return traffic.connections() * traffic.inFlight();
    }

    /** One window of so many seconds, or in a closed loop of so many transactions. */
    Measurement measure(int seconds, long transactions)
            throws IOException, InterruptedException, LoadException, MixException {
        Case.Traffic traffic = which.traffic();
        long count = traffic.ratePerSecond() == 0 ? transactions : (long) seconds * traffic.ratePerSecond();
        Thread.sleep(SETTLE_MS);
        LoadRun run = rack.loadRun(new Load(
                traffic.mix(), traffic.connections(), traffic.inFlight(), traffic.rate(), TIME_MAX_S, GRACE_S));
        Window window = new Window(
                rack.process(),
                rack.apiPort(),
                (long) Math.max(count * RUN_IN, traffic.connections() * (double) RUN_IN_EACH),
                count,
                TimeUnit.SECONDS.toNanos(TIME_MAX_S),
                run::stop);
        LoadResult result = run.run(window);
        if (!result.counts().exact()
                || result.counts().approved() != result.counts().sent()) {
            crooked++;
            System.err.println(which.value() + ": not every request was approved exactly once: " + result.counts());
        }
        return window.measurement("fluxrig", inFlight(traffic)).withoutReading(readingBytes());
    }

    /** What the rack allocates to have its figures read once: as much as stands between the two readings of a window. */
    private double readingBytes() throws IOException, InterruptedException {
        double before = rack.figures().sum(ALLOCATED);
        return rack.figures().sum(ALLOCATED) - before;
    }

    /** Windows with an answer that was missing, wrong or no approval. */
    long crooked() {
        return crooked;
    }

    @Override
    public void close() throws IOException {
        rack.process().kill();
        if (held != null) {
            held.close();
        }
    }
}
