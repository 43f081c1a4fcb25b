package io.fluxrig.mixer.api;

import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.enrol.Fleet;
import io.fluxrig.mixer.lead.Leadership;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.scenario.ScenarioVersions;
import io.fluxrig.mixer.secret.SecretStore;
import io.fluxrig.mixer.tail.Feed;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What the API does about the mixer itself and the whole fleet. */
final class MixerOperations {
    private static final int TAIL_DEFAULT = 10;

    private final Desk desk;
    private final Registry registry;
    private final Fleet fleet;
    private final ScenarioVersions versions;
    private final RackLine line;
    private final Leadership leadership;
    private final RackMetrics metrics;
    private final JsonObject document;
    private final String version;
    private final Feed feed;
    private final SecretStore secrets;

    MixerOperations(
            Desk desk,
            Registry registry,
            Fleet fleet,
            ScenarioVersions versions,
            RackLine line,
            Leadership leadership,
            RackMetrics metrics,
            JsonObject document,
            String version,
            Feed feed,
            SecretStore secrets) {
        this.desk = desk;
        this.registry = registry;
        this.fleet = fleet;
        this.versions = versions;
        this.line = line;
        this.leadership = leadership;
        this.metrics = metrics;
        this.document = document;
        this.version = version;
        this.feed = feed;
        this.secrets = secrets;
    }

    /** Whoever reads is told from the feed's event loop, until the connection ends. */
    private CompletableFuture<Reply> tail(Call call) {
        return feed.begin(
                        call.query("rack", ""),
                        (int) call.number("last", TAIL_DEFAULT),
                        call.context().response())
                .thenApply(begun -> Reply.BEGUN);
    }

    Map<String, Operation> all() {
        String page = DocumentPage.of(document);
        return Map.of(
                "health", call -> desk.attend(this::health),
                "document", call -> CompletableFuture.completedFuture(Reply.ok(document)),
                "page", call -> CompletableFuture.completedFuture(new Reply(200, DocumentPage.TYPE, page)),
                "metrics",
                        call -> CompletableFuture.completedFuture(
                                new Reply(200, RackMetrics.CONTENT_TYPE, metrics.prometheus())),
                "topology", call -> desk.ask(() -> Reply.ok(new TopologyView(registry, fleet, versions).show())),
                "tail", this::tail,
                "audit", call -> desk.ask(() -> audit(call)));
    }

    /** Asked on the desk, so that it tells whether the desk is cleared. */
    private Reply health() {
        boolean nats = line.connected();
        boolean streams = line.keepsStreams();
        boolean kept = registry.isUp();
        boolean open = secrets.trouble().isEmpty();
        return Reply.ok(new JsonObject()
                .put("status", nats && streams && kept && open ? "up" : "degraded")
                .put("nats", nats)
                .put("streams", streams)
                .put("registry", kept)
                .put("secrets", open)
                .put("leads", leadership.leads())
                .put("leader", leadership.leaderUrl())
                .put("racks", fleet.there())
                .put("version", version));
    }

    private Reply audit(Call call) {
        int limit = call.limit();
        List<AuditEntry> found = registry.audit(call.number("before", Long.MAX_VALUE), limit + 1);
        return Reply.ok(Shown.page(found, limit, Shown::audit, last -> Long.toString(last.id())));
    }
}
