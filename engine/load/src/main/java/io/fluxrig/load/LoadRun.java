package io.fluxrig.load;

import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.iso.frame.FrameEncoder;
import io.fluxrig.load.mix.Deck;
import io.fluxrig.load.mix.MixException;
import io.fluxrig.load.mix.Stamp;
import io.fluxrig.load.mix.StencilCutter;
import io.fluxrig.load.net.LoadLoop;
import io.fluxrig.load.net.LoadSockets;
import io.fluxrig.load.net.SignOn;
import io.fluxrig.load.tally.OpenTable;
import io.fluxrig.load.tally.Tally;
import io.fluxrig.perf.clock.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of a plan, from connecting to the result. {@link #run} blocks its caller, which becomes the sampler; any other
 * thread may {@link #stop}. To be used once.
 */
public final class LoadRun {
    private static final long SAMPLE_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final int FRAME_MAX = 32 * 1024;

    private final LoadPlan plan;
    private final Clock clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private boolean interrupted;

    public LoadRun(LoadPlan plan, Clock clock) {
        this.plan = plan;
        this.clock = clock;
    }

    /** Ends sending early; answers are still waited for. Any thread, any number of times. */
    public void stop() {
        stop.countDown();
    }

    /**
     * Does it all.
     *
     * @param view shown the progress about four times a second, on this thread
     * @throws LoadException if it could not begin: no connection, a mix that the spec cannot write, a bad file
     */
    public LoadResult run(Consumer<Progress> view) throws LoadException {
        try (LoadSockets sockets = new LoadSockets(plan)) {
            List<LoadLoop> loops = loops(sockets);
            try (Sampler sampler = new Sampler(loops, clock, plan.histogramLog())) {
                new Connecting(plan, loops).run(() -> view.accept(sampler.progress(Progress.Phase.CONNECTING, 0)));
                sockets.askForShortSlices();
                return drive(loops, sampler, sockets.transport(), view);
            } catch (IOException e) {
                throw new LoadException(
                        "cannot write " + plan.histogramLog() + ": " + FileReason.of(e) + "; choose another --hlog", e);
            } finally {
                closeAll(loops);
            }
        }
    }

    private List<LoadLoop> loops(LoadSockets sockets) throws LoadException {
        int shares = plan.wire().threads();
        long rrnBase = TimeUnit.NANOSECONDS.toSeconds(clock.epochNanos()) % 100_000 * 10_000_000L;
        FrameEncoder encoder = new FrameEncoder(plan.wire().framing());
        StencilCutter cutter = new StencilCutter(plan.wire().spec(), body -> frame(encoder, body));
        List<LoadLoop> loops = new ArrayList<>();
        try {
            for (int share = 0; share < shares; share++) {
                LoadLoop.Parts parts = new LoadLoop.Parts(
                        clock,
                        Deck.of(plan.mix(), cutter),
                        plan.signOn() == null ? null : new SignOn(cutter.cut(plan.signOn())),
                        plan.rate().closedLoop() ? null : plan.rate().pace(share, shares, plan.seed()),
                        new Stamp(plan.seed() + share),
                        new Tally(plan.timeoutCodes()),
                        new OpenTable(share, shares, plan.seed()));
                loops.add(new LoadLoop(sockets.nextLoop(), plan, sockets, parts, rrnBase + share * 1_000_000_000L));
            }
        } catch (MixException e) {
            throw new LoadException("mix " + plan.mix().name() + ": " + e.getMessage(), e);
        }
        return loops;
    }

    private static byte[] frame(FrameEncoder encoder, byte[] body) {
        byte[] frame = new byte[FRAME_MAX];
        int length = encoder.encode(body, 0, body.length, frame, 0);
        if (length < 0) {
            throw new IllegalStateException("message of " + body.length + " bytes does not fit the framing");
        }
        return Arrays.copyOf(frame, length);
    }

    private LoadResult drive(List<LoadLoop> loops, Sampler sampler, String transport, Consumer<Progress> view) {
        long startNs = clock.nanoTime();
        sampler.begin(startNs);
        loops.forEach(loop -> loop.start(startNs));
        long endNs = startNs + plan.durationNs();
        boolean connected = true;
        while (clock.nanoTime() < endNs && connected && !sleepOrStop(endNs)) {
            long nowNs = clock.nanoTime();
            sampler.sample(nowNs, false);
            view.accept(sampler.progress(phase(nowNs - startNs), nowNs));
            connected = anyLive(loops);
        }
        loops.forEach(loop -> loop.stopSending().join());
        long sendingNs = clock.nanoTime() - startNs;
        awaitAnswers(loops, sampler, view);
        long nowNs = clock.nanoTime();
        boolean whole = connected && (open(loops) == 0 || anyLive(loops));
        settle(sampler, view);
        closeAll(loops);
        sampler.sample(nowNs, true);
        view.accept(sampler.last(nowNs, sendingNs));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return sampler.result(plan, transport, sendingNs, nowNs - startNs, ending(whole));
    }

    private LoadResult.Ending ending(boolean connected) {
        if (!connected) {
            return LoadResult.Ending.DISCONNECTED;
        }
        return stop.getCount() == 0 ? LoadResult.Ending.STOPPED : LoadResult.Ending.WHOLE;
    }

    /** Whether a connection is left; one that is lost does not come back. */
    private static boolean anyLive(List<LoadLoop> loops) {
        return loops.stream().anyMatch(loop -> loop.live() > 0);
    }

    private Progress.Phase phase(long elapsedNs) {
        return elapsedNs < plan.warmupNs() ? Progress.Phase.WARMING_UP : Progress.Phase.SENDING;
    }

    private void awaitAnswers(List<LoadLoop> loops, Sampler sampler, Consumer<Progress> view) {
        long untilNs = clock.nanoTime() + plan.graceNs();
        while (open(loops) > 0 && anyLive(loops) && clock.nanoTime() < untilNs && !interrupted) {
            pause(LOOK_NS);
            long nowNs = clock.nanoTime();
            sampler.sample(nowNs, false);
            view.accept(sampler.progress(Progress.Phase.AWAITING_ANSWERS, nowNs));
        }
    }

    /** Watches for second answers; what they are is counted as they come. */
    private void settle(Sampler sampler, Consumer<Progress> view) {
        long untilNs = clock.nanoTime() + plan.settleNs();
        while (clock.nanoTime() < untilNs && !interrupted) {
            pause(Math.min(LOOK_NS, plan.settleNs()));
            view.accept(sampler.progress(Progress.Phase.AWAITING_ANSWERS, clock.nanoTime()));
        }
    }

    private static long open(List<LoadLoop> loops) {
        return loops.stream().mapToLong(loop -> loop.table().open()).sum();
    }

    /** @return whether the run was asked to stop */
    private boolean sleepOrStop(long endNs) {
        try {
            return stop.await(Math.min(SAMPLE_NS, Math.max(1, endNs - clock.nanoTime())), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return true;
        }
    }

    private void pause(long ns) {
        try {
            TimeUnit.NANOSECONDS.sleep(ns);
        } catch (InterruptedException e) {
            interrupted = true;
        }
    }

    private static void closeAll(List<LoadLoop> loops) {
        CompletableFuture.allOf(loops.stream().map(LoadLoop::close).toArray(CompletableFuture[]::new))
                .join();
    }
}
