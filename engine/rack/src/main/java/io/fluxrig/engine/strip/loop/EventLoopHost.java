package io.fluxrig.engine.strip.loop;

import io.fluxrig.engine.gear.StripSockets;
import io.fluxrig.engine.strip.StripHost;
import io.fluxrig.perf.clock.Clock;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A strip's thread in a rack: a Netty event loop.
 *
 * <p>A batch is one turn of the loop. Netty runs "tail tasks" after the I/O events and the tasks of a turn, on epoll and NIO
 * alike, and does not sleep while one waits; so everything that one wake-up of the selector brought ends in one batch end. A
 * loop that has no tail tasks gets an ordinary task, which ends the batch a little sooner or later but once as well.
 */
final class EventLoopHost implements StripHost {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoopHost.class);

    private final EventLoop eventLoop;
    private final SingleThreadEventLoop withTails;
    private final Clock clock;
    private final EventLoopSockets sockets;

    EventLoopHost(EventLoop eventLoop, Clock clock, int windowBytes) {
        this.eventLoop = eventLoop;
        this.withTails = eventLoop instanceof SingleThreadEventLoop loop ? loop : null;
        this.clock = clock;
        this.sockets = new EventLoopSockets(eventLoop, windowBytes);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    /** After the loop has shut down there is nobody to run the task, and nothing left for it to do. */
    @Override
    public void execute(Runnable task) {
        try {
            eventLoop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug(
                    "event loop has shut down, task left out: {}", e.getClass().getName());
        }
    }

    @Override
    public void afterBatch(Runnable task) {
        if (withTails == null) {
            execute(task);
        } else {
            withTails.executeAfterEventLoopIteration(task);
        }
    }

    @Override
    public boolean onStrip() {
        return eventLoop.inEventLoop();
    }

    @Override
    public StripSockets sockets() {
        return sockets;
    }
}
