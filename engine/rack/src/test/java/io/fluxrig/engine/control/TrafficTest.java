package io.fluxrig.engine.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.passport.Cbor;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The traffic in a heartbeat: there and back, with racks and mixers of before, and from somebody who means harm. */
class TrafficTest {
    private static final Traffic SOME = new Traffic(60_000, 900, 800, 70, 9, 1, 2, 840L, 2_100L, 4, 3, 1);

    /** A heartbeat as a mixer of before knows it. */
    private record Before(String rack, String state, long inFlight, String keys, Boolean wireKey, long atMs) {}

    /** A heartbeat that says whatever it likes of its traffic. */
    private record Hostile(
            String rack,
            String version,
            String state,
            String reason,
            String scenario,
            String scenarioVersion,
            String scenarioHash,
            long inFlight,
            long activation,
            String outcome,
            String text,
            long pid,
            long uptimeSeconds,
            int statusPort,
            Map<String, Object> traffic,
            long atMs) {}

    private static Heartbeat heartbeat(Traffic traffic) {
        return new Heartbeat(
                "east", "1", "running", "", "pay", "1.0.0", "ab", 3, 7, "changed", "", 1, 60, 8090, "", true, traffic,
                5);
    }

    private static Heartbeat read(byte[] bytes) throws IOException {
        return Cbor.read(bytes, Heartbeat.class, Heartbeat.LENGTH_MAX);
    }

    private static Map<String, Object> fields() {
        Map<String, Object> fields = new HashMap<>();
        for (String name : new String[] {
            "forMs",
            "requests",
            "approved",
            "declined",
            "timeouts",
            "errors",
            "unmatched",
            "destinations",
            "destinationsUp",
            "breakersOpen"
        }) {
            fields.put(name, 1);
        }
        return fields;
    }

    private static Traffic hostile(Map<String, Object> fields) throws IOException {
        Hostile said = new Hostile(
                "east", "1", "running", "", "pay", "1.0.0", "ab", 3, 7, "changed", "", 1, 60, 8090, fields, 5);
        return read(Cbor.write(said)).traffic();
    }

    private static Traffic with(String name, Object value) throws IOException {
        Map<String, Object> fields = fields();
        fields.put(name, value);
        return hostile(fields);
    }

    @Test
    void shouldHoldOneLineOfWhatAils() {
        assertThat(SOME.ailing()).as("of a rack of before").isEmpty();
        Traffic said = new Traffic(1, 1, 1, 0, 0, 0, 0, null, null, 1, 0, 0, "switch.out\n" + "x".repeat(1_000));

        assertThat(said.ailing()).startsWith("switch.out?xxx").hasSize(Traffic.AILING_MAX);
    }

    @Test
    void shouldComeBackAsItWasSaid() throws Exception {
        assertThat(read(Cbor.write(heartbeat(SOME)))).isEqualTo(heartbeat(SOME));
        assertThat(read(Cbor.write(heartbeat(Traffic.NONE)))).isEqualTo(heartbeat(Traffic.NONE));
        assertThat(read(Cbor.write(heartbeat(null)))).isEqualTo(heartbeat(null));
        assertThat(SOME.unanswered()).isEqualTo(10);
        assertThat(SOME.ended()).isEqualTo(880);
    }

    @Test
    void shouldBeSkippedByAMixerOfBeforeAndMissedOfARackOfBefore() throws Exception {
        byte[] said = Cbor.write(heartbeat(SOME));

        assertThat(Cbor.read(said, Before.class, said.length)).isEqualTo(new Before("east", "running", 3, "", true, 5));

        Map<String, Object> whole = new HashMap<>();
        for (var part : Heartbeat.class.getRecordComponents()) {
            whole.put(part.getName(), part.getType() == String.class ? "" : 1);
        }
        whole.keySet().removeAll(Arrays.asList("traffic", "keys", "wireKey"));
        assertThat(read(Cbor.write(whole)).traffic()).isNull();
    }

    @Test
    void shouldSkipWhatALaterVersionSaysBesides() throws Exception {
        assertThat(with("hosts", "what is that").requests()).isEqualTo(1);
    }

    @Test
    void shouldTakeWhatIsOutOfRangeForTheNearestInside() throws Exception {
        assertThat(with("requests", -5).requests()).isZero();
        assertThat(with("forMs", Long.MIN_VALUE).forMs()).isZero();
        assertThat(with("timeouts", Long.MAX_VALUE).timeouts()).isEqualTo(Traffic.TOTAL_MAX);
        assertThat(with("p99Us", -1).p99Us()).isZero();
        assertThat(with("p50Us", Long.MAX_VALUE).p50Us()).isEqualTo(Traffic.LATENCY_US_MAX);
        assertThat(with("destinations", Integer.MAX_VALUE).destinations()).isEqualTo(Traffic.DESTINATIONS_MAX);
        assertThat(with("destinationsUp", 77).destinationsUp()).isEqualTo(1);
        assertThat(with("breakersOpen", -77).breakersOpen()).isZero();
        Map<String, Object> most = fields();
        most.replaceAll((name, value) -> name.startsWith("d") && !name.equals("declined") ? 1 : Long.MAX_VALUE);
        most.put("breakersOpen", 1);
        assertThat(hostile(most).ended()).isEqualTo(4 * Traffic.TOTAL_MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "many", "4111111111111111111111"})
    void shouldRefuseWhatIsNoNumber(String text) {
        assertThatThrownBy(() -> with("requests", text))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining(text);
    }

    @Test
    void shouldRefuseWhatFitsNoNumberAndWhatIsMissing() {
        for (Object value : new Object[] {Double.POSITIVE_INFINITY, 1e300, new int[] {1}, Map.of("a", 1)}) {
            assertThatThrownBy(() -> with("requests", value)).as("" + value).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> with("destinations", 1L << 40)).isInstanceOf(IOException.class);
        Map<String, Object> fewer = fields();
        fewer.remove("requests");
        assertThatThrownBy(() -> hostile(fewer)).isInstanceOf(IOException.class);
    }

    @Test
    void shouldKnowANewRunOfTheGearsByWhatFell() {
        assertThat(SOME.follows(SOME)).isTrue();
        assertThat(SOME.follows(Traffic.NONE)).isTrue();
        assertThat(Traffic.NONE.follows(SOME)).isFalse();
        assertThat(new Traffic(60_001, 901, 800, 70, 9, 0, 2, null, null, 4, 4, 0).follows(SOME))
                .isFalse();
    }
}
