package io.fluxrig.mixer.api;

import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.fault.FailureWords;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.ScenarioEntry;
import io.fluxrig.mixer.scenario.Rollout;
import io.fluxrig.mixer.scenario.ScenarioVersions;
import io.fluxrig.mixer.scenario.Scenarios;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the API does about scenarios. */
final class ScenarioOperations {
    /** Between the parts of what a page is behind. */
    private static final String BEHIND = "/";

    private static final Logger LOG = LoggerFactory.getLogger(ScenarioOperations.class);
    /** Less than whoever asks waits for an answer. */
    private static final Duration SEND_MAX = Duration.ofSeconds(20);

    private final Desk desk;
    private final Registry registry;
    private final ScenarioVersions versions;
    private final Scenarios scenarios;

    ScenarioOperations(Desk desk, Registry registry, ScenarioVersions versions, Scenarios scenarios) {
        this.desk = desk;
        this.registry = registry;
        this.versions = versions;
        this.scenarios = scenarios;
    }

    Map<String, Operation> all() {
        return Map.of(
                "listScenarios", call -> desk.ask(() -> list(call)),
                "importScenario",
                        call -> desk.ask(() -> Reply.ok(Shown.scenario(versions.add(bundle(call.body()), call.who())))),
                "getScenario", call -> desk.ask(() -> get(call)),
                "activateScenario", call -> desk.ask(() -> activate(call)).thenCompose(this::send),
                "rollBackScenario",
                        call -> call.body().getBoolean("dry_run", false)
                                ? desk.ask(() -> wayBack(call))
                                : desk.ask(() -> rollBack(call)).thenCompose(this::send),
                "listActivations", call -> desk.ask(() -> activations(call)));
    }

    private Reply list(Call call) throws RefusedException {
        ScenarioEntry last = last(call.query("after", ""));
        List<ScenarioEntry> found = registry.scenarios(call.query("name", ""), last, call.limit() + 1);
        Map<String, List<String>> wentBack = new HashMap<>();
        registry.wentBack()
                .forEach(each -> wentBack.computeIfAbsent(each.title(), none -> new ArrayList<>())
                        .add(each.rack()));
        return Reply.ok(Shown.page(
                found,
                call.limit(),
                each -> Shown.scenario(each)
                        .put("went_back_on", new JsonArray(wentBack.getOrDefault(each.title(), List.of()))),
                ScenarioOperations::behind));
    }

    /** A version may hold what a query has for something else. */
    private static String behind(ScenarioEntry last) {
        byte[] text = (last.name() + BEHIND + last.version()).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    private ScenarioEntry last(String behind) throws RefusedException {
        if (behind.isEmpty()) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(behind), StandardCharsets.UTF_8);
            String[] parts = text.split(BEHIND, -1);
            if (parts.length == 2) {
                return versions.find(parts[0], parts[1]);
            }
        } catch (IllegalArgumentException noBase64) {
            throw RefusedException.missing("no page has that for 'next': " + noBase64.getMessage());
        }
        throw RefusedException.missing("no page has that for 'next'");
    }

    private Reply get(Call call) throws RefusedException {
        ScenarioEntry found = versions.find(call.path("scenario"), call.path("version"));
        ScenarioBundle bundle = versions.bundle(found);
        JsonObject files = new JsonObject();
        bundle.files()
                .forEach((name, bytes) -> files.put(name, Base64.getEncoder().encodeToString(bytes)));
        return Reply.ok(Shown.scenario(found).put("main", bundle.main()).put("files", files));
    }

    private Rollout activate(Call call) throws RefusedException {
        ScenarioEntry scenario =
                versions.find(call.path("scenario"), call.body().getString("version"));
        return scenarios.activate(scenario, call.names("racks"), call.body().getBoolean("restart", false), call.who());
    }

    private Rollout rollBack(Call call) throws RefusedException {
        return scenarios.rollBack(
                call.path("scenario"), call.names("racks"), call.body().getBoolean("restart", false), call.who());
    }

    private Reply wayBack(Call call) throws RefusedException {
        JsonArray items = new JsonArray();
        scenarios
                .wayBack(call.path("scenario"), call.names("racks"))
                .forEach((version, racks) -> racks.forEach(rack -> items.add(new JsonObject()
                        .put("rack", rack)
                        .put("scenario", version.name())
                        .put("version", version.version()))));
        return Reply.ok(new JsonObject().put("items", items));
    }

    /** What there is to say once it was sent to all, or after a while: then it goes on. */
    private CompletableFuture<Reply> send(Rollout rollout) {
        return new Rounds(desk, rollout::goOn)
                .all()
                .exceptionally(failure -> {
                    // it is kept: who was not sent it now is sent it at the next heartbeat
                    LOG.warn("some racks are sent what they are to run later: {}", FailureWords.of(failure), failure);
                    return null;
                })
                .completeOnTimeout(null, SEND_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(now -> accepted(rollout));
    }

    private Reply activations(Call call) {
        int limit = call.limit();
        String rack = call.query("rack", null);
        String[] before = call.query("before", "").split(BEHIND, -1);
        long id = before[0].isEmpty() ? Long.MAX_VALUE : Long.parseLong(before[0]);
        List<ActivationEntry> found;
        if (rack != null) {
            found = registry.activations(rack, id, limit + 1);
        } else if (before.length == 2) {
            found = registry.activationsFrom(id, before[1], limit + 1);
        } else {
            found = registry.activationsFrom(id - 1, "", limit + 1);
        }
        return Reply.ok(Shown.page(found, limit, Shown::activation, last -> last.id() + BEHIND + last.rack()));
    }

    private static Reply accepted(Rollout rollout) {
        JsonObject shown = Shown.page(rollout.made(), Integer.MAX_VALUE, Shown::activation, last -> "");
        return Reply.accepted(
                rollout.warnings().isEmpty() ? shown : shown.put("warnings", new JsonArray(rollout.warnings())));
    }

    private static ScenarioBundle bundle(JsonObject body) throws RefusedException {
        Map<String, byte[]> files = new TreeMap<>();
        try {
            for (Map.Entry<String, Object> file : body.getJsonObject("files")) {
                files.put(
                        file.getKey(),
                        Base64.getDecoder().decode(file.getValue().toString()));
            }
            return ScenarioBundle.of(body.getString("main"), files);
        } catch (IllegalArgumentException unusable) {
            throw RefusedException.invalid("the files cannot be kept: " + unusable.getMessage());
        }
    }
}
