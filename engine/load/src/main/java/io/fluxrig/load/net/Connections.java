package io.fluxrig.load.net;

import io.fluxrig.engine.fault.SocketReason;
import io.fluxrig.load.tally.Tally;
import io.fluxrig.perf.count.Level;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * One loop's connections: opens them, signs them on and knows which are up, until they are closed or lost. Made on any
 * thread; every method but those that say otherwise is called on the event loop's.
 */
final class Connections {
    /** Connections opened before the loop looks whether it is to end. */
    private static final int CONNECT_BATCH = 64;

    private final EventLoop eventLoop;
    private final Tally tally;
    private final Consumer<LoadConnection> signOn;
    private final List<LoadConnection> all = new ArrayList<>();
    private final List<LoadConnection> allAsTheyCome = Collections.unmodifiableList(all);
    private final CompletableFuture<Void> allReady = new CompletableFuture<>();
    private final Level live = new Level();
    private int connecting;

    /**
     * @param tally counts what is lost
     * @param signOn adds a sign-on to what a connection writes; null for none
     */
    Connections(EventLoop eventLoop, Tally tally, Consumer<LoadConnection> signOn) {
        this.eventLoop = eventLoop;
        this.tally = tally;
        this.signOn = signOn;
    }

    /** All that were opened, as they come, lost ones too; one view that may be had on any thread and read on the loop's. */
    List<LoadConnection> all() {
        return allAsTheyCome;
    }

    /**
     * Opens connections; any thread, once.
     *
     * @param numbers their numbers in the run
     * @param opener begins to connect one and hands it on; called on the event loop's thread
     * @return done when all are connected and signed on (at once if there are none), failed with the first failure, cancelled
     *     by {@link #close}
     */
    CompletableFuture<Void> open(List<Integer> numbers, IntFunction<LoadConnection> opener) {
        if (numbers.isEmpty()) {
            allReady.complete(null);
        } else {
            eventLoop.execute(() -> {
                connecting = numbers.size();
                open(numbers, 0, opener);
            });
        }
        return allReady;
    }

    /** In batches, so that a run which is given up meanwhile ends. */
    private void open(List<Integer> numbers, int from, IntFunction<LoadConnection> opener) {
        int to = Math.min(numbers.size(), from + CONNECT_BATCH);
        for (int i = from; i < to && !allReady.isDone(); i++) {
            all.add(opener.apply(numbers.get(i)));
        }
        if (to < numbers.size() && !allReady.isDone()) {
            eventLoop.execute(() -> open(numbers, to, opener));
        }
    }

    /** Connections that are up and signed on; any thread. None comes back once it is lost. */
    long live() {
        return live.get();
    }

    /** TCP is there, and TLS if there is any: the sign-on comes next. */
    void connected(LoadConnection connection) {
        if (signOn == null) {
            established(connection);
        } else {
            signOn.accept(connection);
            connection.flush();
        }
    }

    /** Up, and signed on if that is wanted: it has room from now on. */
    void established(LoadConnection connection) {
        connection.ready();
        live.add(1);
        if (--connecting == 0) {
            allReady.complete(null);
        }
    }

    /** Fails {@link #open} if it is not done yet. */
    void failed(Throwable cause) {
        allReady.completeExceptionally(
                cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause);
    }

    /** A connection broke: it is lost next. */
    void broken(Throwable cause) {
        failed(cause);
        tally.broken(SocketReason.of(cause));
    }

    /** One connection less that was ready, lost or closed on purpose. */
    void gone() {
        live.add(-1);
    }

    /**
     * A connection was lost, not closed on purpose.
     *
     * @param inFlight requests that were open on it, which nobody can answer any more
     */
    void lost(boolean wasReady, int inFlight) {
        if (wasReady) {
            tally.disconnects.increment();
            tally.cutOff.add(inFlight);
        } else {
            failed(new IOException("closed by the other side before it was signed on"));
        }
    }

    /**
     * Opens no more and closes those that are there, on purpose.
     *
     * @return done when all have closed and nothing is left in their streams
     */
    CompletableFuture<Void> close() {
        allReady.cancel(false);
        all.forEach(LoadConnection::close);
        return CompletableFuture.allOf(all.stream().map(LoadConnection::ended).toArray(CompletableFuture[]::new));
    }
}
