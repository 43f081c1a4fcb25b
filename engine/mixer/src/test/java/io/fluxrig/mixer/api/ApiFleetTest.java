package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.mixer.enrol.Gate;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the API does about racks, what they are to run and their keys. */
class ApiFleetTest extends ApiOfATest {
    @Test
    void shouldLetATokenForReadingLookAndTellWhoseTokenChangedSomething() throws Exception {
        put("east", Standing.ACTIVE);
        String ana = "a".repeat(32);
        String grafana = "g".repeat(32);
        OwnFile.write(
                folder.resolve("api.token"),
                ("ana " + ana + "\ngrafana " + grafana + " read\n").getBytes(StandardCharsets.UTF_8));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> send("GET", "/api/v1/racks", null).statusCode() == 401);

        token = grafana;
        good(send("GET", "/api/v1/racks/east", null));
        for (HttpResponse<String> refused :
                List.of(send("POST", "/api/v1/racks/east/suspend", null), send("DELETE", "/api/v1/racks/east", null))) {
            problem(refused, 403);
            assertThat(refused.body()).contains("the token of grafana is for reading alone");
        }
        token = ana;
        good(send("POST", "/api/v1/racks/east/suspend", null));

        assertThat(desk.ask(() -> registry.audit(Long.MAX_VALUE, 9)).join())
                .filteredOn(each -> each.action().startsWith("rack."))
                .extracting(AuditEntry::who, AuditEntry::action)
                .containsExactly(tuple("api ana 127.0.0.1", "rack.suspend"));
    }

    @Test
    void shouldApproveOnlyTheKeyThatItIsTold() throws Exception {
        put("east", "pending");

        HttpResponse<String> another = send("POST", "/api/v1/racks/east/approve", "{\"key\":\"ab\"}");
        problem(another, 409);
        String key = good(send("GET", "/api/v1/racks/east", null)).getString("key");
        assertThat(another.body()).contains("has key " + key);
        assertThat(good(send("POST", "/api/v1/racks/east/approve", "{\"key\":\"" + key + "\"}"))
                        .getString("standing"))
                .isEqualTo("active");
    }

    @Test
    void shouldApproveAnyKeyWhereTheBodyIsEmpty() throws Exception {
        put("east", "pending");

        assertThat(good(send("POST", "/api/v1/racks/east/approve", "")).getString("standing"))
                .isEqualTo("active");
    }

    @Test
    void shouldMarkARackThatComesBackAfterItWasRemoved() throws Exception {
        put("east", "active");
        assertThat(good(send("DELETE", "/api/v1/racks/east", null)).getString("text"))
                .contains("fluxrig admin keys rotate wires --retire");

        put("east", "pending");
        assertThat(good(send("GET", "/api/v1/racks/east", null)).getBoolean("removed"))
                .isTrue();
        put("east", "active");
        assertThat(good(send("GET", "/api/v1/racks/east", null)).containsKey("removed"))
                .isFalse();
    }

    @Test
    void shouldMaskWhatARackSaysInWords() throws Exception {
        NodeKey key = NodeKey.ephemeral();
        String reason = "no route for 4111111111111111";
        Heartbeat said = new Heartbeat(
                "east",
                "1",
                "held",
                reason,
                "",
                "",
                "",
                0,
                0,
                "",
                "",
                1,
                1,
                0,
                null,
                null,
                null,
                System.currentTimeMillis());
        desk.ask(() -> {
                    registry.put(
                            new RackEntry("east", key.publicKey(), new byte[32], "active", "h", "1", 5, 0, "", 1, 9));
                    fleet.heartbeat(new Gate.Said(key.publicKey(), said), (rack, heard) -> {});
                    return null;
                })
                .join();

        assertThat(good(send("GET", "/api/v1/racks/east", null)).getString("reason"))
                .startsWith("no route for ")
                .doesNotContain("4111111111111111");
    }

    @Test
    void shouldShowRacksPageByPage() throws Exception {
        put("east", "pending");
        put("north", "pending");
        put("west", "active");

        JsonObject first = good(send("GET", "/api/v1/racks?limit=2", null));
        JsonObject second = good(send("GET", "/api/v1/racks?limit=2&after=" + first.getString("next"), null));

        assertThat(first.getJsonArray("items").size()).isEqualTo(2);
        assertThat(second.getJsonArray("items").getJsonObject(0).getString("name"))
                .isEqualTo("west");
        assertThat(second.containsKey("next")).isFalse();
    }

    @Test
    void shouldSayOfARackThatIsRemovedThatNatsLetsItInStill() throws Exception {
        put("east", "active");
        put("west", "active");
        assertThat(good(send("DELETE", "/api/v1/racks/west", null)).getString("text"))
                .doesNotContain("lets it in still");

        letInStill = true;

        assertThat(good(send("DELETE", "/api/v1/racks/east", null)).getString("text"))
                .startsWith("rack east is forgotten; its NATS could not be told yet and lets it in still");
    }

    @Test
    void shouldLeadARackThroughItsStandingsAndWriteItDown() throws Exception {
        put("east", "pending");

        problem(send("POST", "/api/v1/racks/none/approve", null), 404);
        problem(send("POST", "/api/v1/racks/east/suspend", null), 409);
        assertThat(good(send("POST", "/api/v1/racks/east/approve", null)).getString("standing"))
                .isEqualTo("active");
        problem(send("POST", "/api/v1/racks/east/approve", null), 409);
        assertThat(good(send("POST", "/api/v1/racks/east/suspend", null)).getString("standing"))
                .isEqualTo("suspended");
        assertThat(good(send("POST", "/api/v1/racks/east/activate", null)).getString("standing"))
                .isEqualTo("active");
        problem(send("POST", "/api/v1/racks/east/orders", "{\"order\":\"drain\"}"), 409);
        assertThat(good(send("DELETE", "/api/v1/racks/east", null)).getBoolean("ok"))
                .isTrue();
        problem(send("GET", "/api/v1/racks/east", null), 404);

        JsonArray audit = good(send("GET", "/api/v1/audit", null)).getJsonArray("items");
        assertThat(audit.stream().map(each -> ((JsonObject) each).getString("action")))
                .containsExactly(
                        "rack.remove",
                        "rack.drain.unanswered",
                        "rack.drain",
                        "rack.activate",
                        "rack.suspend",
                        "passport.issue",
                        "rack.approve");
    }

    @Test
    void shouldKeepScenariosAndSayWhatRacksAreToRun() throws Exception {
        put("east", "active");
        JsonObject kept = good(send("POST", "/api/v1/scenarios", bundle(SCENARIO)));
        assertThat(good(send("POST", "/api/v1/scenarios", bundle(SCENARIO)))).isEqualTo(kept);
        problem(send("POST", "/api/v1/scenarios", bundle(SCENARIO + "# other bytes\n")), 409);
        good(send("POST", "/api/v1/scenarios", bundle(SCENARIO.replace("1.0.0", "1.1.0"))));

        JsonObject files = good(send("GET", "/api/v1/scenarios/pay/versions/1.0.0", null));
        assertThat(new JsonObject(bundle(SCENARIO)).getJsonObject("files")).isEqualTo(files.getJsonObject("files"));
        problem(send("GET", "/api/v1/scenarios/pay/versions/9.9.9", null), 404);
        problem(send("POST", "/api/v1/scenarios/pay/activations", "{\"version\":\"9.9.9\"}"), 404);
        problem(send("POST", "/api/v1/scenarios/pay/rollback", "{}"), 404);

        JsonObject made = good(send("POST", "/api/v1/scenarios/pay/activations", "{\"version\":\"1.0.0\"}"));
        assertThat(made.getJsonArray("items").getJsonObject(0).getString("rack"))
                .isEqualTo("east");
        desk.ask(() -> {
                    registry.ended(registry.wanted("east").ended("changed", "runs", 9));
                    return null;
                })
                .join();
        activated("1.1.0", "rolled_back", "no link");
        problem(send("POST", "/api/v1/scenarios/pay/rollback", "{\"dry_run\":true}"), 409);
        good(send("POST", "/api/v1/scenarios", bundle(SCENARIO.replace("1.0.0", "1.2.0"))));
        activated("1.2.0", "changed", "runs");

        assertThat(good(send("POST", "/api/v1/scenarios/pay/rollback", "{\"dry_run\":true}"))
                        .getJsonArray("items"))
                .containsExactly(new JsonObject()
                        .put("rack", "east")
                        .put("scenario", "pay")
                        .put("version", "1.0.0"));
        assertThat(wantedVersion()).isEqualTo("1.2.0");
        good(send("POST", "/api/v1/scenarios/pay/rollback", "{\"restart\":true}"));
        assertThat(wantedVersion()).isEqualTo("1.0.0");
        assertThat(desk.ask(() -> registry.wanted("east").restart()).join()).isTrue();
        assertThat(good(send("GET", "/api/v1/activations?rack=east", null)).getJsonArray("items"))
                .hasSize(4);
        assertThat(good(send("GET", "/api/v1/scenarios?name=pay", null)).getJsonArray("items"))
                .extracting(
                        each -> ((JsonObject) each).getJsonArray("went_back_on").getList())
                .containsExactly(List.of(), List.of("east"), List.of());
        assertThat(good(send("GET", "/api/v1/specs", null)).getJsonArray("items"))
                .isEmpty();

        JsonObject topology = good(send("GET", "/api/v1/topology", null));
        assertThat(topology.getJsonArray("racks").getJsonObject(0).getJsonArray("gears"))
                .hasSize(1);
        assertThat(topology.getJsonArray("wires").getJsonObject(0).getString("lane"))
                .isEqualTo("hot");
    }

    private void activated(String version, String outcome, String text) throws Exception {
        String body = new JsonObject()
                .put("version", version)
                .put("racks", new JsonArray().add("east"))
                .encode();
        good(send("POST", "/api/v1/scenarios/pay/activations", body));
        assertThat(wantedVersion()).isEqualTo(version);
        desk.ask(() -> {
                    registry.ended(registry.wanted("east").ended(outcome, text, 9));
                    return null;
                })
                .join();
    }

    private String wantedVersion() throws Exception {
        return good(send("GET", "/api/v1/racks/east", null))
                .getJsonObject("wanted")
                .getString("version");
    }

    @Test
    void shouldMakeAnotherKeyAndShowNone() throws Exception {
        put("east", "active");
        put("west", "pending");

        assertThat(good(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"wires\"}"))
                        .getString("text"))
                .contains("key 2 goes to 1 rack,");
        good(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"journal\"}"));
        assertThat(good(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"wires\",\"retire\":true}"))
                        .getString("text"))
                .contains("key 3 goes to 1 rack,", "open nothing 10 minutes after");
        problem(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"journal\",\"retire\":true}"), 400);

        JsonObject keys = good(send("GET", "/api/v1/keys", null));
        assertThat(keys.getJsonArray("items").encode())
                .contains("\"name\":\"wires\",\"version\":3", "\"name\":\"journal/east/")
                .doesNotContain("west");
        assertThat(keys.getBoolean("open")).isTrue();
        assertThat(keys.getJsonArray("data_keys").encode()).contains("\"keeper\":\"file\"", "of secret.key");
        assertThat(keys.encode()).as("names and numbers").doesNotContain("sealed", "wrapped");
        JsonObject audit = good(send("GET", "/api/v1/audit", null));
        assertThat(audit.encode())
                .contains("\"action\":\"keys.rotate\",\"subject\":\"wires\",\"detail\":\"version 2\"");
    }

    @Test
    void shouldDoWhateverElseThereIsWhileItRotatesForManyRacks() throws Exception {
        for (int i = 0; i < 20; i++) {
            put("rack" + i, "active");
        }
        CountDownLatch waits = new CountDownLatch(1);
        CompletableFuture<Boolean> busy = desk.attend(() -> waits.await(30, TimeUnit.SECONDS));
        CompletableFuture<HttpResponse<String>> asked = CompletableFuture.supplyAsync(
                () -> unchecked("/api/v1/keys/rotate", "{\"kind\":\"journal\"}"),
                task -> new Thread(task, "asks").start());
        Awaitility.await().until(() -> desk.waiting() == 1);
        CompletableFuture<Long> between = desk.attend(this::rotated);
        waits.countDown();
        assertThat(busy.join()).isTrue();

        assertThat(between.join()).as("rotated ahead of what came next").isLessThan(20);
        assertThat(good(asked.join()).getString("text")).contains("another key goes to 20 racks");
        assertThat(desk.attend(this::rotated).join()).isEqualTo(20);
    }

    private long rotated() {
        return registry.audit(Long.MAX_VALUE, 100).stream()
                .filter(each -> each.action().equals("keys.rotate"))
                .count();
    }

    private HttpResponse<String> unchecked(String path, String body) {
        try {
            return send("POST", path, body);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void shouldRotateNothingOfARackThatIsNotActive() throws Exception {
        put("west", "pending");

        problem(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"journal\",\"rack\":\"west\"}"), 409);
        problem(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"journal\",\"rack\":\"north\"}"), 404);
        problem(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"wires\",\"rack\":\"west\"}"), 400);
        problem(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"other\"}"), 400);
        assertThat(good(send("GET", "/api/v1/keys", null)).getJsonArray("items"))
                .isEmpty();
    }

    @Test
    void shouldHaveKeysWrappedAnewAndSayWhyNot() throws Exception {
        good(send("POST", "/api/v1/keys/rotate", "{\"kind\":\"wires\"}"));
        Path file = folder.resolve("secret.key");
        Files.writeString(file, "ab".repeat(32) + "\n", StandardOpenOption.APPEND);
        assertThat(good(send("GET", "/api/v1/keys", null))
                        .getJsonArray("wrapping_keys")
                        .encode())
                .matches("\\[\"key [0-9a-f]{16} of secret.key\",\"key [0-9a-f]{16} of secret.key\"]");
        String before = good(send("GET", "/api/v1/keys", null))
                .getJsonArray("data_keys")
                .encode();

        assertThat(good(send("POST", "/api/v1/keys/rewrap", null)).getString("text"))
                .matches("data key 1 from file: key [0-9a-f]{16} of secret.key to file: key [0-9a-f]{16} of secret.key;"
                        + " .*");
        assertThat(good(send("GET", "/api/v1/audit", null)).encode())
                .contains("\"action\":\"keys.rewrap\"", "data key 1 from file: key ");
        assertThat(good(send("POST", "/api/v1/keys/rewrap", null)).getString("text"))
                .matches("nothing changed: data key 1 stays under file: key [0-9a-f]{16} of secret.key");

        assertThat(good(send("GET", "/api/v1/keys", null))
                        .getJsonArray("data_keys")
                        .encode())
                .isNotEqualTo(before);
        Files.writeString(file, "cd".repeat(32) + "\n");
        HttpResponse<String> refused = send("POST", "/api/v1/keys/rewrap", null);
        problem(refused, 409);
        assertThat(refused.body())
                .contains("nothing is changed", "does not hold the key")
                .doesNotContain("abab", "cdcd");
    }
}
