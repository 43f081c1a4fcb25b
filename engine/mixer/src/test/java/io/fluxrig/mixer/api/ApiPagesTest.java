package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.ScenarioEntry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists in pages that are shorter than what belongs together. */
class ApiPagesTest extends ApiOfATest {
    private static final AuditEntry BY = AuditEntry.of(1, "test", "test", "test", "");
    private static final ScenarioEntry ONE = new ScenarioEntry("pay", "1.0.0", "aa", 1, 5);
    private static final ScenarioEntry TWO = new ScenarioEntry("pay", "1.1.0+b.2", "bb", 1, 5);
    private static final ScenarioEntry OTHER = new ScenarioEntry("sort", "0.9.0", "cc", 1, 2);

    @BeforeEach
    void activate() {
        desk.ask(() -> {
                    for (ScenarioEntry each : List.of(TWO, ONE, OTHER)) {
                        registry.add(each, BY);
                    }
                    registry.activate(ONE, List.of("west", "east", "south"), false, 5, id -> BY);
                    registry.activate(TWO, List.of("east", "north"), false, 6, id -> BY);
                    return null;
                })
                .join();
    }

    private List<String> pages(String path, String key, int limit, String shown) throws Exception {
        List<String> all = new ArrayList<>();
        String next = "";
        do {
            String from = next.isEmpty() ? "" : "&" + key + "=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
            JsonObject page = good(send("GET", path + "limit=" + limit + from, null));
            JsonArray items = page.getJsonArray("items");
            assertThat(items.size()).isBetween(1, limit);
            items.forEach(each -> all.add(((JsonObject) each).getString(shown)));
            next = page.getString("next", "");
        } while (!next.isEmpty());
        return all;
    }

    /** Racks of one activation that were on the next page were on none. */
    @Test
    void shouldShowEachRackOfAnActivationWhereverAPageEnds() throws Exception {
        for (int limit = 1; limit <= 6; limit++) {
            assertThat(pages("/api/v1/activations?", "before", limit, "rack"))
                    .containsExactly("east", "north", "east", "south", "west");
            assertThat(pages("/api/v1/activations?rack=east&", "before", limit, "version"))
                    .containsExactly("1.1.0+b.2", "1.0.0");
        }
    }

    @Test
    void shouldShowThoseBeforeAnIdAsItDid() throws Exception {
        long last = desk.ask(() -> registry.wanted("north").id()).join();

        JsonObject page = good(send("GET", "/api/v1/activations?before=" + last, null));

        assertThat(page.getJsonArray("items")).hasSize(3);
    }

    @Test
    void shouldShowEachVersionWhereverAPageEnds() throws Exception {
        for (int limit = 1; limit <= 4; limit++) {
            assertThat(pages("/api/v1/scenarios?", "after", limit, "version"))
                    .containsExactly("1.0.0", "1.1.0+b.2", "0.9.0");
        }
        assertThat(pages("/api/v1/scenarios?name=pay&", "after", 1, "version")).containsExactly("1.0.0", "1.1.0+b.2");
        for (String none : List.of("pay", "p", "cGF5LzkuOS45")) {
            problem(send("GET", "/api/v1/scenarios?after=" + none, null), 404);
        }
    }
}
