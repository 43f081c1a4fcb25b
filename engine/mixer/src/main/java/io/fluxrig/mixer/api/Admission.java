package io.fluxrig.mixer.api;

import io.fluxrig.engine.passport.ApiTokens.ApiToken;
import io.fluxrig.mixer.desk.RateLimit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides of a request, by its head alone, whether it is refused: the rate limit of those with a token or that of all others, the token, and
 * what that is for. Looks once a second whether the file of tokens was changed. On the API's event loop; the file is read beside it.
 */
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final int REQUESTS_PER_SECOND = 100;
    private static final long LOOK_MS = 1_000;

    /** Paths that need no token. */
    private static final Set<String> OPEN = Set.of(ApiServer.ROOT, "/health", "/openapi.json", "/docs");

    /** What changes nothing, on whatever path. */
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Vertx vertx;
    private final TokenFile tokens;
    private final LongSupplier clockNs;
    private final RateLimit known = new RateLimit(REQUESTS_PER_SECOND);
    /** Of tokens for reading alone: what looks all the time must not use up what operators may do. */
    private final RateLimit readers = new RateLimit(REQUESTS_PER_SECOND);
    /** Of requests without a token: strangers must not use up what operators may ask. */
    private final RateLimit strangers = new RateLimit(REQUESTS_PER_SECOND);

    private volatile long looking;

    private final Function<String, CompletableFuture<String>> writeDown;
    /** Whose tokens they have become, which is yet to be written down; empty for nothing. On the event loop. */
    private String unwritten = "";

    /**
     * @param writeDown that the tokens are those of others now; fails where it cannot be, and is asked again
     * @param clockNs for the rate limits
     */
    Admission(
            Vertx vertx,
            TokenFile tokens,
            Function<String, CompletableFuture<String>> writeDown,
            LongSupplier clockNs) {
        this.vertx = vertx;
        this.tokens = tokens;
        this.writeDown = writeDown;
        this.clockNs = clockNs;
    }

    /** Looks at the file of tokens from now on. */
    void begin() {
        looking = vertx.setPeriodic(LOOK_MS, due -> look());
    }

    void end() {
        vertx.cancelTimer(looking);
    }

    private void look() {
        vertx.executeBlocking(tokens::look)
                .onSuccess(this::changed)
                .onFailure(broken -> LOG.error("the file of API tokens was not looked at: {}", broken.toString()));
    }

    private void changed(String now) {
        unwritten = now.isEmpty() ? unwritten : now;
        if (unwritten.isEmpty()) {
            return;
        }
        Future.fromCompletionStage(writeDown.apply(unwritten), vertx.getOrCreateContext())
                .onSuccess(written -> unwritten = unwritten.equals(written) ? "" : unwritten)
                .onFailure(later -> LOG.debug("the change of API tokens is written down later: {}", later.toString()));
    }

    /** What the request is refused with, in its response the headers that go with that; null if it may go on, as whom is known then. */
    Reply refusal(RoutingContext context) {
        ApiToken shown = tokens.in(context.request().getHeader(HttpHeaders.AUTHORIZATION));
        if (!limitOf(shown).take(clockNs.getAsLong())) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            return Reply.problem(429, "Too Many Requests", "at most " + REQUESTS_PER_SECOND + " a second");
        }
        if (!isEscapedRight(context.request().uri())) {
            return Reply.problem(400, "Bad Request", "behind a % in path and query stand two hex digits");
        }
        if (shown == null && !OPEN.contains(context.normalizedPath())) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
            return Reply.problem(
                    401,
                    "Unauthorized",
                    "send 'Authorization: Bearer TOKEN'; the mixer's first lines say where the token is");
        }
        if (shown != null
                && shown.readOnly()
                && !READING.contains(context.request().method())) {
            return Reply.problem(
                    403,
                    "Forbidden",
                    "the token of " + shown.name()
                            + " is for reading alone, and this would change something; show another");
        }
        context.put(Call.WHOSE, shown == null ? "" : shown.name());
        context.put(Call.READS, shown != null && shown.readOnly());
        return null;
    }

    private RateLimit limitOf(ApiToken shown) {
        if (shown == null) {
            return strangers;
        }
        return shown.readOnly() ? readers : known;
    }

    /** Whether the router, which throws at other ones, can decode it. */
    private static boolean isEscapedRight(String uri) {
        int at = uri.indexOf('%');
        while (at >= 0) {
            boolean right = at + 2 < uri.length() && isHex(uri.charAt(at + 1)) && isHex(uri.charAt(at + 2));
            if (!right) {
                return false;
            }
            at = uri.indexOf('%', at + 1);
        }
        return true;
    }

    private static boolean isHex(char c) {
        return c < 128 && Character.digit(c, 16) >= 0;
    }
}
