package io.fluxrig.mixer.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.artefact.Artefacts;
import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.bus.WireRights;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.enrol.Logins;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.ScenarioEntry;
import io.fluxrig.mixer.spec.Specs;
import io.fluxrig.transport.bus.BusSettings;
import io.fluxrig.transport.bus.ControlBus;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** How activations get to racks: some at a time, and all or none are kept. NATS is away. */
class RolloutTest {
    private static final int MANY = 2 * Rollout.AT_A_TIME + 1;

    @TempDir
    private Path folder;

    private final List<Integer> allowed = new ArrayList<>();
    private final Map<String, WireRights> rights = new HashMap<>();
    private Registry registry;
    private ScenarioVersions versions;
    private Scenarios scenarios;
    private boolean endWithMixer;
    private int read;

    @BeforeEach
    void open() throws Exception {
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        Artefacts files = new ArtefactStore(folder.resolve("artefacts"), InstantSource.system());
        Artefacts store = (Artefacts) Proxy.newProxyInstance(
                Artefacts.class.getClassLoader(), new Class<?>[] {Artefacts.class}, (proxy, what, with) -> {
                    read += what.getName().equals("content") ? 1 : 0;
                    try {
                        return what.invoke(files, with);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
        ControlBus none = new ControlBus(
                new BusSettings(List.of("nats://127.0.0.1:1"), "test", RackLine.INBOX, null, null, null, true));
        RackLine line = new RackLine(none, NodeKey.ephemeral(), () -> 1, InstantSource.system());
        versions = new ScenarioVersions(
                registry,
                store,
                new Specs(store, false, registry, InstantSource.system()),
                () -> 0,
                InstantSource.system());
        scenarios = new Scenarios(
                registry,
                versions,
                line,
                new Told(),
                1_000_000_000,
                InstantSource.system(),
                System::nanoTime,
                damaged -> {});
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private ScenarioEntry version(String version) throws Exception {
        String yaml = "meta: { name: pay, version: " + version + " }\nracks: [ { name: rack-0 } ]\n"
                + "gears: [ { name: a, type: x } ]\nwires: []\n";
        return versions.add(
                ScenarioBundle.of("pay.yaml", Map.of("pay.yaml", yaml.getBytes(StandardCharsets.UTF_8))), "test");
    }

    /** With a wire from the first rack to the second. */
    private ScenarioEntry far(String version) throws Exception {
        String yaml = "meta: { name: pay, version: " + version + " }\ngears: [ { name: a, type: x, deploy: rack-0 },"
                + " { name: b, type: x, deploy: rack-1 } ]\nwires: [ { from: a.out, to: b.in } ]\n";
        return versions.add(
                ScenarioBundle.of("pay.yaml", Map.of("pay.yaml", yaml.getBytes(StandardCharsets.UTF_8))), "test");
    }

    private List<String> racks(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "rack-" + i;
            registry.put(new RackEntry(
                    name, new byte[] {(byte) i}, new byte[32], Standing.ACTIVE, "h", "1", 1, 1, "operator", 1, 9));
            names.add(name);
        }
        return names;
    }

    /** Hundreds of racks were one thing for the desk to do, which cost its mixer the lease. */
    @Test
    void shouldComeBackToTheDeskBetweenTheRacks() throws Exception {
        Rollout rollout = scenarios.activate(version("1.0.0"), racks(MANY), false, "test");
        assertThat(registry.wanted("rack-20").outcome()).as("kept").isEqualTo(ActivationEntry.WAITING);

        int times = 1;
        while (rollout.goOn()) {
            times++;
        }

        assertThat(times).as("to look what they may do, to tell, to send").isEqualTo(3 + 1 + 3);
        assertThat(allowed).as("told all at once, ahead of the sending").startsWith(MANY);
        assertThat(rollout.made()).hasSize(MANY).allMatch(each -> each.text().startsWith("NATS is away"));
        assertThat(rollout.made()).extracting(ActivationEntry::rack).doesNotHaveDuplicates();
    }

    @Test
    void shouldWarnOfWiresThatEndWithTheMixer() throws Exception {
        List<String> names = racks(2);
        ScenarioEntry far = far("1.1.0");

        assertThat(scenarios.activate(far, names, false, "test").warnings())
                .as("NATS stays")
                .isEmpty();
        endWithMixer = true;
        assertThat(scenarios.activate(version("1.0.0"), names, false, "test").warnings())
                .as("no such wires")
                .isEmpty();
        assertThat(scenarios.activate(far, names, false, "test").warnings())
                .containsExactly(
                        "pay 1.1.0: 1 wire between racks goes over the mixer's own nats-server, which ends with the"
                                + " mixer: then racks send nothing there; snake.keep_server = true in the mixer's file keeps it");
    }

    @Test
    void shouldReadTheBundleOnceForAllRacks() throws Exception {
        ScenarioEntry pay = version("1.0.0");
        List<String> names = racks(MANY);
        read = 0;

        Rollouts.whole(scenarios.activate(pay, names, false, "test"));

        assertThat(read).isEqualTo(1);
    }

    @Test
    void shouldLeaveWhatCameInBetween() throws Exception {
        ScenarioEntry first = version("1.0.0");
        ScenarioEntry second = version("1.1.0");
        List<String> names = racks(2);
        Rollout rollout = scenarios.activate(first, names, false, "test");
        rollout.goOn();
        long later = Rollouts.whole(scenarios.activate(second, List.of("rack-1"), false, "test"))
                .get(0)
                .id();

        List<ActivationEntry> made = Rollouts.whole(rollout);

        assertThat(made).extracting(ActivationEntry::outcome).containsExactly("waiting", "superseded");
        assertThat(registry.wanted("rack-1").id()).isEqualTo(later);
        assertThat(registry.wanted("rack-0").version()).isEqualTo("1.0.0");
    }

    /** The wires of what it had come to run meanwhile were dead, until something came of its next activation. */
    @Test
    void shouldNotTakeRightsFromARackThatIsToRunSomethingElseByNow() throws Exception {
        Rollout rollout = scenarios.activate(version("1.0.0"), racks(2), false, "test");
        rollout.goOn();
        Rollouts.whole(scenarios.activate(far("1.1.0"), List.of("rack-0"), false, "test"));
        assertThat(rights.get("rack-0").sends()).containsExactly("flux.msg.rack-1.b.in");
        rights.remove("rack-1");

        Rollouts.whole(rollout);

        assertThat(rights.get("rack-0").sends()).containsExactly("flux.msg.rack-1.b.in");
        assertThat(rights).as("the others are told").containsKey("rack-1");
    }

    /** Whoever was let in under its name next had them. */
    @Test
    void shouldGiveARackThatWasRemovedMeanwhileNoRights() throws Exception {
        Rollout rollout = scenarios.activate(far("1.1.0"), racks(2), false, "test");
        rollout.goOn();
        registry.removeRack(registry.rack("rack-0"), AuditEntry.of(9, "test", "rack.remove", "rack-0", ""));

        Rollouts.whole(rollout);

        assertThat(rights).containsOnlyKeys("rack-1");
    }

    /** What could be was done, and told as not done. */
    @Test
    void shouldRollBackToAllVersionsOrToNone() throws Exception {
        racks(2);
        ScenarioEntry one = version("1.0.0");
        ScenarioEntry two = version("1.1.0");
        ran(one, "rack-0");
        ran(two, "rack-1");
        ran(version("1.2.0"), "rack-0", "rack-1");
        for (ScenarioEntry damaged : List.of(one, two)) {
            Path blob = folder.resolve("artefacts/blobs")
                    .resolve(damaged.hash().substring(0, 2))
                    .resolve(damaged.hash().substring(2));
            byte[] kept = Files.readAllBytes(blob);
            Files.write(blob, new byte[] {1});

            assertThatThrownBy(() -> scenarios.rollBack("pay", List.of("rack-0", "rack-1"), false, "test"))
                    .isInstanceOf(RefusedException.class);

            assertThat(registry.wanted("rack-0").version()).isEqualTo("1.2.0");
            assertThat(registry.wanted("rack-1").version()).isEqualTo("1.2.0");
            Files.write(blob, kept);
        }

        Rollouts.whole(scenarios.rollBack("pay", List.of("rack-0", "rack-1"), false, "test"));
        assertThat(registry.wanted("rack-0").version()).isEqualTo("1.0.0");
        assertThat(registry.wanted("rack-1").version()).isEqualTo("1.1.0");
    }

    @Test
    void shouldLogWhatCameOfAnActivationAsItIsToldElsewhere() throws Exception {
        RackEntry rack = registry.rack(racks(1).get(0));
        Logger logger = (Logger) LoggerFactory.getLogger(ActivationOutcomes.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        try {
            long id = Rollouts.whole(scenarios.activate(version("1.1.0"), List.of(rack.name()), false, "test"))
                    .get(0)
                    .id();
            for (String text : List.of("host has no link", "")) {
                scenarios.heard(
                        rack,
                        new Heartbeat(
                                rack.name(),
                                "1",
                                "waiting",
                                "",
                                "",
                                "",
                                "",
                                0,
                                id,
                                "refused",
                                text,
                                1,
                                1,
                                0,
                                "",
                                true,
                                null,
                                1));
            }
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .contains("rack rack-0: pay 1.1.0: refused: host has no link", "rack rack-0: pay 1.1.0: refused");
    }

    private void ran(ScenarioEntry scenario, String... racks) throws Exception {
        for (ActivationEntry made : Rollouts.whole(scenarios.activate(scenario, List.of(racks), false, "test"))) {
            registry.ended(made.ended("changed", "", 9));
        }
    }

    private final class Told implements Logins {
        @Override
        public boolean managed() {
            return true;
        }

        @Override
        public boolean endWithMixer() {
            return endWithMixer;
        }

        @Override
        public boolean isMixers(byte[] login) {
            return false;
        }

        @Override
        public void admit(String rack, byte[] login) {}

        @Override
        public void expel(String rack) {}

        @Override
        public void admitOnly(Map<String, byte[]> admitted) {}

        @Override
        public boolean allow(Map<String, WireRights> changed, boolean soon) {
            allowed.add(changed.size());
            rights.putAll(changed);
            return true;
        }
    }
}
