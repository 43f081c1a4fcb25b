package io.fluxrig.mixer.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.mixer.registry.CountedRegistry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.ScenarioEntry;
import io.fluxrig.mixer.spec.Specs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is milliseconds away must not be asked about each of many racks while the desk, and the lease, waits. */
class ManyRacksTest {
    private static final List<String> RACKS =
            IntStream.range(0, 200).mapToObj(i -> "rack-" + i).toList();
    private static final int QUESTIONS_MAX = 40;

    @TempDir
    private Path folder;

    private CountedRegistry counted;
    private Registry registry;
    private ScenarioVersions versions;
    private Scenarios scenarios;

    @BeforeEach
    void open() throws Exception {
        counted = CountedRegistry.open(folder.resolve("registry.duckdb"));
        registry = counted.registry();
        ArtefactStore store = new ArtefactStore(folder.resolve("artefacts"), InstantSource.system());
        Specs specs = new Specs(store, false, registry, InstantSource.system());
        versions = new ScenarioVersions(registry, store, specs, () -> 0, InstantSource.system());
        scenarios = new Scenarios(
                registry,
                versions,
                new LineOfATest(),
                new LoginsOfATest(),
                1,
                InstantSource.system(),
                () -> 0,
                damaged -> {});
        registry.together(() -> RACKS.forEach(name -> {
            byte[] key = name.getBytes(StandardCharsets.UTF_8);
            registry.put(new RackEntry(name, key, key, Standing.ACTIVE, "h", "1", 1, 1, "operator", 1, 9));
        }));
        ran("1.0.0");
        ran("1.1.0");
        registry.lead("mixer", 1, () -> true);
        counted.asked();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private void ran(String version) throws Exception {
        String yaml = "meta: { name: pay, version: " + version + " }\ngears: [ { name: a, type: x } ]\nwires: []\n";
        ScenarioEntry pay = versions.add(
                ScenarioBundle.of("pay.yaml", Map.of("pay.yaml", yaml.getBytes(StandardCharsets.UTF_8))), "test");
        scenarios.activate(pay, RACKS, false, "test");
        registry.together(
                () -> RACKS.forEach(name -> registry.ended(registry.wanted(name).ended("changed", "", 9))));
    }

    @Test
    void shouldFindTheWayBackOfManyRacksByFewQuestions() throws Exception {
        assertThat(scenarios.wayBack("pay", List.of())).hasSize(1).allSatisfy((version, racks) -> {
            assertThat(version.version()).isEqualTo("1.0.0");
            assertThat(racks).hasSameElementsAs(RACKS);
        });
        assertThat(counted.asked()).isLessThan(QUESTIONS_MAX);
    }

    @Test
    void shouldKeepARollbackOfManyRacksByFewQuestions() throws Exception {
        scenarios.rollBack("pay", List.of(), false, "test");

        assertThat(counted.asked()).isLessThan(QUESTIONS_MAX);
        assertThat(registry.wanted("rack-199").version()).isEqualTo("1.0.0");
    }

    @Test
    void shouldDoSoWhereTheRacksAreNamed() throws Exception {
        registry.readAhead();
        counted.asked();

        scenarios.rollBack("pay", RACKS, false, "test");

        assertThat(counted.asked()).isLessThan(QUESTIONS_MAX);
    }
}
