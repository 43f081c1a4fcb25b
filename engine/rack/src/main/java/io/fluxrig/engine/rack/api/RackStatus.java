package io.fluxrig.engine.rack.api;

import io.fluxrig.engine.gear.GearManifest;
import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.metrics.LatencyFigures;
import io.fluxrig.engine.metrics.MetricsSnapshot;
import io.fluxrig.engine.metrics.MetricsSnapshot.Latency;
import io.fluxrig.engine.metrics.MetricsSnapshot.Sample;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.RackSupervisor;
import io.fluxrig.engine.rack.change.ChangeReport;
import io.fluxrig.engine.rack.change.RackChanges;
import io.fluxrig.engine.rack.plan.RackPlan;
import io.fluxrig.engine.rack.wire.StoppedWire;
import io.fluxrig.engine.rack.wire.StrandedWire;
import io.fluxrig.engine.scenario.GearDecl;
import io.fluxrig.engine.scenario.Scenario;
import io.fluxrig.engine.strip.GearStatus;
import io.fluxrig.engine.strip.plan.StripPlan.GearPlan;
import io.fluxrig.iso.spec.Spec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A rack's state as {@code /status} shows it:
 *
 * <pre>
 *   { "rack", "state": starting|running|draining|stopped|failed, "reason", "uptime_seconds", "pid", "pid_start", "strips", "led", "mixer_connected",
 *     "mixer_nats_connected", "mixer_away_since",
 *     "scenario": { "name", "version", "hash", "file" },
 *     "totals": { "requests", "answers": { RESULT: n }, "errors": { REASON: n }, "in_flight" },
 *     "latency": { "since_start": FIGURES, "last_interval": FIGURES },
 *     "gears": [ { "name", "type", "state", "failing", "failures", "messages", "listens", "dials", "links",
 *                  "connections", "spec": { "path", "id", "version", "hash" }, "ports": { PORT: { OUTCOME: n } } } ],
 *     "wires_stopped": [ { "wire", "because", "since", "senders", "money_at_risk", "type" } ],
 *     "wires_stranded": [ { "wire", "messages", "because", "folder", "type" } ],
 *     "destinations": [ { "gear", "destination", "links", "up", "because", "away", "in_flight", "breaker": closed|half_open|open,
 *                         "requests", "answers", "timeouts", "late", "latency": { ... } } ] }
 *   FIGURES = { "count", "mean_us", "p50_us", "p90_us", "p99_us", "p999_us", "max_us" }
 * </pre>
 *
 * {@code pid_start} is the {@link ProcessStart} of {@code pid}, so that nobody else who has that number is taken for the rack.
 * {@code reason} of a rack that runs names the wires that take nothing, and what is away of other racks.
 * {@code led}, which {@link RackApi} adds, says whether a mixer sends what the rack runs, {@code mixer_connected} of such a rack whether
 * that answers, {@code mixer_nats_connected} whether there is a connection to its NATS, {@code mixer_away_since} while it is away since when it leaves
 * unanswered what it is asked.
 * {@code links} of gears is there for those that report connections, {@code spec} for those that have a dialect (its hash is
 * {@code codec.spec_hash}); a destination is {@code away} if it leads to another rack, and its links are the racks that can serve it; {@code because} says why it is down,
 * empty while it is up. The last interval is the last full second. Any thread.
 */
final class RackStatus {
    private static final double MICROS = 1e3;
    private static final double SECONDS = 1e9;
    private static final long PID = ProcessHandle.current().pid();

    private final RackSupervisor supervisor;
    private final MetricsSnapshot metrics;

    private RackStatus(RackSupervisor supervisor, MetricsSnapshot metrics) {
        this.supervisor = supervisor;
        this.metrics = metrics;
    }

    static JsonObject of(RackSupervisor supervisor, RackMetrics metrics) {
        return new RackStatus(supervisor, metrics.snapshot()).write();
    }

    private JsonObject write() {
        Scenario scenario = supervisor.plan().scenario();
        return new JsonObject()
                .put("rack", supervisor.plan().rack())
                .put("state", supervisor.state().word())
                .put("reason", supervisor.condition())
                .put("uptime_seconds", supervisor.uptimeNs() / SECONDS)
                .put("pid", PID)
                .put("pid_start", ProcessStart.ticks(PID))
                .put("strips", supervisor.bank().settings().strips())
                .put(
                        "scenario",
                        new JsonObject()
                                .put("name", scenario.name())
                                .put("version", scenario.version())
                                .put("hash", scenario.hash())
                                .put("file", scenario.file().toString()))
                .put("change", change())
                .put("totals", totals())
                .put("latency", latency(MetricNames.LATENCY, Map.of()))
                .put("gears", gears())
                .put("wires_stopped", wires(supervisor.stoppedWires(), StoppedWire::json))
                .put("wires_stranded", wires(supervisor.strandedWires(), StrandedWire::json))
                .put("destinations", destinations());
    }

    private static <T> JsonArray wires(List<T> wires, Function<T, JsonObject> shown) {
        return new JsonArray(wires.stream().map(shown).toList());
    }

    private JsonObject change() {
        RackChanges changes = supervisor.changes();
        ChangeReport last = changes.last();
        return new JsonObject()
                .put("asked", changes.asked())
                .put("number", last.request())
                .put("outcome", last.outcome().word())
                .put("text", last.text());
    }

    private JsonObject totals() {
        return new JsonObject()
                .put("requests", metrics.sum(MetricNames.REQUESTS))
                .put("answers", byLabel(MetricNames.ANSWERS, "result"))
                .put("errors", byLabel(MetricNames.ERRORS, "reason"))
                .put("in_flight", metrics.sum(MetricNames.IN_FLIGHT));
    }

    private JsonObject byLabel(String name, String label) {
        Map<String, Object> sums = new TreeMap<>();
        metrics.of(name)
                .forEach(sample -> sums.merge(
                        sample.labels().getOrDefault(label, ""), whole(sample), (a, b) -> (Long) a + (Long) b));
        return new JsonObject(sums);
    }

    private JsonArray gears() {
        JsonArray gears = new JsonArray();
        List<GearStatus> copies = supervisor.bank().status();
        RackPlan plan = supervisor.plan();
        for (int ordinal = 0; ordinal < plan.gears().size(); ordinal++) {
            int place = ordinal;
            List<GearStatus> own =
                    copies.stream().filter(copy -> copy.ordinal() == place).toList();
            if (!plan.strips().gears().get(ordinal).retired() || !own.isEmpty()) {
                gears.add(gear(
                        ordinal,
                        plan.gears().get(ordinal),
                        plan.strips().gears().get(ordinal),
                        own));
            }
        }
        return gears;
    }

    private JsonObject gear(int ordinal, GearDecl decl, GearPlan plan, List<GearStatus> own) {
        JsonObject gear = new JsonObject()
                .put("name", decl.name())
                .put("type", decl.type())
                .put("state", own.isEmpty() ? "absent" : word(own.get(0)))
                .put("failing", own.stream().anyMatch(GearStatus::failing))
                .put("failures", own.stream().mapToLong(GearStatus::failures).sum())
                .put("messages", own.stream().mapToLong(GearStatus::messages).sum())
                .put("ports", ports(decl));
        if (plan.given("bind")) {
            gear.put("listens", plan.config().text("bind"));
        }
        if (plan.given("connect")) {
            gear.put("dials", plan.config().text("connect"));
        }
        if (plan.spec() != null) {
            gear.put("spec", dialect(plan.config().text("spec_path"), plan.spec()));
        }
        if (supervisor.bank().links().reports(ordinal)) {
            gear.put("links", supervisor.bank().links().up(ordinal));
        }
        metrics.of(MetricNames.CONNECTIONS, "gear", decl.name())
                .findFirst()
                .ifPresent(sample -> gear.put("connections", whole(sample)));
        return gear;
    }

    private static JsonObject dialect(String path, Spec spec) {
        return new JsonObject()
                .put("path", path)
                .put("id", spec.id())
                .put("version", spec.version())
                .put("hash", spec.shortHash());
    }

    private static String word(GearStatus copy) {
        return copy.state().name().toLowerCase(Locale.ROOT);
    }

    private JsonObject ports(GearDecl decl) {
        JsonObject ports = new JsonObject();
        for (GearManifest.Port port : decl.manifest().inputs()) {
            ports.put(port.name(), new JsonObject());
        }
        metrics.of(MetricNames.GEAR_MESSAGES, "gear", decl.name())
                .forEach(sample -> ports.getJsonObject(sample.labels().get("port"), new JsonObject())
                        .put(sample.labels().get("outcome"), whole(sample)));
        return ports;
    }

    private JsonArray destinations() {
        JsonArray destinations = new JsonArray();
        DestinationState.all(supervisor, metrics).forEach(state -> destinations.add(destination(state)));
        return destinations;
    }

    private JsonObject destination(DestinationState state) {
        Map<String, String> labels = state.labels();
        return new JsonObject()
                .put("gear", state.gear())
                .put("destination", state.port())
                .put("links", state.links())
                .put("up", !state.down())
                .put("because", state.down() ? state.downBecause() : "")
                .put("away", state.away())
                .put("in_flight", of(MetricNames.DESTINATION_IN_FLIGHT, labels))
                .put("breaker", breaker(state.breaker()))
                .put("requests", of(MetricNames.DESTINATION_REQUESTS, labels))
                .put("answers", of(MetricNames.DESTINATION_ANSWERS, labels))
                .put("timeouts", of(MetricNames.DESTINATION_TIMEOUTS, labels))
                .put("late", of(MetricNames.DESTINATION_LATE, labels))
                .put("latency", latency(MetricNames.DESTINATION_LATENCY, labels));
    }

    private static String breaker(long state) {
        if (state == MetricNames.BREAKER_OPEN) {
            return "open";
        }
        return state == MetricNames.BREAKER_HALF_OPEN ? "half_open" : "closed";
    }

    private long of(String name, Map<String, String> labels) {
        return metrics.of(name)
                .filter(sample -> sample.labels().equals(labels))
                .mapToLong(RackStatus::whole)
                .sum();
    }

    /** The first histogram of that name that carries the labels. */
    private JsonObject latency(String name, Map<String, String> labels) {
        Latency found = metrics.latencies().stream()
                .filter(latency -> latency.name().equals(name)
                        && latency.labels().entrySet().containsAll(labels.entrySet()))
                .findFirst()
                .orElse(null);
        return new JsonObject()
                .put("since_start", figures(found == null ? LatencyFigures.NONE : found.sinceStart()))
                .put("last_interval", figures(found == null ? LatencyFigures.NONE : found.lastInterval()));
    }

    private static JsonObject figures(LatencyFigures figures) {
        return new JsonObject()
                .put("count", figures.count())
                .put("mean_us", figures.meanNs() / MICROS)
                .put("p50_us", figures.p50Ns() / MICROS)
                .put("p90_us", figures.p90Ns() / MICROS)
                .put("p99_us", figures.p99Ns() / MICROS)
                .put("p999_us", figures.p999Ns() / MICROS)
                .put("max_us", figures.maxNs() / MICROS);
    }

    private static long whole(Sample sample) {
        return Math.round(sample.value());
    }
}
