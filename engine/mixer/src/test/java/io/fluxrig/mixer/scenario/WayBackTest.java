package io.fluxrig.mixer.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.ScenarioEntry;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rack goes back to, by what came of its activations. */
class WayBackTest {
    @TempDir
    private Path folder;

    private Registry registry;
    private ScenarioVersions versions;
    private WayBack back;
    private ScenarioEntry host;
    private ScenarioEntry pay;
    private ScenarioEntry next;

    @BeforeEach
    void open() throws Exception {
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        ArtefactStore store = new ArtefactStore(folder.resolve("artefacts"), InstantSource.system());
        versions = new ScenarioVersions(
                registry,
                store,
                new Specs(store, false, registry, InstantSource.system()),
                () -> 0,
                InstantSource.system());
        back = new WayBack(registry, versions);
        host = version("host", "1.0.0");
        pay = version("pay", "1.0.0");
        next = version("pay", "1.1.0");
        for (String name : List.of("east", "west")) {
            byte[] key = name.getBytes(StandardCharsets.UTF_8);
            registry.put(new RackEntry(name, key, key, Standing.ACTIVE, "h", "1", 1, 1, "operator", 1, 9));
        }
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private ScenarioEntry version(String name, String number) throws RefusedException {
        String yaml =
                "meta: { name: " + name + ", version: " + number + " }\ngears: [ { name: a, type: x } ]\nwires: []\n";
        return versions.add(
                ScenarioBundle.of("s.yaml", Map.of("s.yaml", yaml.getBytes(StandardCharsets.UTF_8))), "test");
    }

    private void came(String rack, ScenarioEntry scenario, String outcome) {
        registry.activate(
                scenario, List.of(rack), false, 1, id -> AuditEntry.of(1, "test", "scenario.activate", rack, ""));
        registry.ended(registry.wanted(rack).ended(outcome, "", 2));
    }

    @Test
    void shouldGoBackToTheVersionBefore() throws Exception {
        came("east", pay, "changed");
        came("east", next, "changed");

        assertThat(back.of("pay", List.of())).containsExactly(Map.entry(pay, List.of("east")));
    }

    /** It "went back" to what ran, and said that it had; a script that rolls back whenever an activation fails must not leave what runs. */
    @ParameterizedTest
    @ValueSource(strings = {"refused", "bad_config", "rolled_back", "unproven"})
    void shouldRefuseWhereWhatCameLastCameToNothingAndSayHowToLeaveWhatRuns(String outcome) throws Exception {
        ScenarioEntry bad = version("pay", "1.2.0");
        for (String rack : List.of("east", "west")) {
            came(rack, pay, "changed");
            came(rack, next, "changed");
            came(rack, next, "unchanged");
            came(rack, bad, outcome);
        }

        assertThatThrownBy(() -> back.of("pay", List.of()))
                .hasMessage(
                        "there is nothing to roll back: pay 1.2.0 (" + outcome + ") came to nothing on east and west,"
                                + " and what ran before runs on; nothing is changed. To leave that, too:"
                                + " fluxrig scenario activate pay 1.0.0 --rack east --rack west");
        assertThatThrownBy(() -> back.of("pay", List.of("east")))
                .hasMessageEndingWith("activate pay 1.0.0 --rack east");

        came("east", pay, "changed");
        assertThat(back.of("pay", List.of("east"))).containsExactly(Map.entry(next, List.of("east")));
    }

    @Test
    void shouldSayWhatToTypeWhereItRanNothingElseEither() throws Exception {
        came("east", pay, "changed");
        came("east", next, "refused");

        assertThatThrownBy(() -> back.of("pay", List.of("east")))
                .hasMessageStartingWith("there is nothing to roll back: pay 1.1.0 (refused) came to nothing on east")
                .hasMessageEndingWith("fluxrig scenario activate pay VERSION");
    }

    /** Those that refused what the others run have no need to go anywhere. */
    @Test
    void shouldBringRacksTogetherWhereSomeRefusedWhatOthersRun() throws Exception {
        for (String rack : List.of("east", "west")) {
            came(rack, pay, "changed");
            came(rack, next, "changed");
        }
        ScenarioEntry bad = version("pay", "1.2.0");
        came("east", bad, "changed");
        came("west", bad, "refused");

        assertThat(back.of("pay", List.of())).containsExactly(Map.entry(next, List.of("east", "west")));
        assertThat(back.of("pay", List.of("west", "east")))
                .as("named, too")
                .containsExactly(Map.entry(next, List.of("west", "east")));
        assertThatThrownBy(() -> back.of("pay", List.of("west")))
                .hasMessageStartingWith("there is nothing to roll back");

        came("east", version("pay", "1.3.0"), "refused");
        came("west", bad, "changed");
        assertThat(back.of("pay", List.of()))
                .as("both run 1.2.0")
                .containsExactly(Map.entry(next, List.of("east", "west")));
    }

    @Test
    void shouldBringRacksTogetherWhereOneThatRefusedRanNothingElse() throws Exception {
        came("east", pay, "changed");
        came("east", next, "changed");
        came("west", pay, "changed");
        came("west", next, "refused");

        assertThat(back.of("pay", List.of())).containsExactly(Map.entry(pay, List.of("east", "west")));
    }

    /** Its rack was sent what it ran already, which an operator who had named the other scenario had not asked for. */
    @Test
    void shouldRefuseForARackThatRunsAnotherScenarioAndSayWhich() throws Exception {
        came("east", host, "changed");
        came("east", next, "rolled_back");
        came("west", pay, "changed");
        came("west", next, "changed");

        assertThatThrownBy(() -> back.of("pay", List.of("east")))
                .isInstanceOf(RefusedException.class)
                .hasMessage(
                        "rack 'east' does not run pay: pay 1.1.0 came to nothing there (rolled_back), and it runs host"
                                + " 1.0.0");
        assertThat(back.of("pay", List.of())).as("of all that run it").containsExactly(Map.entry(pay, List.of("west")));
    }

    @Test
    void shouldSayWhatARackIsToRunThatIsToRunSomethingElse() {
        came("east", host, "changed");

        assertThatThrownBy(() -> back.of("pay", List.of("east")))
                .hasMessage("rack 'east' is not to run pay now, but host 1.0.0");
        assertThatThrownBy(() -> back.of("pay", List.of("west")))
                .hasMessage("rack 'west' is not to run pay now, but nothing");
    }

    /** East was given what west had thrown out, and west what nobody had asked for. */
    @Test
    void shouldRefuseToPullRacksApartOrToRunAgainWhatWentBackOnOne() throws Exception {
        ScenarioEntry bad = version("pay", "1.2.0");
        for (String rack : List.of("east", "west")) {
            came(rack, pay, "changed");
            came(rack, next, "changed");
        }
        came("east", bad, "changed");
        came("west", bad, "rolled_back");

        assertThat(back.of("pay", List.of())).containsExactly(Map.entry(next, List.of("east", "west")));
        came("east", next, "changed");
        came("west", next, "unchanged");

        String wentBack = "pay 1.2.0 went back by itself on west; nothing is changed. It would be ";
        assertThatThrownBy(() -> back.of("pay", List.of()))
                .hasMessage(
                        wentBack + "east to pay 1.2.0, west to pay 1.0.0. To have it run all the same: fluxrig scenario"
                                + " activate pay 1.2.0 --rack east");
        assertThatThrownBy(() -> back.of("pay", List.of("east")))
                .as("named, too")
                .hasMessageStartingWith(wentBack);

        came("west", bad, "changed");
        came("west", next, "changed");
        assertThat(back.of("pay", List.of())).containsExactly(Map.entry(bad, List.of("east", "west")));
    }

    @Test
    void shouldHaveRacksNamedThatAreToRunDifferentVersions() throws Exception {
        came("east", pay, "changed");
        came("west", next, "changed");
        came("east", version("pay", "1.2.0"), "changed");
        came("west", version("pay", "1.2.0"), "changed");

        assertThatThrownBy(() -> back.of("pay", List.of()))
                .hasMessage(
                        "racks would come to run different versions: east to pay 1.0.0, west to pay 1.1.0; nothing is"
                                + " changed. To have it so, name them: fluxrig scenario rollback pay --rack east --rack west; for one"
                                + " version on all: fluxrig scenario activate pay VERSION");
        assertThat(back.of("pay", List.of("east", "west")))
                .containsEntry(pay, List.of("east"))
                .containsEntry(next, List.of("west"));
    }

    @Test
    void shouldSayWhichCanGoBackWhereOneCannot() throws Exception {
        came("east", pay, "changed");
        came("east", next, "changed");
        came("west", next, "changed");

        assertThatThrownBy(() -> back.of("pay", List.of()))
                .hasMessage(
                        "rack west ran no other version well before; nothing is changed. Roll back east to pay 1.0.0:"
                                + " fluxrig scenario rollback pay --rack east; or all of them: fluxrig scenario activate pay 1.0.0");
        assertThatThrownBy(() -> back.of("pay", List.of("west")))
                .hasMessage(
                        "rack west ran no other version well before; nothing is changed. Say what is to run: fluxrig"
                                + " scenario activate pay VERSION");
    }

    /** After a night of a pipeline that activated a bad version there was no way back. */
    @Test
    void shouldGoBackHoweverOftenSomethingCameToNothingSince() throws Exception {
        came("east", pay, "changed");
        for (int i = 0; i < 101; i++) {
            came("east", next, "refused");
        }
        came("east", version("pay", "1.0.1"), "changed");
        came("west", host, "changed");
        for (int i = 0; i < 101; i++) {
            came("west", next, "refused");
        }

        assertThat(back.of("pay", List.of())).containsExactly(Map.entry(pay, List.of("east")));
        assertThatThrownBy(() -> back.of("pay", List.of("west"))).hasMessageEndingWith("and it runs host 1.0.0");
    }

    /** What it tried when the next activation came it may be running. */
    @Test
    void shouldGoBackWhereNobodyKnowsWhatTheRackRuns() throws Exception {
        came("east", host, "changed");
        came("east", pay, "superseded");
        came("east", next, "refused");

        assertThat(back.of("pay", List.of("east"))).containsExactly(Map.entry(host, List.of("east")));
    }
}
