package io.fluxrig.engine.strip.loop;

import io.fluxrig.engine.strip.FaultLog;
import io.fluxrig.engine.strip.Strip;
import io.fluxrig.engine.strip.StripBank;
import io.fluxrig.perf.clock.Clock;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A strip on a real event loop: that of the verticle's context, which belongs to no other strip if Vert.x has at least as many
 * event loops as the rack has strips. Deploying builds the gears and starts none; {@link #call} then runs what the supervisor
 * wants on the strip's thread; undeploying stops every gear.
 */
public final class StripVerticle extends AbstractVerticle {
    private static final Logger LOG = LoggerFactory.getLogger(StripVerticle.class);

    private final StripBank bank;
    private final int number;
    private final Clock clock;
    private EventLoop eventLoop;
    private Strip strip;
    private ScheduledFuture<?> ticks;

    public StripVerticle(StripBank bank, int number, Clock clock) {
        this.bank = bank;
        this.number = number;
        this.clock = clock;
    }

    /** Something to do with a strip on its own thread. */
    @FunctionalInterface
    public interface StripCall<T> {
        T on(Strip strip) throws Exception;
    }

    @Override
    public void start(Promise<Void> started) throws Exception {
        eventLoop = ((ContextInternal) context).nettyEventLoop();
        EventLoopHost host = new EventLoopHost(eventLoop, clock, bank.settings().windowBytes());
        strip = bank.open(number, host);
        try {
            strip.build();
        } catch (Exception | Error e) {
            strip.stop();
            throw e;
        }
        long tickNs = bank.settings().tickNs();
        ticks = eventLoop.scheduleAtFixedRate(this::tick, tickNs, tickNs, TimeUnit.NANOSECONDS);
        started.complete();
    }

    @Override
    public void stop(Promise<Void> stopped) {
        ticks.cancel(false);
        strip.stop();
        stopped.complete();
    }

    /** Runs the call on the strip's thread; the future completes there, and fails with what the call throws, errors included. */
    public <T> Future<T> call(StripCall<T> call) {
        Promise<T> promise = Promise.promise();
        try {
            eventLoop.execute(() -> answer(call, promise));
        } catch (RejectedExecutionException e) {
            promise.fail(e);
        }
        return promise.future();
    }

    private <T> void answer(StripCall<T> call, Promise<T> promise) {
        T given;
        try {
            given = call.on(strip);
        } catch (Exception | Error e) { // whoever waits would wait for ever
            promise.fail(e);
            return;
        }
        promise.complete(given);
    }

    /** An error must not end the ticks, or no deadline of the strip would ever pass again. */
    private void tick() {
        try {
            strip.onTick();
        } catch (Error | RuntimeException e) {
            LOG.error("strip {}: tick failed: {}", number, FaultLog.describe(e));
        }
    }
}
