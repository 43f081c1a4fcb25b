package io.fluxrig.bench.engine;

import io.fluxrig.engine.gear.StripSockets;
import io.fluxrig.engine.strip.StripHost;
import io.fluxrig.perf.clock.Clock;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The event loop of a strip that turns when it is told to. Tasks come from any thread; everything else is of the thread that
 * turns it.
 */
public final class TurnedHost implements StripHost {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Clock clock;
    private Runnable batchEnd;

    public TurnedHost(Clock clock) {
        this.clock = clock;
    }

    /** Runs the tasks at hand and ends their batch; whether there were any. */
    public boolean turn() {
        boolean any = false;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
            any = true;
        }
        if (batchEnd != null) {
            Runnable end = batchEnd;
            batchEnd = null;
            end.run();
        }
        return any;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void afterBatch(Runnable task) {
        batchEnd = task;
    }

    @Override
    public boolean onStrip() {
        return true;
    }

    /** None: gears with sockets cannot run here. */
    @Override
    public StripSockets sockets() {
        return null;
    }
}
