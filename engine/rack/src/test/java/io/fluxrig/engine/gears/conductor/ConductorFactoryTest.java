package io.fluxrig.engine.gears.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConductorFactoryTest {
    @TempDir
    private Path folder;

    @Test
    void shouldAcceptEveryKindOfCondition() throws IOException {
        Files.writeString(folder.resolve("bins.csv"), "4,scheme-a\n5,scheme-b\n");

        assertThat(errors("""
                correlation_key: [iso8583.mti_class, stan, iso8583.field.41]
                park_fields: iso8583.field.62
                routes:
                  - { match: { field: [card.pan, card.track2], table: bins.csv, value: scheme-a }, destination: out_a }
                  - { match: { field: card.pan, table: bins.csv }, destination: { round_robin: [out_a, out_b] } }
                  - match: { field: card.pan, range: [510000-559999, 222100-272099] }
                    also: [ { field: processing_code, set: ["000000", "010000"] } ]
                    destination: out_b
                    timeout: 2s
                  - { match: { field: iso8583.mti, regex: "04\\\\d\\\\d" }, destination: out_b }
                  - { destination: { failover: [out_a, { least_loaded: [out_b, out_c] }] } }
                """)).isEmpty();
    }

    @Test
    void shouldKeepTicketsOnTheDiskAsAskedFor() throws IOException {
        assertThat(errors(ticketsIn("{ store: local_durable }"))).isEmpty();
        assertThat(errors(ticketsIn("{ store: local_durable, sync: group }"))).isEmpty();
        assertThat(errors(ticketsIn("{ store: memory, sync: group }"))).containsExactly("7 valet.sync");
        assertThat(errors(ticketsIn("{ store: shared }"))).isEmpty();
        assertThat(errors(ticketsIn("{ store: shared, sync: os }"))).containsExactly("7 valet.sync");
        assertThat(errors(ticketsIn("{ store: shared, retain_after_close: 1s }")))
                .containsExactly("7 valet.retain_after_close");
        assertThat(errors(ticketsIn("{ store: shared, share_wait: 8s }"))).containsExactly("7 valet.share_wait");
        assertThat(errors(ticketsIn("{ store: memory, unshared: send, share_wait: 1s }")))
                .containsExactly("7 valet.unshared", "7 valet.share_wait");
    }

    private static String ticketsIn(String valet) {
        return "correlation_key: [stan]\nvalet: " + valet + "\nroutes: [ { destination: out_a } ]\n";
    }

    @Test
    void shouldReportEveryFaultWithItsLine() throws IOException {
        Files.writeString(folder.resolve("bad.csv"), "4,a\n42,b\n");

        assertThat(errors("""
                correlation_key: [stan, "iso8583.field.999"]
                valet: { store: memory, sync: os, default_ttl: 2h }
                breaker: { cooldown: 0s }
                routes:
                  - { name: x, match: { field: card.pan, prefix: "4", set: ["5"] }, destination: out_a }
                  - { name: x, match: { prefix: "4" }, destination: out_response }
                  - { match: { field: card.pan, range: "5-44" }, destination: { any: [out_a] } }
                  - { match: { field: card.pan, regex: "(" }, destination: sideways }
                  - { match: { field: card.pan, table: bad.csv }, destination: out_a, timeout: 0s }
                  - { match: { field: card.pan, value: a }, destination: out_a }
                """))
                .containsExactly(
                        "6 correlation_key",
                        "7 valet.sync",
                        "7 valet.default_ttl",
                        "8 breaker.cooldown",
                        "10 routes[0].match",
                        "11 routes[1].name",
                        "11 routes[1].match.field",
                        "11 routes[1].destination",
                        "12 routes[2].match.range",
                        "12 routes[2].destination",
                        "13 routes[3].match.regex",
                        "13 routes[3].destination",
                        "14 routes[4].match.table",
                        "14 routes[4].timeout",
                        "15 routes[5].match",
                        "15 routes[5].match.value");
    }

    @Test
    void shouldNeedAKeyAndARoute() {
        assertThat(errors("routes: []")).containsExactly("6 correlation_key");
        assertThat(errors("correlation_key: []\nroutes: []")).containsExactly("6 correlation_key", "7 routes");
    }

    @Test
    void shouldNotKnowAValueThatNoRangeHas() throws IOException {
        Files.writeString(folder.resolve("bins.csv"), "4,scheme-a\n");

        assertThat(errors("""
                correlation_key: stan
                routes:
                  - { match: { field: card.pan, table: bins.csv, value: scheme-z }, destination: out_a }
                """)).containsExactly("8 routes[0].match.value");
    }

    @Test
    void shouldReportHostsThatCannotBeMeant() {
        assertThat(errors("""
                correlation_key: stan
                hosts:
                  - { name: a, destinations: [out_a, out_b] }
                  - { name: a, destinations: [out_c, out_x] }
                  - { name: b, destinations: [out_c, out_d] }
                  - { name: c, destinations: out_e }
                routes:
                  - { destination: { failover: [out_a, out_b, out_c, out_d, out_e] } }
                """))
                .containsExactly(
                        "9 hosts[1].name",
                        "9 hosts[1].destinations",
                        "10 hosts[2].destinations",
                        "11 hosts[3].destinations");
    }

    @Test
    void shouldWarnOfARouteThatIsNeverReached() {
        ScenarioLoad load = load("""
                correlation_key: stan
                routes:
                  - { destination: out_a }
                  - { match: { field: card.pan, prefix: "4" }, destination: out_b }
                """);

        assertThat(load.warnings())
                .extracting(fault -> fault.toString())
                .anyMatch(text -> text.contains("routes[1]") && text.contains("never reached"));
    }

    @Test
    void shouldNameTheOutputsThatRoutesUse() {
        ScenarioLoad load = load("""
                correlation_key: stan
                routes:
                  - { destination: { failover: [out_a, { least_loaded: [out_b, out_c] }] } }
                """);

        assertThat(new ConductorFactory()
                        .outputsUsed(load.scenario().gears().get(0).config()))
                .isEqualTo(Set.of("out_a", "out_b", "out_c"));
    }

    private List<String> errors(String config) {
        return load(config).errors().stream()
                .map(fault -> fault.place().line() + " " + fault.key().replace("gears[0].config.", ""))
                .toList();
    }

    private ScenarioLoad load(String config) {
        String yaml = "meta: { name: s, version: 1.0.0 }\ngears:\n  - name: switch\n    type: conductor\n    config:\n"
                + config.indent(6) + "wires: []\n";
        return new ScenarioLoader(GearCatalog.of(List.of(new ConductorFactory())), name -> null)
                .load(folder.resolve("s.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
    }
}
