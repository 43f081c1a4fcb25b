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
import io.fluxrig.mixer.registry.ScenarioEntry;
import io.fluxrig.mixer.spec.Specs;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a rack is sent what it should run, and how often that is read. */
class ScenarioSenderTest {
    private static final long SECOND_NS = 1_000_000_000;
    private static final long AGAIN_NS = 30 * SECOND_NS;

    @TempDir
    private Path folder;

    private final RackEntry east =
            new RackEntry("east", new byte[32], new byte[32], Standing.ACTIVE, "h", "1", 1, 1, "operator", 1, 9);
    private final LineOfATest line = new LineOfATest();
    private final LoginsOfATest logins = new LoginsOfATest();
    /** Has no beginning of its own. */
    private long nowNs = -7 * SECOND_NS;

    private long nowMs = 3_600_000_000L;
    private final Map<String, Integer> asked = new HashMap<>();
    private Registry registry;
    private CountedArtefacts store;
    private ScenarioVersions versions;
    private Scenarios scenarios;

    @BeforeEach
    void open() {
        InstantSource clock = () -> Instant.ofEpochMilli(nowMs);
        Registry kept = DuckRegistry.open(folder.resolve("registry.duckdb"));
        registry = (Registry) Proxy.newProxyInstance(
                Registry.class.getClassLoader(), new Class<?>[] {Registry.class}, (proxy, what, with) -> {
                    asked.merge(what.getName(), 1, Integer::sum);
                    try {
                        return what.invoke(kept, with);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
        registry.put(east);
        store = new CountedArtefacts(new ArtefactStore(folder.resolve("artefacts"), clock));
        versions = new ScenarioVersions(registry, store, new Specs(store, false, registry, clock), () -> 0, clock);
        scenarios = new Scenarios(registry, versions, line, logins, AGAIN_NS, clock, () -> nowNs, damaged -> {});
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private void activate() throws Exception {
        String yaml = "meta: { name: pay, version: 1.0.0 }\ngears: [ { name: a, type: x } ]\nwires: []\n";
        ScenarioEntry pay = versions.add(
                ScenarioBundle.of("pay.yaml", Map.of("pay.yaml", yaml.getBytes(StandardCharsets.UTF_8))), "test");
        Rollouts.whole(scenarios.activate(pay, List.of("east"), false, "test"));
        store.read = 0;
    }

    private void says(long activation, String outcome) {
        scenarios.heard(
                east,
                new Heartbeat(
                        "east",
                        "1",
                        "waiting",
                        "",
                        "",
                        "",
                        "",
                        0,
                        activation,
                        outcome,
                        "",
                        1,
                        1,
                        0,
                        "",
                        true,
                        null,
                        1));
    }

    /** Whoever had a rack's key had a mixer read, sign and send four megabytes five times a second. */
    @Test
    void shouldSendTheSameForAHelloOnceInAWhile() throws Exception {
        activate();
        for (int i = 0; i < 10; i++) {
            scenarios.greeted("east");
            says(0, "");
            nowNs += SECOND_NS / 10;
        }
        assertThat(line.pushed).as("as it was activated, and once for hellos").hasSize(2);
        assertThat(store.read).isEqualTo(1);

        nowNs += ScenarioSender.GREETED_NS;
        says(0, "");
        assertThat(line.pushed).as("the last hello is not forgotten").hasSize(3);
        nowNs += ScenarioSender.GREETED_NS;
        says(0, "");
        assertThat(line.pushed).as("each hello counts once").hasSize(3);
    }

    @Test
    void shouldSendAtOnceToARackThatIsStartedAgainRightAfterItWasSentSomething() throws Exception {
        activate();
        nowNs += 1;

        scenarios.greeted("east");
        says(0, "");

        assertThat(line.pushed).hasSize(2);
    }

    /** It was read and signed at each heartbeat, waited for ever, and nobody was told why. */
    @Test
    void shouldSayOfWhatNatsDoesNotTakeWhyAndReadItOnceInAWhile() throws Exception {
        line.connected = false;
        activate();
        assertThat(registry.wanted("east").text()).startsWith("NATS is away");
        says(0, "");
        assertThat(store.read).as("read while it cannot be sent").isZero();

        line.connected = true;
        line.bodyMax = 4_096;
        for (int i = 0; i < 5; i++) {
            says(0, "");
            nowNs += SECOND_NS;
        }

        assertThat(registry.wanted("east").outcome()).isEqualTo("waiting");
        assertThat(registry.wanted("east").text())
                .startsWith("NATS takes messages of 4096 bytes at most, and pay 1.0.0")
                .contains("raise max_payload");
        assertThat(store.read).isEqualTo(1);

        line.bodyMax = 1 << 20;
        nowNs += AGAIN_NS;
        says(0, "");
        assertThat(line.pushed).hasSize(1);
        assertThat(registry.wanted("east").text()).isEmpty();
    }

    @Test
    void shouldTryAgainLaterWhatNatsDidNotTakeThoughItFits() throws Exception {
        line.takes = false;
        activate();
        says(0, "");
        assertThat(registry.wanted("east").text()).startsWith("NATS did not take it");
        assertThat(store.read).as("tried as it was activated").isZero();

        line.takes = true;
        nowNs += AGAIN_NS;
        says(0, "");
        assertThat(line.pushed).hasSize(1);
        assertThat(registry.wanted("east").text()).isEmpty();
    }

    /** A thousand racks behind a version that the store had lost asked the database at each heartbeat, for good. */
    @Test
    void shouldAskOnceWhatCameOfWhatWasOvertaken() throws Exception {
        activate();
        long before = registry.wanted("east").id();
        says(before, "changed");
        activate();
        registry.ended(registry.wanted("east").ended(ActivationEntry.DAMAGED, "lost", 9));
        asked.clear();

        for (int i = 0; i < 100; i++) {
            says(before, "changed");
        }
        assertThat(asked.get("activations")).isEqualTo(1);

        says(before, "rolled_back");
        assertThat(asked.get("activations")).as("something else").isEqualTo(2);
    }

    /** After a clock that was set back by an hour nothing was sent again for an hour. */
    @Test
    void shouldSendAgainByAnEvenClock() throws Exception {
        activate();
        says(0, "");
        assertThat(line.pushed).as("sent as it was activated").hasSize(1);

        nowMs -= 3_600_000;
        nowNs += AGAIN_NS;
        says(0, "");
        assertThat(line.pushed).hasSize(2);

        nowMs += 7_200_000;
        nowNs += AGAIN_NS - 1;
        says(0, "");
        assertThat(line.pushed).as("not yet").hasSize(2);
    }
}
