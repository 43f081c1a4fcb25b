package io.fluxrig.mixer.api;

import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.ScenarioEntry;
import io.fluxrig.mixer.scenario.ScenarioVersions;
import io.fluxrig.mixer.scenario.Scenarios;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the API does about scenarios. */
final class ScenarioOperations {
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
                "activateScenario", call -> desk.ask(() -> activate(call)),
                "rollBackScenario", call -> desk.ask(() -> rollBack(call)),
                "listActivations", call -> desk.ask(() -> activations(call)));
    }

    private Reply list(Call call) {
        long offset = call.number("offset", 0);
        int limit = call.limit();
        List<ScenarioEntry> found = registry.scenarios(call.query("name", ""), offset, limit + 1);
        return Reply.ok(Shown.page(found, limit, Shown::scenario, last -> Long.toString(offset + limit)));
    }

    private Reply get(Call call) throws RefusedException {
        ScenarioEntry found = versions.find(call.path("scenario"), call.path("version"));
        ScenarioBundle bundle = versions.bundle(found);
        JsonObject files = new JsonObject();
        bundle.files()
                .forEach((name, bytes) -> files.put(name, Base64.getEncoder().encodeToString(bytes)));
        return Reply.ok(Shown.scenario(found).put("main", bundle.main()).put("files", files));
    }

    private Reply activate(Call call) throws RefusedException {
        ScenarioEntry scenario =
                versions.find(call.path("scenario"), call.body().getString("version"));
        return accepted(scenarios.activate(
                scenario, call.names("racks"), call.body().getBoolean("restart", false), call.who()));
    }

    private Reply rollBack(Call call) throws RefusedException {
        return accepted(scenarios.rollBack(
                call.path("scenario"), call.names("racks"), call.body().getBoolean("restart", false), call.who()));
    }

    private Reply activations(Call call) {
        int limit = call.limit();
        List<ActivationEntry> found =
                registry.activations(call.query("rack", null), call.number("before", Long.MAX_VALUE), limit + 1);
        return Reply.ok(Shown.page(found, limit, Shown::activation, last -> Long.toString(last.id())));
    }

    private static Reply accepted(List<ActivationEntry> made) {
        return Reply.accepted(Shown.page(made, Integer.MAX_VALUE, Shown::activation, last -> ""));
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
            throw RefusedException.conflict("the files cannot be kept: " + unusable.getMessage());
        }
    }
}
