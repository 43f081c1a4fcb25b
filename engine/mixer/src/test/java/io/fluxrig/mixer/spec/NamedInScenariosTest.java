package io.fluxrig.mixer.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.ScenarioEntry;
import io.fluxrig.mixer.scenario.ScenarioVersions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs of the store that scenarios name. */
class NamedInScenariosTest {
    private static final byte[] OLD = bytes("old");
    private static final byte[] NEW = bytes("new");

    @TempDir
    Path folder;

    private Registry registry;
    private Specs specs;
    private ScenarioVersions scenarios;

    /** Bytes that NATS takes at most. */
    private long fits;

    @BeforeEach
    void open() throws Exception {
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        ArtefactStore store = new ArtefactStore(folder.resolve("artefacts"), InstantSource.system());
        specs = new Specs(store, false, registry, InstantSource.system());
        scenarios = new ScenarioVersions(registry, store, specs, () -> fits, InstantSource.system());
        specs.add("acme", "v1.0.0", OLD, "test");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ScenarioBundle naming(String reference) {
        return naming(reference, Map.of());
    }

    private static ScenarioBundle naming(String reference, Map<String, byte[]> more) {
        Map<String, byte[]> files = new HashMap<>(more);
        files.put("a/pay.yaml", bytes("""
                meta: { name: pay, version: 1.0.0 }
                gears: [ { name: read, type: codec_iso8583, config: { spec_path: "REFERENCE" } } ]
                """.replace("REFERENCE", reference)));
        return ScenarioBundle.of("a/pay.yaml", files);
    }

    private String shipped(ScenarioEntry scenario, byte[] content) throws Exception {
        String hash = ArtefactStore.hash(content);
        byte[] blob = scenarios
                .bundle(scenario)
                .files()
                .get("a/bundled-artefacts/blobs/" + hash.substring(0, 2) + "/" + hash.substring(2));
        return blob == null ? null : new String(blob, StandardCharsets.UTF_8);
    }

    @Test
    void shouldSendWhatAScenarioNames() throws Exception {
        ScenarioEntry kept = scenarios.add(naming("acme:v1.0.0"), "test");

        assertThat(shipped(kept, OLD)).isEqualTo("old");
        assertThat(scenarios.bundle(kept).files().get("a/bundled-artefacts/index.json"))
                .asString(StandardCharsets.UTF_8)
                .contains(ArtefactStore.hash(OLD));
        assertThat(registry.audit(Long.MAX_VALUE, 9))
                .extracting(AuditEntry::action, AuditEntry::detail)
                .contains(tuple("scenario.import", "sha256:" + kept.hash() + ", with acme:v1.0.0"));
    }

    @Test
    void shouldStayWithWhatTheNameStoodForThen() throws Exception {
        ScenarioEntry then = scenarios.add(naming("acme:latest"), "test");
        specs.add("acme", "v2.0.0", NEW, "test");

        ScenarioEntry again = scenarios.add(naming("acme:latest"), "test");

        assertThat(again).isEqualTo(then);
        assertThat(shipped(again, OLD)).isEqualTo("old");
        assertThat(shipped(again, NEW)).isNull();
    }

    @Test
    void shouldRefuseAScenarioThatNamesNothing() {
        assertThatThrownBy(() -> scenarios.add(naming("acme:v9.0.0"), "test"))
                .hasMessageContaining("spec_path acme:v9.0.0: no acme:v9.0.0 in the mixer's store");
        assertThatThrownBy(() -> scenarios.add(naming("scenario.pay:1.0.0"), "test"))
                .hasMessageContaining("nothing is named");
    }

    @ParameterizedTest
    @ValueSource(strings = {"moov:spec87ascii", "../specs/acme.yaml", "${SPEC:acme:v1.0.0}"})
    void shouldLeaveAloneWhatRacksOrFluxrigHave(String own) throws Exception {
        ScenarioBundle given = naming(own);

        assertThat(scenarios.add(given, "test").hash()).isEqualTo(ArtefactStore.hash(given.write()));
    }

    @Test
    void shouldRefuseWhatNatsWouldNotTakeAndSayWhatIsBigInIt() throws Exception {
        fits = 1 << 20;
        byte[] table = new byte[1_050_000];
        ScenarioBundle tooLong = naming("acme:v1.0.0", Map.of("a/bins.csv", table, "a/other.csv", new byte[7]));

        assertThatThrownBy(() -> scenarios.add(tooLong, "test"))
                .hasMessageMatching(
                        "NATS takes messages of 1048576 bytes at most, and pay 1\\.0\\.0 with its 5 files needs 105\\d{4} \\(the"
                                + " largest: a/bins\\.csv 1050000, a/bundled-artefacts/.*\\): raise max_payload of that NATS to 5MB, .*");
        assertThat(registry.scenario("pay", "1.0.0"))
                .as("its version is not taken")
                .isNull();

        fits = 2 << 20;
        assertThat(scenarios.add(tooLong, "test").bytes()).isGreaterThan(1_050_000);
        fits = 0;
        assertThat(scenarios.add(tooLong, "test")).as("while nobody knows").isNotNull();
    }

    @Test
    void shouldRefuseFilesInThePlaceOfWhatItPutsThere() {
        assertThatThrownBy(() -> scenarios.add(
                        naming("acme:v1.0.0", Map.of("a/bundled-artefacts/index.json", bytes("{}"))), "test"))
                .hasMessageContaining("the index in bundled-artefacts cannot be read: it has no format 1");
        assertThatThrownBy(() ->
                        scenarios.add(naming("acme:v1.0.0", Map.of("a/bundled-artefacts/mine", bytes("{}"))), "test"))
                .hasMessageContaining("bundled-artefacts has no index");
    }

    /** A version as another mixer had it, whose newest was the old one. */
    private ScenarioBundle exported(String reference) throws Exception {
        try (Registry other = DuckRegistry.open(folder.resolve("other.duckdb"))) {
            ArtefactStore store = new ArtefactStore(folder.resolve("other"), () -> Instant.EPOCH);
            store.add("acme", "v1.0.0", OLD);
            ScenarioVersions there = new ScenarioVersions(
                    other,
                    store,
                    new Specs(store, false, other, InstantSource.system()),
                    () -> 0,
                    InstantSource.system());
            return there.bundle(there.add(naming(reference), "test"));
        }
    }

    @Test
    void shouldKeepWhatNamesStoodForOnAnotherMixer() throws Exception {
        specs.add("acme", "v2.0.0", NEW, "test");
        ScenarioBundle exported = exported("acme:latest");

        ScenarioEntry kept = scenarios.add(exported, "test");

        assertThat(kept.hash()).isEqualTo(ArtefactStore.hash(exported.write()));
        assertThat(shipped(kept, OLD)).isEqualTo("old");
        assertThat(scenarios.add(exported, "test")).isEqualTo(kept);
    }

    @Test
    void shouldRefuseWhatStandsForAnotherHere() throws Exception {
        ScenarioBundle exported = exported("acme:v1.0.0");
        Map<String, byte[]> files = new HashMap<>(exported.files());
        String index = "a/bundled-artefacts/index.json";
        files.put(
                index,
                bytes(new String(files.get(index), StandardCharsets.UTF_8)
                        .replace(ArtefactStore.hash(OLD), ArtefactStore.hash(NEW))));

        assertThatThrownBy(() -> scenarios.add(ScenarioBundle.of(exported.main(), files), "test"))
                .hasMessageContaining("acme:v1.0.0 of bundled-artefacts is sha256:" + ArtefactStore.hash(NEW)
                        + ", and in the mixer's store it is sha256:" + ArtefactStore.hash(OLD));
        files.put(index, bytes(new String(files.get(index), StandardCharsets.UTF_8).replace("v1.0.0", "v3.0.0")));
        files.putAll(naming("acme:latest").files());
        assertThatThrownBy(() -> scenarios.add(ScenarioBundle.of(exported.main(), files), "test"))
                .hasMessageContaining("spec_path acme:latest: no acme:v3.0.0 in the mixer's store");
    }
}
