package io.fluxrig.engine.scenario;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.util.Map;

/**
 * Any bytes as a scenario: faults or a scenario, never an exception. Runs its seeds in the tests; with
 * {@code JAZZER_FUZZ=1 mvn test -Dtest=ScenarioLoaderFuzzTest} it searches.
 */
class ScenarioLoaderFuzzTest {
    private final ScenarioLoader loader = new ScenarioLoader(TestGears.catalog(), Map.of("A", "${A}", "N", "4")::get);

    @FuzzTest(maxDuration = "30s")
    void shouldNotThrowOnAnyBytes(byte[] yaml) {
        ScenarioLoad load = loader.load(Path.of("fuzz.yaml"), yaml);
        if (load.ok() != load.errors().isEmpty()) {
            throw new AssertionError("scenario=" + load.ok() + " errors=" + load.errors());
        }
    }
}
