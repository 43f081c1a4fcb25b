package io.fluxrig.engine.rack.window;

import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.count.Level;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who is connected to an HTTP window, and how long each may be about it: a connection has {@value #FIRST_MS} ms from when it
 * was accepted to the end of its first request's headers, {@value #NEXT_MS} ms from an answer to the end of the next one's, and {@value #BODY_MS} ms
 * from there to the end of a body, whether its bytes come in one piece or trickle. Where all places are taken, whoever has waited longest
 * without a request makes room, or else whose body has been on its way longest.
 *
 * <p>The server's event loop only; the counts are read by any thread.
 */
public final class ApiConnections {
    /** For connections at one time. */
    public static final int PLACES = 128;

    static final long FIRST_MS = 5_000;
    static final long NEXT_MS = 30_000;
    static final long LINGER_MS = 1_000;

    /** For the whole of a body. */
    public static final long BODY_MS = 60_000;

    private final Vertx vertx;
    private final long firstMs;
    private final long nextMs;
    private final long bodyMs;
    /** The timer of each connection that has a request to send, the oldest first. */
    private final Map<HttpConnection, Long> waiting = new LinkedHashMap<>();

    /** The timer of each connection that has a request's body to send, the oldest first. */
    private final Map<HttpConnection, Long> receiving = new LinkedHashMap<>();

    private final Level connections = new Level();
    private final Counter refused = new Counter();
    private final Counter notReading = new Counter();
    private final Counter slow = new Counter();

    public ApiConnections(Vertx vertx, RackMetrics metrics) {
        this(vertx, metrics, FIRST_MS, NEXT_MS, BODY_MS);
    }

    /** @param bodyMs in place of {@link #BODY_MS}; the others likewise */
    public ApiConnections(Vertx vertx, RackMetrics metrics, long firstMs, long nextMs, long bodyMs) {
        this.vertx = vertx;
        this.firstMs = firstMs;
        this.nextMs = nextMs;
        this.bodyMs = bodyMs;
        metrics.level("http_connections", "Connections to this window.", connections::get);
        closed(metrics, "too_many", refused);
        closed(metrics, "not_reading", notReading);
        closed(metrics, "slow", slow);
    }

    private static void closed(RackMetrics metrics, String reason, Counter counter) {
        String help = "Connections to this window closed for the sake of the rack's memory and of other clients.";
        metrics.counter("http_connections_closed_total", help, counter::get, "reason", reason);
    }

    /** A connection was accepted. */
    public void admit(HttpConnection connection) {
        BrokenChunk.watch(connection);
        connections.add(1);
        connection.closeHandler(closed -> {
            connections.add(-1);
            forget(connection);
        });
        if (connections.get() > PLACES && !makeRoom()) {
            refused.increment();
            connection.close();
            return;
        }
        await(connection, waiting, firstMs, connection::close);
    }

    /** The headers of a request are there. */
    public void asked(HttpConnection connection) {
        forget(connection);
    }

    /** Whether a request's body is still to come. */
    public static boolean isUnderWay(HttpServerRequest request) {
        MultiMap headers = request.headers();
        return !request.isEnded()
                && (headers.contains(HttpHeaders.TRANSFER_ENCODING) || headers.contains(HttpHeaders.CONTENT_LENGTH));
    }

    /**
     * A request is taken, and is there once its body is.
     *
     * @param late answers it, for the last time, if that does not come in time
     */
    public void receive(HttpServerRequest request, Runnable late) {
        if (isUnderWay(request)) {
            await(request.connection(), receiving, bodyMs, late);
            request.end().onSuccess(ended -> {
                if (!request.response().ended()) {
                    forget(request.connection());
                }
            });
        }
    }

    /** A request was answered; there may be another. */
    public void answered(HttpConnection connection) {
        await(connection, waiting, nextMs, connection::close);
    }

    /** Asks on without reading what it asked for. */
    public void closeNotReading(HttpConnection connection) {
        notReading.increment();
        connection.close();
    }

    /**
     * An answer said that it is the last of its connection: closes once it is sent and what is still to come of the request has come, {@value
     * #LINGER_MS} ms later at most. What comes is dropped: a socket that is closed with bytes unread takes the answer from
     * whoever still sends.
     *
     * @param sent of the answer
     */
    public void closeAnswered(HttpServerRequest request, Future<Void> sent) {
        HttpConnection connection = request.connection();
        sent.onComplete(done -> {
            if (request.isEnded()) {
                connection.close();
                return;
            }
            long timer = vertx.setTimer(LINGER_MS, late -> connection.close());
            request.handler(dropped -> {}).endHandler(ended -> {
                vertx.cancelTimer(timer);
                connection.close();
            });
            request.resume();
        });
    }

    private void await(HttpConnection connection, Map<HttpConnection, Long> among, long ms, Runnable late) {
        forget(connection);
        among.put(connection, vertx.setTimer(ms, timer -> {
            among.remove(connection);
            slow.increment();
            late.run();
        }));
    }

    private void forget(HttpConnection connection) {
        cancel(waiting.remove(connection));
        cancel(receiving.remove(connection));
    }

    private void cancel(Long timer) {
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    /** Closes whoever has kept its place longest without a whole request; false if everybody has one under way. */
    private boolean makeRoom() {
        Iterator<HttpConnection> oldest =
                (waiting.isEmpty() ? receiving : waiting).keySet().iterator();
        if (!oldest.hasNext()) {
            return false;
        }
        HttpConnection longest = oldest.next();
        forget(longest);
        slow.increment();
        longest.close();
        return true;
    }
}
