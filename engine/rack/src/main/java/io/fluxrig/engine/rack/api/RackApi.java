package io.fluxrig.engine.rack.api;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.fault.SocketReason;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.net.PortOwner;
import io.fluxrig.engine.rack.RackState;
import io.fluxrig.engine.rack.RackSupervisor;
import io.fluxrig.engine.rack.window.ApiConnections;
import io.fluxrig.engine.rack.wire.FleetLinks;
import io.fluxrig.engine.rack.wire.StoppedWire;
import io.fluxrig.engine.rack.wire.StrandedWire;
import io.fluxrig.engine.strip.GearStatus;
import io.fluxrig.perf.clock.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rack's HTTP window for operators: {@code /metrics}, {@code /health}, {@code /status}. Read only: other methods and
 * requests with a body are refused. Errors are {@code application/problem+json} (RFC 9457). Runs on an event loop of its own,
 * never on a strip's.
 *
 * <p>What clients can make it hold is bounded: {@link ApiConnections} keeps places and times, and one that sends further requests
 * while it does not read its answers is closed, so that nobody fills the memory that the strips live on.
 *
 * <p>{@code /health} is 200 while the rack runs, with the gears that fail, the destinations that are down, the wires that take
 * nothing, the journals whose messages no wire leads to, what is away of other racks and a passport that ends soon named, and 503 with the reason otherwise. It stays
 * 200 where every destination is down: such a rack still declines, one that a load balancer leaves answers nobody. So it does on a full
 * disk, where all that no disk has to do with is switched on. Of a rack that a mixer leads it tells since when that one is away, which changes nothing
 * about what is switched.
 */
public final class RackApi {
    private static final Logger LOG = LoggerFactory.getLogger(RackApi.class);
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final String JSON = "application/json";
    private static final String DOWN = "down";
    private static final int LINE_LENGTH_MAX = 2_048;
    private static final int HEADERS_LENGTH_MAX = 8_192;
    private static final int IDLE_SECONDS = 30;
    private static final long TICK_MS = 1_000;
    /** Also to a command that takes this for its mixer. */
    private static final String ELSEWHERE =
            "this is a rack, and has /metrics, /health and /status; the API of a fleet is the mixer's (--api, FLUXRIG_API_URL)";

    private final Vertx vertx;
    private final RackSupervisor supervisor;
    private final RackMetrics metrics;
    /** Null where none leads this rack. */
    private volatile RackMixer mixer;

    private HttpServer server;
    private long ticks = -1;
    private final ApiConnections connections;
    private final AnswerFaults faults;

    public RackApi(Vertx vertx, RackSupervisor supervisor, RackMetrics metrics) {
        this(vertx, supervisor, metrics, Clock.system());
    }

    RackApi(Vertx vertx, RackSupervisor supervisor, RackMetrics metrics, Clock clock) {
        faults = new AnswerFaults(LOG, clock);
        this.vertx = vertx;
        this.supervisor = supervisor;
        this.metrics = metrics;
        connections = new ApiConnections(vertx, metrics);
    }

    /** A mixer sends what the rack runs. */
    public void led(RackMixer by) {
        mixer = by;
    }

    private JsonObject status() {
        RackMixer leading = mixer;
        JsonObject status = RackStatus.of(supervisor, metrics).put("led", leading != null);
        return leading == null ? status : leading.into(status);
    }

    /** Listens; the future fails with one clear line if the address is taken. */
    public Future<Integer> listen(Address bind) {
        Router router = Router.router(vertx);
        router.route().handler(this::guard);
        router.get("/metrics").handler(context -> send(context, 200, RackMetrics.CONTENT_TYPE, metrics.prometheus()));
        router.get("/health").handler(this::health);
        router.get("/status").handler(context -> send(context, 200, JSON, status().encodePrettily()));
        router.route().handler(context -> problem(context, 404, "Not Found", ELSEWHERE));
        router.errorHandler(500, context -> {
            faults.failed(context.failure());
            problem(context, 500, "Internal Server Error", "the rack's log says more");
        });
        HttpServerOptions options = new HttpServerOptions()
                .setHost(bind.host().isEmpty() ? "0.0.0.0" : bind.host())
                .setPort(bind.port())
                .setMaxInitialLineLength(LINE_LENGTH_MAX)
                .setMaxHeaderSize(HEADERS_LENGTH_MAX)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS);
        server = vertx.createHttpServer(options)
                .connectionHandler(connections::admit)
                .requestHandler(router);
        return server.listen()
                .map(listening -> {
                    askOnce();
                    ticks = vertx.setPeriodic(TICK_MS, timer -> metrics.tick());
                    return listening.actualPort();
                })
                .recover(cause -> Future.failedFuture(new IllegalStateException(
                        "telemetry.bind: cannot listen on " + bind + ": " + SocketReason.of(cause)
                                + PortOwner.of(bind.port()) + "; "
                                + SocketReason.listenFix(cause, "telemetry.bind (FLUXRIG_TELEMETRY_BIND)"),
                        cause)));
    }

    /** Has loaded what answers need: where no file descriptor is free when the first one asks, no class can be. */
    private void askOnce() {
        try {
            metrics.prometheus();
            health().encode();
            status().encodePrettily();
        } catch (RuntimeException | LinkageError e) {
            faults.failed(e);
        }
    }

    public Future<Void> close() {
        if (ticks >= 0) {
            vertx.cancelTimer(ticks);
        }
        return server == null ? Future.succeededFuture() : server.close();
    }

    private void guard(RoutingContext context) {
        HttpConnection connection = context.request().connection();
        if (context.response().writeQueueFull()) {
            connections.closeNotReading(connection);
            return;
        }
        connections.asked(connection);
        context.response().endHandler(ended -> connections.answered(connection));
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (!HttpMethod.GET.equals(context.request().method())) {
            context.response().putHeader(HttpHeaders.ALLOW, "GET");
            problem(context, 405, "Method Not Allowed", "this address is read only: use GET");
        } else if (hasBody(context.request())) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            connections.closeAnswered(
                    context.request(), problem(context, 413, "Content Too Large", "a request here has no body"));
        } else {
            context.next();
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null || length != null && !length.equals("0");
    }

    private void health(RoutingContext context) {
        JsonObject health = health();
        send(context, health.getString("status").equals(DOWN) ? 503 : 200, JSON, health.encode());
    }

    private JsonObject health() {
        RackState state = supervisor.state();
        JsonArray failing = new JsonArray();
        supervisor.bank().status().stream()
                .filter(GearStatus::failing)
                .map(GearStatus::name)
                .distinct()
                .forEach(failing::add);
        List<DestinationState> destinations = DestinationState.all(supervisor, metrics.snapshot());
        JsonArray down = new JsonArray();
        destinations.stream()
                .filter(DestinationState::down)
                .forEach(destination -> down.add(new JsonObject()
                        .put("gear", destination.gear())
                        .put("destination", destination.port())
                        .put("because", destination.downBecause())));
        boolean running = state == RackState.RUNNING;
        List<StoppedWire> stopped = supervisor.stoppedWires();
        JsonArray wires = new JsonArray();
        stopped.forEach(wire -> wires.add(wire.json()));
        List<StrandedWire> stranded = supervisor.strandedWires();
        JsonArray waiting = new JsonArray();
        stranded.forEach(wire -> waiting.add(wire.json()));
        String warning = supervisor.warning();
        FleetLinks links = supervisor.fleetLinks();
        boolean whole = failing.isEmpty()
                && down.isEmpty()
                && stopped.isEmpty()
                && stranded.isEmpty()
                && links.whole()
                && warning.isEmpty();
        JsonObject health = new JsonObject()
                .put("status", !running ? DOWN : whole ? "up" : "degraded")
                .put("state", state.word())
                .put("reason", running ? reason(destinations, stopped, stranded, links, warning) : supervisor.reason())
                .put("failing_gears", failing)
                .put("destinations", destinations.size())
                .put("destinations_down", down)
                .put("wires_stopped", wires)
                .put("wires_stranded", waiting);
        links.into(health);
        RackMixer leading = mixer;
        if (leading != null) {
            leading.into(health);
        }
        return health;
    }

    private static String reason(
            List<DestinationState> destinations,
            List<StoppedWire> stopped,
            List<StrandedWire> stranded,
            FleetLinks links,
            String warning) {
        return Stream.of(
                        stopped.stream().map(StoppedWire::line),
                        Stream.of(DestinationState.summary(destinations), links.line()),
                        stranded.stream().map(StrandedWire::line),
                        Stream.of(warning))
                .flatMap(lines -> lines)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static Future<Void> problem(RoutingContext context, int status, String title, String detail) {
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        return send(context, status, PROBLEM_JSON, problem.encode());
    }

    /** The end of its sending; at once if the request has an answer. */
    private static Future<Void> send(RoutingContext context, int status, String type, String body) {
        if (context.response().ended()) {
            return Future.succeededFuture();
        }
        return context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .end(body);
    }
}
