package io.fluxrig.mixer.api;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.config.Name;
import io.fluxrig.engine.fault.FailureWords;
import io.fluxrig.engine.fault.SocketReason;
import io.fluxrig.engine.rack.window.ApiConnections;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.lead.Leadership;
import io.fluxrig.mixer.registry.RegistryException;
import io.fluxrig.transport.bus.TlsFiles;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.ValidatorErrorType;
import io.vertx.openapi.validation.ValidatorException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the API. A request passes: a place for its connection, the rate limit of those with a token or that of all others, the token and what
 * it is for, the room that there is for bodies, the length of its body, the document, its operation. Errors are
 * {@code application/problem+json}. On one event loop.
 */
public final class ApiServer {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int LINE_LENGTH_MAX = 2_048;
    private static final int HEADERS_LENGTH_MAX = 8_192;
    private static final int IDLE_SECONDS = 60;
    /** For the whole of it; a connection has no place, and is not counted, before it is through. */
    static final int HANDSHAKE_SECONDS = 5;

    private static final Set<String> TLS_VERSIONS = Set.of("TLSv1.3");
    private static final List<HttpMethod> METHODS =
            List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
    /** Failures whose words name what the document calls a part of a request, and nothing of what was sent. */
    private static final Set<ValidatorErrorType> NAMING_NO_VALUE = EnumSet.of(
            ValidatorErrorType.INVALID_VALUE,
            ValidatorErrorType.MISSING_REQUIRED_PARAMETER,
            ValidatorErrorType.UNSUPPORTED_VALUE_FORMAT,
            ValidatorErrorType.ILLEGAL_VALUE);

    private static final Reply LATE = Reply.problem(
            408, "Request Timeout", "the body was not there in time (" + ApiConnections.BODY_MS / 1_000 + " s)");
    /** Whoever looks with a browser is shown the page. */
    static final String ROOT = "/";

    private final Vertx vertx;
    private final Admission admission;
    private final BodyBudget bodies;
    private final Map<String, Operation> operations;
    private final Leadership leadership;
    private final ApiConnections connections;
    /** What each path takes; before {@link #listen} nothing asks. */
    private volatile OpenAPIContract contract;

    private volatile HttpServer server;
    /** Null without TLS. */
    private volatile TlsFiles tls;

    /**
     * @param tokensChanged writes down whose tokens they are now; fails where it cannot, and is asked again
     * @param operations by the name that the document gives them
     * @param leadership says where to ask what this mixer may not decide
     * @param connections to this server and no other
     * @param clockNs for the rate limits
     */
    ApiServer(
            Vertx vertx,
            TokenFile token,
            Function<String, CompletableFuture<String>> tokensChanged,
            BodyBudget bodies,
            Map<String, Operation> operations,
            Leadership leadership,
            ApiConnections connections,
            LongSupplier clockNs) {
        this.vertx = vertx;
        this.admission = new Admission(vertx, token, tokensChanged, clockNs);
        this.bodies = bodies;
        this.operations = Map.copyOf(operations);
        this.leadership = leadership;
        this.connections = connections;
    }

    /** As {@link Api#listen}. */
    Future<Integer> listen(Address bind, TlsFiles shown, JsonObject document) {
        tls = shown;
        HttpServerOptions options = options(bind, shown);
        return OpenAPIContract.from(vertx, requestsOf(document))
                .map(this::router)
                .compose(router -> {
                    admission.begin();
                    server = vertx.createHttpServer(options)
                            .connectionHandler(connections::admit)
                            .invalidRequestHandler(request -> UnreadableRequest.refuse(request, connections))
                            .requestHandler(router);
                    return server.listen().recover(cause -> Future.failedFuture(unable(bind, cause)));
                })
                .map(HttpServer::actualPort);
    }

    /** @param shown null without TLS */
    static HttpServerOptions options(Address bind, TlsFiles shown) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(bind.host().isEmpty() ? "0.0.0.0" : bind.host())
                .setPort(bind.port())
                .setMaxInitialLineLength(LINE_LENGTH_MAX)
                .setMaxHeaderSize(HEADERS_LENGTH_MAX)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS);
        if (shown != null) {
            options.setSsl(true)
                    .setUseAlpn(false)
                    .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                    .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                    .setKeyCertOptions(keys(shown))
                    .setEnabledSecureTransportProtocols(TLS_VERSIONS);
        }
        return options;
    }

    /** Connections from now on are shown the certificate as its files are now. */
    void certificateRenewed() {
        if (tls != null && server != null) {
            // forced: the files have the same names as before
            SSLOptions options = new SSLOptions()
                    .setKeyCertOptions(keys(tls))
                    .setEnabledSecureTransportProtocols(TLS_VERSIONS)
                    .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                    .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
            server.updateSSLOptions(options, true)
                    .onFailure(failed -> LOG.error("the API shows its certificate of before: {}", failed.getMessage()));
        }
    }

    private static PemKeyCertOptions keys(TlsFiles shown) {
        return new PemKeyCertOptions()
                .setCertPath(shown.certificate().toString())
                .setKeyPath(shown.key().toString());
    }

    /** The document without its answers, some of which are of types that the router does not know; it checks none. */
    private static JsonObject requestsOf(JsonObject document) {
        JsonObject requests = document.copy();
        requests.getJsonObject("components").remove("responses");
        requests.getJsonObject("paths")
                .forEach(path -> ((JsonObject) path.getValue())
                        .forEach(method -> ((JsonObject) method.getValue())
                                .put(
                                        "responses",
                                        new JsonObject()
                                                .put(
                                                        "default",
                                                        new JsonObject().put("description", "see the document")))));
        return requests;
    }

    private static IllegalStateException unable(Address bind, Throwable cause) {
        return new IllegalStateException(
                "api.bind: cannot listen on " + bind + ": " + SocketReason.of(cause) + "; "
                        + SocketReason.listenFix(cause, "api.bind (FLUXRIG_API_BIND)"),
                cause);
    }

    Future<Void> close() {
        admission.end();
        return server == null ? Future.succeededFuture() : server.close();
    }

    private Router router(OpenAPIContract document) {
        contract = document;
        RouterBuilder builder = RouterBuilder.create(vertx, contract, new AskedParts());
        builder.rootHandler(BodyHandler.create(false).setBodyLimit(bodies.lengthMax()));
        contract.operations().forEach(declared -> {
            Operation operation = operations.get(declared.getOperationId());
            if (operation == null) {
                throw new IllegalStateException("nothing does what the document calls " + declared.getOperationId());
            }
            builder.getRoute(declared.getOperationId()).addHandler(context -> run(operation, context));
        });
        // guarded ahead of the bodies, which the built router takes in first
        Router router = Router.router(vertx);
        router.route().handler(this::guard);
        router.get(ROOT).handler(context -> context.redirect("/docs"));
        router.route().subRouter(builder.createRouter());
        router.route().failureHandler(this::failed);
        for (int status : List.of(400, 404, 405, 413, 415, 500)) {
            router.errorHandler(status, this::failed);
        }
        return router;
    }

    private void guard(RoutingContext context) {
        if (context.response().writeQueueFull()) {
            connections.closeNotReading(context.request().connection());
            return;
        }
        connections.asked(context.request().connection());
        context.response()
                .endHandler(ended -> {
                    BodyBudget.answered(context);
                    connections.answered(context.request().connection());
                })
                .closeHandler(closed -> BodyBudget.answered(context));
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Reply refusal = admission.refusal(context);
        if (refusal == null) {
            refusal = bodies.refusal(context, !context.get(Call.WHOSE, "").isEmpty());
        }
        if (refusal == null) {
            connections.receive(context.request(), () -> refuse(context, LATE));
            context.next();
        } else {
            refuse(context, refusal);
        }
    }

    /** What of its body is still to come is dropped, and the connection closed. */
    private void refuse(RoutingContext context, Reply reply) {
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        connections.closeAnswered(context.request(), send(context, reply));
    }

    private void run(Operation operation, RoutingContext context) {
        // who answers does so on a thread of its own; from there any event loop might be taken
        Context own = context.vertx().getOrCreateContext();
        CompletableFuture<Reply> answer = operation.answer(Call.of(context));
        BodyBudget.begun(context);
        answer.exceptionally(failure -> reply(failure, context))
                .thenAccept(reply -> own.runOnContext(now -> {
                    BodyBudget.done(context);
                    send(context, reply);
                }))
                .exceptionally(unsent -> {
                    own.runOnContext(now -> BodyBudget.done(context));
                    LOG.error("an answer was not sent: {}", FailureWords.of(unsent), unsent);
                    return null;
                });
    }

    private void failed(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof ValidatorException || failure instanceof DecodeException) {
            send(context, Reply.problem(400, "Bad Request", invalid(failure)));
            return;
        }
        if (failure != null && ApiConnections.isUnderWay(context.request())) {
            LOG.debug("a body did not come whole: {}", failure.toString());
            if (context.response().headWritten()) {
                return; // told already that it is late
            }
            refuse(context, Reply.problem(400, "Bad Request", "the body is broken, or does not end"));
            return;
        }
        switch (context.statusCode()) {
            case 400 -> refuse(context, Reply.problem(400, "Bad Request", "this is no HTTP that is understood here"));
            case 404 -> send(context, Reply.problem(404, "Not Found", "there is no such path; /docs has all of them"));
            case 405 -> {
                String allowed = allowed(context.normalizedPath());
                context.response().putHeader(HttpHeaders.ALLOW, allowed);
                send(context, Reply.problem(405, "Method Not Allowed", "this path takes " + allowed));
            }
            case 413 ->
                refuse(
                        context,
                        Reply.problem(
                                413,
                                "Content Too Large",
                                "a body is at most " + bodies.lengthMax() + " bytes (api.body_max)"));
            default ->
                send(
                        context,
                        reply(failure == null ? new IllegalStateException("status " + context.statusCode()) : failure));
        }
    }

    private String allowed(String path) {
        return METHODS.stream()
                .filter(method -> contract.findOperation(path, method) != null)
                .map(HttpMethod::name)
                .collect(Collectors.joining(", "));
    }

    /** What was wrong, without what was sent. */
    private static String invalid(Throwable failure) {
        boolean said = failure instanceof ValidatorException validator && NAMING_NO_VALUE.contains(validator.type());
        String what = said ? String.valueOf(failure.getMessage()) : "the request does not fit the document";
        boolean ofName =
                what.contains("parameter rack ") || what.contains("parameter scenario ") || what.contains("#/rack");
        return what.replaceAll("[^\\x20-\\x7e]", "?") + (ofName ? "; in names " + Name.FIX : "")
                + "; /docs has what each operation takes";
    }

    private Reply reply(Throwable failure, RoutingContext context) {
        return cause(failure) instanceof Desk.Closed ? referral(context) : reply(failure);
    }

    /** Where to ask again, with the same method and body. */
    private Reply referral(RoutingContext context) {
        String url = leadership.leaderUrl();
        String who = leadership.leader();
        if (url.isEmpty() && !who.isEmpty()) {
            return Reply.elsewhere(
                    who,
                    "this mixer stands by; " + who
                            + " leads, and its API is for its own machine only: ask there, or set"
                            + " api.advertise or api.bind of that mixer to an address that others reach");
        }
        if (url.isEmpty()) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            return Reply.problem(503, "Service Unavailable", "no mixer leads at the moment: ask again in some seconds");
        }
        HttpServerRequest request = context.request();
        String query = request.query() == null ? "" : "?" + request.query();
        context.response().putHeader(HttpHeaders.LOCATION, url + request.path() + query);
        return Reply.problem(
                307, "Temporary Redirect", "this mixer stands by; the one that leads has its API at " + url);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** What is told of a failure. */
    static Reply reply(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof RefusedException refused) {
            if (refused.invalid()) {
                return Reply.problem(400, "Bad Request", refused.getMessage());
            }
            return refused.missing()
                    ? Reply.problem(404, "Not Found", refused.getMessage())
                    : Reply.problem(409, "Conflict", refused.getMessage());
        }
        if (cause instanceof Desk.Busy || cause instanceof RegistryException) {
            return Reply.problem(503, "Service Unavailable", cause.getMessage());
        }
        if (cause instanceof TimeoutException) {
            return Reply.problem(
                    503,
                    "Service Unavailable",
                    "the mixer has not come to it in time: its registry hangs, or it has too much to do; what was asked is not done,"
                            + " unless it had begun: look before you ask again");
        }
        LOG.error("a request failed: {}", FailureWords.of(cause), cause);
        return Reply.problem(500, "Internal Server Error", "the mixer's log says more");
    }

    /** The end of its sending; at once if there is nothing to send. */
    private static Future<Void> send(RoutingContext context, Reply reply) {
        if (reply.isBegun() || context.response().ended() || context.response().closed()) {
            return Future.succeededFuture();
        }
        return context.response()
                .setStatusCode(reply.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, reply.type())
                .end(reply.body());
    }
}
