package io.fluxrig.mixer.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * How many bytes of bodies all requests may have in memory at a time, decided by a request's head, before its body is read. A body counts
 * with the length that it says, or with the longest that there may be, from there until its request is answered and what was asked is
 * done. What a body is made into takes some three times as much again. On the API's event loop.
 */
final class BodyBudget {
    /** Under which a request has its {@link Share}. */
    private static final String SHARE = "fluxrig.share";

    private static final int HEAP_SHARES = 8;

    private static final Reply FULL = Reply.problem(
            503,
            "Service Unavailable",
            "the bodies of other requests take all the memory that there is for bodies; nothing of this one was read: ask again in a"
                    + " second");

    private static final Reply NONE_TAKEN =
            Reply.problem(400, "Bad Request", "no body is taken with GET and HEAD, nor from whoever shows no token");

    private final long lengthMax;
    private long left;

    /**
     * @param lengthMax of one body; a longer one is refused elsewhere
     * @param total of all; one body has room in any case
     */
    BodyBudget(long lengthMax, long total) {
        this.lengthMax = lengthMax;
        this.left = Math.max(lengthMax, total);
    }

    long lengthMax() {
        return lengthMax;
    }

    /** An eighth of what the JVM's heap may grow to. */
    static BodyBudget ofTheHeap(long lengthMax) {
        return new BodyBudget(lengthMax, Runtime.getRuntime().maxMemory() / HEAP_SHARES);
    }

    /**
     * What a request is refused with, in its response the headers that go with that; null if it may go on.
     *
     * @param known whether it shows a token: without one no body is ever needed
     */
    Reply refusal(RoutingContext context, boolean known) {
        long length = length(context.request());
        if (length == 0 || length > lengthMax) {
            return null;
        }
        HttpMethod method = context.request().method();
        if (!known || method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            return NONE_TAKEN;
        }
        if (length > left) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            return FULL;
        }
        left -= length;
        context.put(SHARE, new Share(length));
        return null;
    }

    /** What of it was asked for is begun: its share is kept until {@link #done}, also where nobody waits for it any more. */
    static void begun(RoutingContext context) {
        Share share = context.get(SHARE);
        if (share != null) {
            share.working = true;
        }
    }

    /** What was asked for is done. */
    static void done(RoutingContext context) {
        Share share = context.get(SHARE);
        if (share != null) {
            share.working = false;
            share.giveBack();
        }
    }

    /** It was answered, or its connection has ended. */
    static void answered(RoutingContext context) {
        Share share = context.get(SHARE);
        if (share != null) {
            share.answered = true;
            share.giveBack();
        }
    }

    /** Zero without a body. */
    private long length(HttpServerRequest request) {
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            return lengthMax;
        }
        String said = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return said == null ? 0 : Long.parseLong(said.strip());
    }

    /** Of one request; given back once. */
    private final class Share {
        private final long length;
        private boolean answered;
        private boolean working;
        private boolean given;

        Share(long length) {
            this.length = length;
        }

        void giveBack() {
            if (answered && !working && !given) {
                given = true;
                left += length;
            }
        }
    }
}
