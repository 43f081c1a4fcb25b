package io.fluxrig.mixer.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.spec.Specs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rack refuses wires to other racks without a key for them: it is sent none ahead of one. */
class RacksWithoutKeyTest {
    private static final String FAR = "[ { from: a.out, to: b.in } ]";

    @TempDir
    private Path folder;

    private final RackEntry east =
            new RackEntry("east", new byte[32], new byte[32], Standing.ACTIVE, "h", "1", 1, 1, "operator", 1, 9);
    private final LineOfATest line = new LineOfATest();
    private final LoginsOfATest logins = new LoginsOfATest();
    private Registry registry;
    private ScenarioVersions versions;
    private Scenarios scenarios;

    @BeforeEach
    void open() throws Exception {
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        registry.put(east);
        ArtefactStore store = new ArtefactStore(folder.resolve("artefacts"), InstantSource.system());
        Specs specs = new Specs(store, false, registry, InstantSource.system());
        versions = new ScenarioVersions(registry, store, specs, () -> 0, InstantSource.system());
        scenarios = new Scenarios(
                registry, versions, line, logins, 1_000_000_000, InstantSource.system(), () -> 0, ended -> {});
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private void activate(String wires) throws Exception {
        activate("1.0.0", wires);
    }

    private void activate(String version, String wires) throws Exception {
        String yaml = "meta: { name: pay, version: " + version + " }\nracks: [ { name: east }, { name: west } ]\n"
                + "gears: [ { name: a, type: x, deploy: east }, { name: b, type: x, deploy: west } ]\nwires: " + wires
                + "\n";
        ScenarioBundle bundle =
                ScenarioBundle.of("pay.yaml", Map.of("pay.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
        Rollouts.whole(scenarios.activate(versions.add(bundle, "test"), List.of("east"), false, "test"));
        logins.sent = 0;
    }

    /** While NATS is away. */
    private void activateUnsent(String version, String wires) throws Exception {
        line.connected = false;
        activate(version, wires);
        line.connected = true;
    }

    private void says(Boolean wireKey) {
        scenarios.heard(
                east,
                new Heartbeat("east", "1", "waiting", "", "", "", "", 0, 0, "", "", 1, 1, 0, "", wireKey, null, 1));
    }

    @Test
    void shouldHoldBackWiresBetweenRacksUntilThereIsAKeyAndSaySo() throws Exception {
        activate(FAR);

        says(false);
        assertThat(logins.sent).isZero();
        ActivationEntry wanted = registry.wanted("east");
        assertThat(wanted.outcome()).isEqualTo(ActivationEntry.WAITING);
        assertThat(wanted.text()).contains("once it has the key of wires between racks");

        says(true);
        assertThat(logins.sent).isEqualTo(1);
        assertThat(registry.wanted("east").text()).isEmpty();
    }

    /** What a rack says in words may quote what it was given, as the tail masks it too. */
    @Test
    void shouldKeepWhatARackSaysMaskedAndOnce() throws Exception {
        activate("[]");
        long id = registry.wanted("east").id();
        logins.all = 0;

        ends(id, "refused", "route 4111111111111111 is none");
        ends(id, "refused", "route 4111111111111111 is none");

        assertThat(registry.wanted("east").text()).startsWith("route ").doesNotContain("4111111111111111");
        assertThat(logins.all).as("it was news once").isEqualTo(1);
    }

    /** Refused for a full disk, where the rack could not write that down either, it ran long after, once there was space. */
    @Test
    void shouldNotSendAgainWhatARackRefusedThatHasForgottenSo() throws Exception {
        activateUnsent("1.0.0", "[]");
        ends(registry.wanted("east").id(), "refused", "no space left");
        logins.sent = 0;

        says(true);

        assertThat(logins.sent).isZero();
        assertThat(registry.wanted("east").outcome()).isEqualTo("refused");
    }

    private void ends(long activation, String outcome, String text) {
        scenarios.heard(
                east,
                new Heartbeat(
                        "east",
                        "1",
                        "running",
                        "",
                        "",
                        "",
                        "",
                        0,
                        activation,
                        outcome,
                        text,
                        1,
                        1,
                        0,
                        "",
                        true,
                        null,
                        1));
    }

    @Test
    void shouldSendARackOfBeforeWhatItWasSentBefore() throws Exception {
        activate(FAR);

        says(null);

        assertThat(logins.sent).isEqualTo(1);
    }

    @Test
    void shouldNotHoldBackWhatNeedsNoSuchKey() throws Exception {
        activateUnsent("1.0.0", "[]");

        says(false);

        assertThat(logins.sent).isEqualTo(1);
    }

    @Test
    void shouldNotSendAheadOfARacksFirstWord() throws Exception {
        activate(FAR);

        assertThat(logins.all).as("what it may do, and no scenario").isEqualTo(1);
    }

    @Test
    void shouldSendAtOnceWhereARackHasSaidThatItHasAKey() throws Exception {
        says(true);

        activate(FAR);

        assertThat(logins.all).as("what it may do, and the scenario").isEqualTo(2);
    }

    /** What it sent ahead of its rights a rack would try, be refused and go back from. */
    @Test
    void shouldHoldBackAScenarioOfWhichNatsServerCannotBeToldAndSaySo() throws Exception {
        logins.can = false;
        activate(FAR);

        says(true);
        assertThat(registry.wanted("east").text()).startsWith("nats-server cannot be told now what it may do there");
        assertThat(logins.sent).isEqualTo(1);

        logins.can = true;
        says(true);
        assertThat(logins.sent).as("at the next heartbeat").isEqualTo(2);
        assertThat(registry.wanted("east").text()).isEmpty();
    }

    /** It would wait for ever, and was said to wait for nats-server. */
    @Test
    void shouldSayWhatToDoAboutALoginThatNatsServerCannotTake() throws Exception {
        logins.can = false;
        logins.leftOut = true;
        says(true);

        activate(FAR);
        says(true);

        assertThat(registry.wanted("east").text())
                .startsWith("nats-server cannot take its login")
                .endsWith("fluxrig admin racks remove NAME");
    }

    /** It had the wires of what had ended its process, and not of what it ran again. */
    @Test
    void shouldLetARackDoWhatItRanBeforeOnceItSaysThatItDoesNotRunTheLastAnyMore() throws Exception {
        activate(FAR);
        long first = registry.wanted("east").id();
        ends(first, "changed", "runs");
        activateUnsent("2.0.0", "[ { from: a.out, to: b.more } ]");
        ends(registry.wanted("east").id(), "changed", "runs");
        assertThat(logins.last.get("east").sends()).containsExactly("flux.msg.west.b.more");

        ends(first, "changed", "runs");

        assertThat(logins.last.get("east").sends())
                .containsExactlyInAnyOrder("flux.msg.west.b.in", "flux.msg.west.b.more");
        ActivationEntry wanted = registry.wanted("east");
        assertThat(wanted.version()).isEqualTo("2.0.0");
        assertThat(wanted.outcome()).isEqualTo(ActivationEntry.WAITING);
        assertThat(wanted.text()).contains("its process ended", "sent once more");
        assertThat(wanted.endedMs()).isZero();

        ends(wanted.id(), "refused", "the rack's process ended twice");
        assertThat(logins.last.get("east").sends()).contains("flux.msg.west.b.in");
    }
}
