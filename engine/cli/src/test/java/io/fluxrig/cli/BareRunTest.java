package io.fluxrig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BareRunTest {
    @ParameterizedTest
    @ValueSource(strings = {"config/scenarios/payment-switch.yaml", "/a/b.yaml", "my scenario.yaml"})
    void shouldNeedNoParserForAFile(String file) {
        assertThat(Fluxrig.isBareRun("run", file)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "@arguments", "", "no\0path"})
    void shouldLeaveWhatIsNoFileToTheParser(String argument) {
        assertThat(Fluxrig.isBareRun("run", argument)).isFalse();
    }

    @Test
    void shouldLeaveOtherCommandsAndOptionsToTheParser() {
        assertThat(Fluxrig.isBareRun("check", "some.yaml")).isFalse();
        assertThat(Fluxrig.isBareRun("run")).isFalse();
        assertThat(Fluxrig.isBareRun("run", "some.yaml", "--set=rack.strips=2")).isFalse();
    }
}
