package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.ScenarioEntry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why racks are as they are, by what they say and what is kept of them. */
class ReasonsTest {
    @TempDir
    private Path folder;

    private Registry registry;
    private Reasons reasons;

    @BeforeEach
    void open() {
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        reasons = new Reasons(registry, null);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private void kept(String version) {
        registry.add(
                new ScenarioEntry("pay", version, "hash", 1, 1),
                AuditEntry.of(1, "test", "scenario.import", "pay", ""));
    }

    private static final Heartbeat RUNS_PAY = said("pay", "1.0.0", "");

    private static Heartbeat said(String scenario, String version, String reason) {
        return new Heartbeat(
                "east", "1", "running", reason, scenario, version, "", 0, 0, "", "", 1, 1, 0, "", true, null, 1);
    }

    private static ActivationEntry wanted(String version, String outcome) {
        return new ActivationEntry(7, "east", "pay", version, "hash", false, 1, outcome, "", 9);
    }

    @Test
    void shouldSayThatNobodyHasARackRunWhatItRunsAndWhatToType() {
        assertThat(reasons.of(RUNS_PAY, "", null))
                .isEqualTo(
                        "runs pay 1.0.0, which the mixer does not have, and no activation has it do so: NATS lets it use no"
                                + " wire between racks; import it again (fluxrig scenario import FILE), then fluxrig scenario activate"
                                + " pay 1.0.0 --rack east");
        kept("1.0.0");
        assertThat(reasons.of(RUNS_PAY, "", null))
                .isEqualTo("runs pay 1.0.0, and no activation has it do so: NATS lets it use no wire between racks;"
                        + " type: fluxrig scenario activate pay 1.0.0 --rack east");
    }

    @Test
    void shouldSayThatARackRunsOtherThanWhatItSaidThatItChangedTo() {
        assertThat(reasons.of(said("pay", "1.4.0", ""), "", wanted("1.1.0", "changed")))
                .as("a registry of before that was imported")
                .isEqualTo(
                        "runs pay 1.4.0, which the mixer does not have, and is to run pay 1.1.0; to keep it: import it again"
                                + " (fluxrig scenario import FILE), then fluxrig scenario activate pay 1.4.0 --rack east; for the"
                                + " other: fluxrig scenario activate pay 1.1.0 --rack east");
        kept("1.4.0");
        assertThat(reasons.of(said("pay", "1.4.0", "a wire takes nothing"), "", wanted("1.1.0", "changed")))
                .isEqualTo(
                        "a wire takes nothing; runs pay 1.4.0, and is to run pay 1.1.0; to keep it: fluxrig scenario activate"
                                + " pay 1.4.0 --rack east; for the other: fluxrig scenario activate pay 1.1.0 --rack east");
    }

    @Test
    void shouldAddNothingToARackThatRunsWhatItShouldOrRefusedTheNext() {
        assertThat(reasons.of(RUNS_PAY, "", wanted("1.0.0", "changed"))).isEmpty();
        assertThat(reasons.of(RUNS_PAY, "", wanted("1.1.0", "refused"))).isEmpty();
        assertThat(reasons.of(RUNS_PAY, "it was copied", wanted("1.0.0", "unchanged")))
                .isEqualTo("it was copied");
    }

    @Test
    void shouldSayWhoHoldsARackSinceWhenAndWhatEndsThat() {
        assertThat(reasons.of(said("", "", "drain"), "", null))
                .as("its line is lost")
                .isEqualTo("drain; to end that: fluxrig admin racks resume east");
        registry.audit("api ana 10.0.0.7", "rack.drain", "east", "", 1_000);
        registry.audit("api bob 10.0.0.8", "rack.drain", "east", "", 2_000);
        registry.audit("api eve 10.0.0.9", "rack.drain", "west", "", 3_000);
        registry.audit("api eve 10.0.0.9", "rack.suspend", "east", "", 4_000);

        assertThat(reasons.of(said("", "", "drain"), "", null))
                .isEqualTo(
                        "drain by api bob 10.0.0.8 at 1970-01-01T00:00:02Z; to end that: fluxrig admin racks resume east");
        assertThat(reasons.of(said("", "", "suspended"), "", null))
                .isEqualTo(
                        "suspended by api eve 10.0.0.9 at 1970-01-01T00:00:04Z; to end that: fluxrig admin racks activate"
                                + " east");
    }

    @Test
    void shouldNotSayThatARackIsHeldByAnOrderThatFailed() {
        registry.audit("api ana 10.0.0.7", "rack.kill", "east", "", 1_000);
        registry.audit("api ana 10.0.0.7", "rack.kill.done", "east", "", 1_001);
        registry.audit("api bob 10.0.0.8", "rack.kill", "east", "", 2_000);
        registry.audit("api bob 10.0.0.8", "rack.kill.failed", "east", "held already", 2_001);

        assertThat(reasons.of(said("", "", "kill"), "", null)).startsWith("kill by api ana 10.0.0.7 at");

        registry.audit("api bob 10.0.0.8", "rack.kill", "east", "", 3_000);
        assertThat(reasons.of(said("", "", "kill"), "", null))
                .as("under way")
                .startsWith("kill by api bob 10.0.0.8 at 1970-01-01T00:00:03Z");
        registry.audit("api bob 10.0.0.8", "rack.kill.unanswered", "east", "", 3_001);
        assertThat(reasons.of(said("", "", "kill"), "", null))
                .as("it may be")
                .startsWith("kill by api bob 10.0.0.8 at 1970-01-01T00:00:03Z");
    }
}
