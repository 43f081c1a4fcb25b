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
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the API does about scenarios. */
final class ScenarioOperations {
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
                "activateScenario",
                        call -> desk.ask(() -> activate(call)).thenCompose(rollout -> new Sending(rollout).begin()),
                "rollBackScenario",
                        call -> desk.ask(() -> rollBack(call)).thenCompose(rollout -> new Sending(rollout).begin()),
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

    private Rollout activate(Call call) throws RefusedException {
        ScenarioEntry scenario =
                versions.find(call.path("scenario"), call.body().getString("version"));
        return scenarios.activate(scenario, call.names("racks"), call.body().getBoolean("restart", false), call.who());
    }

    private Rollout rollBack(Call call) throws RefusedException {
        return scenarios.rollBack(
                call.path("scenario"), call.names("racks"), call.body().getBoolean("restart", false), call.who());
    }

    /** Some racks after the others, so that whatever else comes to the desk is done in between. */
    private final class Sending {
        private final Rollout rollout;
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        Sending(Rollout rollout) {
            this.rollout = rollout;
        }

        /** What there is to say once it was sent to all, or after a while: then it goes on. */
        CompletableFuture<Reply> begin() {
            next();
            return ended.completeOnTimeout(null, SEND_MAX.toMillis(), TimeUnit.MILLISECONDS)
                    .thenApply(now -> accepted(rollout.made()));
        }

        private void next() {
            desk.ask(rollout::goOn)
                    .thenAccept(more -> {
                        if (more) {
                            next();
                        } else {
                            ended.complete(null);
                        }
                    })
                    .exceptionally(failure -> {
                        // it is kept: who was not sent it now is sent it at the next heartbeat
                        LOG.warn(
                                "some racks are sent what they are to run later: {}",
                                FailureWords.of(failure),
                                failure);
                        ended.complete(null);
                        return null;
                    });
        }
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
