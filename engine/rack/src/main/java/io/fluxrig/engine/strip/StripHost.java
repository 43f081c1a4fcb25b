package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.StripSockets;
import io.fluxrig.perf.clock.Clock;

/** What a strip needs of the thread it lives on: an event loop in a rack, a scheduler of virtual time in the simulation. */
public interface StripHost {

    Clock clock();

    /** Runs the task on the strip's thread soon, after what is running. Any thread. */
    void execute(Runnable task);

    /**
     * Runs the task on the strip's thread once the events at hand have been handled and before the thread waits for more.
     * Strip thread only.
     */
    void afterBatch(Runnable task);

    /** Whether the caller is on the strip's thread. */
    boolean onStrip();

    /** Sockets for I/O gears, null where there are none. */
    StripSockets sockets();
}
