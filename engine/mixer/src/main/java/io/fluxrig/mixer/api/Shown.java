package io.fluxrig.mixer.api;

import io.fluxrig.engine.artefact.Artefact;
import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Traffic;
import io.fluxrig.engine.passport.PublicKeys;
import io.fluxrig.mixer.enrol.Fleet;
import io.fluxrig.mixer.enrol.Pace;
import io.fluxrig.mixer.enrol.Presence;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.ScenarioEntry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** The registry's entries as the document describes them. */
final class Shown {
    private static final double MILLION = 1e6;

    private Shown() {}

    /**
     * @param wanted what it should run, null for nothing
     * @param reason why it is as it is, empty for nothing
     */
    static JsonObject rack(RackEntry rack, Fleet fleet, ActivationEntry wanted, String reason) {
        JsonObject shown = new JsonObject()
                .put("name", rack.name())
                .put("standing", rack.standing())
                .put("key", PublicKeys.fingerprint(rack.key()))
                .put("host", rack.host())
                .put("version", rack.version())
                .put("added", time(rack.addedMs()))
                .put("there", fleet.isThere(rack));
        if (rack.approvedMs() > 0) {
            shown.put("approved", time(rack.approvedMs())).put("approved_by", rack.by());
        }
        if (rack.serial() > 0) {
            shown.put("passport", rack.serial()).put("passport_expires", time(rack.expiresMs()));
        }
        if (wanted != null) {
            shown.put("wanted", activation(wanted));
        }
        Presence last = fleet.presence(rack.name());
        if (last == null && !reason.isEmpty()) {
            shown.put("reason", reason);
        } else if (last != null) {
            shown.put("seen", time(last.atMs()))
                    .put("state", last.last().state())
                    .put("reason", reason)
                    .put("scenario", title(last.last()))
                    .put("uptime_seconds", last.last().uptimeSeconds())
                    .put("status_port", last.last().statusPort());
            if (last.last().inFlight() >= 0) {
                shown.put("in_flight", last.last().inFlight());
            }
        }
        return traffic(shown, fleet.pace(rack.name()));
    }

    /** Name and version of what it runs; empty for nothing. */
    static String title(Heartbeat said) {
        return (said.scenario() + " " + said.scenarioVersion()).strip();
    }

    /** @param pace null for none */
    static JsonObject traffic(JsonObject rack, Pace pace) {
        if (pace == null) {
            return rack;
        }
        Traffic said = pace.traffic();
        JsonObject shown = new JsonObject();
        if (pace.isKnown()) {
            shown.put("requests_per_second", rounded(pace.requestsPerSecond()))
                    .put("unanswered_per_second", rounded(pace.unansweredPerSecond()));
        }
        if (pace.approvedRatio() >= 0) {
            shown.put("approved_ratio", Math.round(pace.approvedRatio() * MILLION) / MILLION);
        }
        if (said.p50Us() != null) {
            shown.put("p50_us", said.p50Us());
        }
        if (said.p99Us() != null) {
            shown.put("p99_us", said.p99Us());
        }
        return rack.put(
                "traffic",
                shown.put("requests", said.requests())
                        .put("approved", said.approved())
                        .put("declined", said.declined())
                        .put("timeouts", said.timeouts())
                        .put("errors", said.errors())
                        .put("unmatched", said.unmatched())
                        .put("destinations", said.destinations())
                        .put("destinations_up", said.destinationsUp())
                        .put("breakers_open", said.breakersOpen()));
    }

    /** To thousandths: the rest of a rate is noise. */
    private static double rounded(double perSecond) {
        return Math.round(perSecond * 1_000) / 1_000.0;
    }

    static JsonObject scenario(ScenarioEntry scenario) {
        return new JsonObject()
                .put("name", scenario.name())
                .put("version", scenario.version())
                .put("hash", scenario.hash())
                .put("bytes", scenario.bytes())
                .put("added", time(scenario.addedMs()));
    }

    static JsonObject activation(ActivationEntry activation) {
        JsonObject shown = new JsonObject()
                .put("id", activation.id())
                .put("rack", activation.rack())
                .put("scenario", activation.scenario())
                .put("version", activation.version())
                .put("outcome", activation.outcome())
                .put("text", activation.text())
                .put("at", time(activation.atMs()));
        return activation.endedMs() > 0 ? shown.put("ended", time(activation.endedMs())) : shown;
    }

    static JsonObject artefact(Artefact artefact) {
        return new JsonObject()
                .put("name", artefact.name())
                .put("tag", artefact.tag())
                .put("hash", artefact.hash())
                .put("added", artefact.added().toString());
    }

    static JsonObject audit(AuditEntry entry) {
        return new JsonObject()
                .put("id", entry.id())
                .put("at", time(entry.atMs()))
                .put("who", entry.who())
                .put("action", entry.action())
                .put("subject", entry.subject())
                .put("detail", entry.detail());
    }

    /**
     * A page of a list.
     *
     * @param found one more than the limit, if there is more
     * @param next what asks for the page behind an entry
     */
    static <T> JsonObject page(List<T> found, int limit, Function<T, JsonObject> shown, Function<T, String> next) {
        JsonArray items = new JsonArray();
        found.stream().limit(limit).map(shown).forEach(items::add);
        JsonObject page = new JsonObject().put("items", items);
        return found.size() > limit ? page.put("next", next.apply(found.get(limit - 1))) : page;
    }

    static String time(long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }
}
