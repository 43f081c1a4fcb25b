package io.fluxrig.mixer.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Heartbeat;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rack may say of itself. */
class HeartbeatWordsTest {
    @TempDir
    private Path folder;

    private RacksOfATest racks;

    @BeforeEach
    void open() throws Exception {
        racks = new RacksOfATest(folder);
        racks.hello("east", "one");
    }

    @AfterEach
    void close() {
        racks.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "under_way",
                "kept",
                "changed",
                "unchanged",
                "refused",
                "bad_config",
                "rolled_back",
                "unproven",
                "stuck"
            })
    void shouldTakeWhatARackSaysOfAnActivation(String outcome) throws Exception {
        racks.heartbeat("east", "running", "pay", "1.0.0", outcome);

        assertThat(racks.heard).extracting(Heartbeat::outcome).containsExactly(outcome);
    }

    /** The registry's own words have the rights of earlier scenarios given back. */
    @ParameterizedTest
    @ValueSource(strings = {"superseded", "waiting", "damaged", "none", "anything"})
    void shouldDropAnOutcomeThatNoRackSays(String outcome) throws Exception {
        racks.heartbeat("east", "running", "pay", "1.0.0", outcome);

        assertThat(racks.heard).isEmpty();
        assertThat(racks.fleet.presence("east")).isNull();
        assertThat(racks.enrolment.dropped()).isEqualTo(1);
    }

    @Test
    void shouldShowNoWordThatATerminalObeys() throws Exception {
        racks.heartbeat("east", "\u001b[2Jrunning", "pay\u009b2J", "1\u0007", "changed");

        Heartbeat said = racks.fleet.presence("east").last();
        assertThat(said.state()).isEqualTo("?[2Jrunning");
        assertThat(said.scenario()).isEqualTo("pay?2J");
        assertThat(said.scenarioVersion()).isEqualTo("1?");
    }
}
