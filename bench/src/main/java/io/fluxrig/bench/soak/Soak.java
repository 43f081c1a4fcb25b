package io.fluxrig.bench.soak;

import io.fluxrig.bench.rack.RackUnderTest;
import io.fluxrig.bench.rack.RackUnderTest.Load;
import io.fluxrig.load.LoadException;
import io.fluxrig.load.LoadResult;
import io.fluxrig.load.LoadRun;
import io.fluxrig.load.Percentiles;
import io.fluxrig.load.Progress;
import io.fluxrig.load.mix.Mix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * The phases of a soak, each on terminals that have just connected and leave at its end:
 *
 * <pre>
 *   trouble   closed loop, the mix with slow, late, double and missing answers, an issuer killed and started again a fifth
 *             of the way in, and the {@link Vandal} at work all the time
 *   recover   closed loop until every answer of a short load is an approval
 *   calm      open loop, always the same rate, no fault: latency
 *   quiet     no request open, a full collection: what the rack holds
 * </pre>
 */
final class Soak {
    private static final int CONNECTIONS = 64;
    private static final int IN_FLIGHT = 16;
    private static final int TIME_MAX_S = 120;
    private static final int GRACE_S = 10;
    private static final int RECOVER_COUNT = 20_000;
    private static final int RECOVER_TRIES = 40;
    private static final int CALM_RATE = 5_000;
    private static final int CALM_S = 2;
    private static final long QUIET_MS = 15_000;
    private static final long POLL_MS = 50;
    private static final int JCMD_S = 30;
    private static final String OPEN = "fluxrig_in_flight";

    private final SoakRig rig;
    private final RackUnderTest rack;
    private final Books books;

    Soak(SoakRig rig, Books books) {
        this.rig = rig;
        this.rack = rig.rack();
        this.books = books;
    }

    /**
     * Sends so many transactions while an issuer dies and comes back.
     *
     * @return transactions a second
     */
    double trouble(long count, int issuer) throws LoadException, IOException, InterruptedException {
        LoadRun run = rack.loadRun(load(SoakMixes.trouble(), CONNECTIONS, IN_FLIGHT, "max", TIME_MAX_S));
        AtomicReference<Thread> restart = new AtomicReference<>();
        AtomicReference<Exception> failure = new AtomicReference<>();
        LoadResult result = run.run(progress -> {
            if (progress.counts().answered() >= count / 5 && restart.get() == null) {
                restart.set(restart(issuer, failure));
            }
            stopAt(run, progress, count);
        });
        books.add(result);
        if (restart.get() != null) {
            restart.get().join();
        }
        if (failure.get() != null) {
            throw new IOException("issuer not restarted: " + failure.get().getMessage(), failure.get());
        }
        return result.tps();
    }

    private Thread restart(int issuer, AtomicReference<Exception> failure) {
        Thread thread = new Thread(
                () -> {
                    try {
                        rig.restartIssuer(issuer);
                    } catch (IOException | InterruptedException e) {
                        failure.set(e);
                    }
                },
                "restart-issuer");
        thread.start();
        return thread;
    }

    private static void stopAt(LoadRun run, Progress progress, long count) {
        if (progress.counts().answered() >= count) {
            run.stop();
        }
    }

    /** Sends calm traffic until all of it is approved. */
    void recover() throws LoadException, IOException {
        for (int i = 0; i < RECOVER_TRIES; i++) {
            LoadRun run = rack.loadRun(load(SoakMixes.calm(), CONNECTIONS, IN_FLIGHT, "max", TIME_MAX_S));
            LoadResult result = run.run(progress -> stopAt(run, progress, RECOVER_COUNT));
            books.add(result);
            if (result.counts().approved() == result.counts().sent()) {
                return;
            }
        }
        throw new IOException("the rack does not approve all that it could; see bench/target/soak/rack.log");
    }

    Calm calm() throws LoadException {
        LoadResult result = rack.run(
                load(SoakMixes.calm(), CONNECTIONS, IN_FLIGHT, Integer.toString(CALM_RATE), CALM_S), progress -> {});
        books.add(result);
        return Calm.of(Percentiles.of(result.headline()));
    }

    /** Waits until nothing is open and collects garbage. */
    Footprint quiet() throws IOException, InterruptedException {
        await(() -> figure(OPEN) == 0);
        collect();
        return Footprint.of(books.answered(), rack.figures());
    }

    /** Waits until nothing is kept for retransmissions any more; up to {@link #QUIET_MS}. */
    void forget() throws InterruptedException {
        await(() -> figure("fluxrig_ticket_records") == 0);
    }

    private double figure(String name) {
        try {
            return rack.figures().sum(name);
        } catch (IOException unanswered) {
            throw new UncheckedIOException(unanswered);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void await(BooleanSupplier done) throws InterruptedException {
        long untilMs = System.currentTimeMillis() + QUIET_MS;
        while (!done.getAsBoolean() && System.currentTimeMillis() < untilMs) {
            Thread.sleep(POLL_MS);
        }
    }

    /**
     * A full collection; then what the JVM has freed outside its heap goes back to the system where the JVM can have that done, so
     * that memory which malloc only keeps for the next compilation is not taken for a leak.
     */
    private void collect() throws IOException, InterruptedException {
        if (!jcmd("GC.run")) {
            throw new IOException("jcmd could not have the rack collect garbage; is the rack still alive?");
        }
        if (!jcmd("System.trim_native_heap")) {
            System.err.println("this JVM does not give back free native memory; what it keeps counts as used");
        }
    }

    private boolean jcmd(String command) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, Long.toString(rack.process().pid()), command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(JCMD_S, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static Load load(Mix mix, int connections, int inFlight, String rate, int timeMaxS) {
        return new Load(mix, connections, inFlight, rate, timeMaxS, GRACE_S);
    }
}
