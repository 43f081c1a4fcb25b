package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Traffic;
import io.fluxrig.mixer.enrol.Pace;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A rack's traffic as the API shows it, and as the document says that it does. */
class ShownTrafficTest {
    private static final Traffic SAID = new Traffic(60_000, 900, 800, 70, 9, 1, 2, 840L, 2_100L, 4, 3, 1);

    private static JsonObject shown(Pace pace) {
        return Shown.traffic(new JsonObject(), pace).getJsonObject("traffic");
    }

    private static JsonObject schema(String name) throws IOException {
        try (InputStream document = Shown.class.getResourceAsStream("openapi.json")) {
            return new JsonObject(new String(document.readAllBytes(), StandardCharsets.UTF_8))
                    .getJsonObject("components")
                    .getJsonObject("schemas")
                    .getJsonObject(name);
        }
    }

    @Test
    void shouldShowEverythingThatTheDocumentNames() throws Exception {
        JsonObject whole = shown(new Pace(SAID, SAID, 1_204.56789, 0.2, 0.987_000_049));

        assertThat(whole.encode())
                .isEqualTo("{\"requests_per_second\":1204.568,\"unanswered_per_second\":0.2,\"approved_ratio\":0.987,"
                        + "\"p50_us\":840,\"p99_us\":2100,\"requests\":900,\"approved\":800,\"declined\":70,"
                        + "\"timeouts\":9,\"errors\":1,\"unmatched\":2,\"destinations\":4,\"destinations_up\":3,"
                        + "\"breakers_open\":1}");
        assertThat(schema("Traffic").getJsonObject("properties").fieldNames())
                .containsExactlyInAnyOrderElementsOf(whole.fieldNames());
        assertThat(schema("Rack").getJsonObject("properties").fieldNames()).contains("traffic");
    }

    @Test
    void shouldLeaveOutWhatIsNotKnown() throws Exception {
        assertThat(Shown.traffic(new JsonObject(), null)).isEmpty();
        Traffic idle = Traffic.NONE;

        assertThat(shown(new Pace(idle, idle, -1, -1, -1)).fieldNames())
                .containsExactlyInAnyOrderElementsOf(schema("Traffic").getJsonArray("required").stream()
                        .map(String.class::cast)
                        .toList());
    }
}
