package io.fluxrig.engine.gears;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioFilesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payment-switch.yaml",
                "issuer-scheme-a.yaml",
                "issuer-scheme-b.yaml",
                "two-racks.yaml",
                "two-regions.yaml"
            })
    void shouldLoadWithoutErrorOrWarning(String name) {
        ScenarioLoad load =
                new ScenarioLoader(GearCatalog.installed(), unset -> null).load(TestPlans.SCENARIOS.resolve(name));

        assertThat(load.faults()).isEmpty();
        assertThat(load.ok()).isTrue();
    }
}
