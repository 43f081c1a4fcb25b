package io.fluxrig.mixer.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.artefact.Artefact;
import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.mixer.bus.WireRights;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.DuckRegistry;
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

class WireGrantsTest {
    @TempDir
    private Path folder;

    private Registry registry;
    private CountedArtefacts store;
    private WireGrants grants;

    @BeforeEach
    void open() {
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        store = new CountedArtefacts(new ArtefactStore(folder.resolve("artefacts"), InstantSource.system()));
        Specs specs = new Specs(store, false, registry, InstantSource.system());
        grants = new WireGrants(
                registry,
                new ScenarioVersions(registry, store, specs, () -> 0, InstantSource.system()),
                new LoginsOfATest());
    }

    @AfterEach
    void close() {
        registry.close();
    }

    /** With a wire from east to west. */
    private void activate(String version, String... racks) throws Exception {
        String yaml = "meta: { name: pay, version: " + version + " }\nracks: [ { name: east }, { name: west } ]\n"
                + "gears: [ { name: a, type: x, deploy: east }, { name: b, type: x, deploy: west } ]\n"
                + "wires: [ { from: a.out, to: b.in" + version.substring(0, 1) + " } ]\n";
        byte[] bundle = ScenarioBundle.of("pay.yaml", Map.of("pay.yaml", yaml.getBytes(StandardCharsets.UTF_8)))
                .write();
        Artefact kept = store.add(Specs.SCENARIO + "pay", version, bundle);
        registry.activate(
                new ScenarioEntry("pay", version, kept.hash(), bundle.length, 1),
                List.of(racks),
                false,
                5,
                id -> AuditEntry.of(5, "test", "scenario.activate", "pay", ""));
    }

    @Test
    void shouldReadABundleOnceForAllItsRacks() throws Exception {
        activate("1.0.0", "east", "west");

        for (int i = 0; i < 3; i++) {
            assertThat(grants.of("east").sends()).containsExactly("flux.msg.west.b.in1");
            assertThat(grants.of("west").receives()).containsExactly("flux.msg.west.b.in1");
        }

        assertThat(store.read).isEqualTo(1);
    }

    @Test
    void shouldTellVersionsApart() throws Exception {
        activate("1.0.0", "east");
        assertThat(grants.of("east").sends()).containsExactly("flux.msg.west.b.in1");

        activate("2.0.0", "east");

        assertThat(grants.of("east").sends()).contains("flux.msg.west.b.in2");
    }

    @Test
    void shouldRememberNoMoreThanItMay() throws Exception {
        for (int i = 0; i <= WireGrants.KNOWN_MAX; i++) {
            activate("1.0." + i, "east");
            grants.of(registry.wanted("east"));
        }
        int once = store.read;
        grants.of(registry.wanted("east"));
        assertThat(store.read).as("the last one is known").isEqualTo(once);

        activate("1.0.0", "east");
        grants.of(registry.wanted("east"));

        assertThat(store.read).as("the first one is not").isEqualTo(once + 1);
    }

    @Test
    void shouldLookAgainForABundleThatWasNotThere() throws Exception {
        activate("1.0.0", "east");
        store.away = true;
        assertThat(grants.of("east")).isEqualTo(WireRights.NONE);

        store.away = false;

        assertThat(grants.of("east").sends()).isNotEmpty();
    }

    @Test
    void shouldSayThatItCannotBeToldWhileABundleCannotBeRead() throws Exception {
        activate("1.0.0", "east");
        store.broken = true;

        assertThatThrownBy(() -> grants.of("east")).isInstanceOf(ArtefactException.class);

        store.broken = false;
        assertThat(grants.of("east").sends()).isNotEmpty();
    }

    /** A rack had no wires any more in the morning where a pipeline had activated a bad version all night. */
    @Test
    void shouldKnowWhatARackRunsHoweverOftenItRefusedSomethingSince() throws Exception {
        activate("1.0.0", "east");
        registry.ended(registry.wanted("east").ended("changed", "", 6));
        activate("2.0.0", "east");
        registry.ended(registry.wanted("east").ended("rolled_back", "", 6));
        for (int i = 0; i <= WireGrants.SINCE_MAX; i++) {
            activate("3.0.0", "east");
            registry.ended(registry.wanted("east").ended("refused", "", 6));
        }

        assertThat(grants.of("east").sends())
                .containsExactlyInAnyOrder("flux.msg.west.b.in1", "flux.msg.west.b.in2", "flux.msg.west.b.in3");
    }

    @Test
    void shouldLetARackDoWhatRanWellHoweverManyBundlesItWasSentSince() throws Exception {
        activate("1.0.0", "east");
        registry.ended(registry.wanted("east").ended("changed", "", 6));
        for (int i = 0; i <= WireGrants.SINCE_MAX; i++) {
            activate("2.0." + i, "east");
        }

        assertThat(grants.of("east").sends()).contains("flux.msg.west.b.in1", "flux.msg.west.b.in2");
    }

    /** It may have been sent before it was damaged: a rack lost the rights of what it was just starting. */
    @Test
    void shouldLetARackDoWhatIsDamagedUntilItRunsAnother() throws Exception {
        activate("1.0.0", "east");
        grants.of("east");
        registry.ended(registry.wanted("east").ended(ActivationEntry.DAMAGED, "", 6));

        activate("2.0.0", "east");

        assertThat(grants.of("east").sends()).contains("flux.msg.west.b.in1", "flux.msg.west.b.in2");
        registry.ended(registry.wanted("east").ended("changed", "", 7));
        assertThat(grants.of("east").sends()).containsExactly("flux.msg.west.b.in2");
    }
}
