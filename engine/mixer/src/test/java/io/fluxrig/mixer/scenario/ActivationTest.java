package io.fluxrig.mixer.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.engine.control.Standing;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which racks can be told to run something, and what is said of those that cannot be sent it now; NATS is away until a rack says something. */
class ActivationTest {
    private static final String YAML = """
        meta: { name: pay, version: 1.0.0 }
        racks: [ { name: east }, { name: west } ]
        gears: [ { name: a, type: x } ]
        wires: []
        """;

    @TempDir
    private Path folder;

    private final LineOfATest line = new LineOfATest();
    private final NoLogins logins = new NoLogins();
    private final List<ActivationEntry> told = new ArrayList<>();
    private Registry registry;
    private ArtefactStore store;
    private ScenarioVersions versions;
    private Scenarios scenarios;
    private ScenarioEntry pay;

    @BeforeEach
    void open() throws Exception {
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        store = new ArtefactStore(folder.resolve("artefacts"), InstantSource.system());
        line.connected = false;
        Specs specs = new Specs(store, false, registry, InstantSource.system());
        versions = new ScenarioVersions(registry, store, specs, () -> 0, InstantSource.system());
        scenarios = scenarios();
        pay = versions.add(
                ScenarioBundle.of("pay.yaml", Map.of("pay.yaml", YAML.getBytes(StandardCharsets.UTF_8))), "test");
    }

    private Scenarios scenarios() {
        return new Scenarios(
                registry, versions, line, logins, 1_000_000_000, InstantSource.system(), System::nanoTime, told::add);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private RackEntry rack(String name, String standing) {
        RackEntry rack = new RackEntry(
                name, name.getBytes(StandardCharsets.UTF_8), new byte[32], standing, "h", "1", 1, 1, "operator", 1, 9);
        registry.put(rack);
        return rack;
    }

    private String why(String rack) throws RefusedException {
        List<ActivationEntry> made = Rollouts.whole(scenarios.activate(pay, List.of(rack), false, "test"));
        ActivationEntry wanted = registry.wanted(rack);
        assertThat(made).containsExactly(wanted);
        assertThat(wanted.outcome()).isEqualTo(ActivationEntry.WAITING);
        return wanted.text();
    }

    @Test
    void shouldRefuseANameThatNoRackHasAndTheScenarioNeither() {
        rack("east", Standing.ACTIVE);

        assertThatThrownBy(
                        () -> Rollouts.whole(scenarios.activate(pay, List.of("east", "eest", "ghost"), false, "test")))
                .isInstanceOf(RefusedException.class)
                .hasMessage("no rack 'eest', 'ghost' has said hello, and pay 1.0.0 has none of that name under racks");

        assertThat(registry.wanted("east")).isNull();
        assertThat(registry.wanted("eest")).isNull();
    }

    @Test
    void shouldGoBackToTheSameVersionAgainWhereTheRackRefusedToGoThere() throws Exception {
        rack("east", Standing.ACTIVE);
        ScenarioEntry next = version("1.1.0");
        ends(pay, "changed");
        ends(next, "changed");
        Rollouts.whole(scenarios.rollBack("pay", List.of("east"), false, "test"));
        registry.ended(registry.wanted("east").ended("refused", "its wires change: --restart", 9));

        Rollouts.whole(scenarios.rollBack("pay", List.of("east"), true, "test"));

        assertThat(registry.wanted("east").version()).isEqualTo("1.0.0");
        assertThat(registry.wanted("east").restart()).isTrue();
        assertThat(registry.audit(Long.MAX_VALUE, 1).get(0).action()).isEqualTo("scenario.rollback");
    }

    /** It said so of what overtook that, and runs what was overtaken: a rollback leads from there. */
    @Test
    void shouldGoBackFromWhatWasOvertakenAndRanWell() throws Exception {
        RackEntry east = rack("east", Standing.ACTIVE);
        ends(pay, "changed");
        Rollouts.whole(scenarios.activate(version("1.1.0"), List.of("east"), false, "test"));
        long overtaken = registry.wanted("east").id();
        says(east, overtaken, Heartbeat.UNDER_WAY);
        Rollouts.whole(scenarios.activate(pay, List.of("east"), false, "test"));
        says(east, overtaken, Heartbeat.UNDER_WAY);
        says(east, overtaken, "changed");
        says(east, registry.wanted("east").id(), "refused");
        assertThat(registry.before(List.of("east")).get(0).version()).isEqualTo("1.1.0");

        Rollouts.whole(scenarios.rollBack("pay", List.of("east"), false, "test"));

        assertThat(registry.wanted("east").version()).isEqualTo("1.0.0");
    }

    private ScenarioEntry version(String version) throws Exception {
        byte[] yaml = YAML.replace("1.0.0", version).getBytes(StandardCharsets.UTF_8);
        return versions.add(ScenarioBundle.of("pay.yaml", Map.of("pay.yaml", yaml)), "test");
    }

    private void ends(ScenarioEntry scenario, String outcome) throws RefusedException {
        Rollouts.whole(scenarios.activate(scenario, List.of("east"), false, "test"));
        registry.ended(registry.wanted("east").ended(outcome, "", 9));
    }

    @Test
    void shouldSayWhatToWriteWhereAVersionHasOtherFiles() {
        byte[] other = (YAML + "# more\n").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> versions.add(ScenarioBundle.of("pay.yaml", Map.of("pay.yaml", other)), "test"))
                .hasMessageContaining("pay 1.0.0 was imported with other files")
                .hasMessageEndingWith("write another meta.version in pay.yaml");
    }

    @Test
    void shouldTakeARackThatSaidHelloAndIsNotDeclared() throws Exception {
        rack("north", Standing.ACTIVE);

        assertThat(why("north")).startsWith("NATS is away");
    }

    @Test
    void shouldSayWhatARackThatCannotBeSentItWaitsFor() throws Exception {
        assertThat(why("west")).startsWith("no rack of that name has said hello yet");

        rack("west", Standing.PENDING);
        assertThat(why("west")).endsWith("fluxrig admin racks approve west");

        rack("west", Standing.SUSPENDED);
        assertThat(why("west"))
                .startsWith("the rack is suspended, and gets the scenario once it is active again")
                .endsWith("fluxrig admin racks activate west");
    }

    @Test
    void shouldSayNothingMoreOnceItCanBeSent() throws Exception {
        RackEntry east = rack("east", Standing.ACTIVE);
        assertThat(why("east")).startsWith("NATS is away");

        saysHowItIs(east);

        assertThat(registry.wanted("east").text()).isEmpty();
    }

    private void saysHowItIs(RackEntry rack) {
        says(rack, 0, "");
    }

    private void says(RackEntry rack, long activation, String outcome) {
        line.connected = true;
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

    private Path blob() {
        return folder.resolve("artefacts")
                .resolve("blobs")
                .resolve(pay.hash().substring(0, 2))
                .resolve(pay.hash().substring(2));
    }

    /** It was tried again, and told in the log, at each heartbeat of each rack, and an operator saw "waiting". */
    @Test
    void shouldEndWhatItCannotSendAndSayWhatToDo() throws Exception {
        RackEntry east = rack("east", Standing.ACTIVE);
        Rollouts.whole(scenarios.activate(pay, List.of("east"), true, "test"));
        byte[] kept = Files.readAllBytes(blob());
        Files.write(blob(), new byte[] {1});

        saysHowItIs(east);

        ActivationEntry ended = registry.wanted("east");
        assertThat(told).containsExactly(ended);
        assertThat(ended.outcome()).isEqualTo(ActivationEntry.DAMAGED);
        assertThat(ended.text())
                .contains("was changed since it was stored; bring it back from a backup")
                .endsWith("fluxrig scenario activate pay 1.0.0 --rack east --restart");
        assertThat(ended.endedMs()).isPositive();

        logins.allowed = 0;
        Files.write(blob(), kept);
        saysHowItIs(east);
        assertThat(registry.wanted("east")).as("changes no rack long after").isEqualTo(ended);
        assertThat(logins.allowed).as("tried").isZero();

        Rollouts.whole(scenarios.activate(pay, List.of("east"), true, "test"));
        assertThat(registry.wanted("east").outcome()).isEqualTo(ActivationEntry.WAITING);
    }

    /** One error of a disk, or one moment with too many open files, ended the activation for good. */
    @Test
    void shouldTryAgainWhereItsFilesCannotBeReadForNow() throws Exception {
        RackEntry east = rack("east", Standing.ACTIVE);
        Rollouts.whole(scenarios.activate(pay, List.of("east"), false, "test"));
        Path aside = Files.move(blob(), folder.resolve("aside"));
        Files.createDirectory(blob());

        saysHowItIs(east);
        assertThat(registry.wanted("east").outcome()).isEqualTo(ActivationEntry.WAITING);
        assertThat(registry.wanted("east").text())
                .startsWith("the mixer tries again at the rack's next heartbeat")
                .contains("cannot be read");

        Files.delete(blob());
        Files.move(aside, blob());
        saysHowItIs(east);
        assertThat(registry.wanted("east").text()).as("nothing keeps it").isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void shouldTryAgainWhereTheIndexOfTheStoreCannotBeRead() throws Exception {
        RackEntry east = rack("east", Standing.ACTIVE);
        Rollouts.whole(scenarios.activate(pay, List.of("east"), false, "test"));
        Path index = folder.resolve("artefacts").resolve("index.json");
        byte[] kept = Files.readAllBytes(index);
        Files.writeString(index, "{");

        saysHowItIs(east);
        assertThat(registry.wanted("east").outcome()).isEqualTo(ActivationEntry.WAITING);
        assertThat(registry.wanted("east").text()).contains("index.json cannot be read");

        Files.write(index, kept);
        saysHowItIs(east);
        assertThat(registry.wanted("east").text()).isEmpty();
    }

    /** A mixer that began just then took a rack its wires, until the rack was sent something else. */
    @Test
    void shouldTellLaterWhatARackMayDoWhereThatCannotBeReadForNow() throws Exception {
        RackEntry east = rack("east", Standing.ACTIVE);
        Rollouts.whole(scenarios.activate(pay, List.of("east"), false, "test"));
        long id = registry.wanted("east").id();
        says(east, id, "changed");
        Path aside = Files.move(blob(), folder.resolve("aside"));
        Files.createDirectory(blob());
        scenarios = scenarios();
        assertThat(scenarios.rights("east")).isEqualTo(WireRights.NONE);
        logins.allowed = 0;
        says(east, id, "changed");
        assertThat(logins.allowed).as("what it has stays").isZero();

        Files.delete(blob());
        Files.move(aside, blob());
        says(east, id, "changed");
        says(east, id, "changed");

        assertThat(logins.allowed).isEqualTo(1);
    }

    @Test
    void shouldNotReadWhatItMayNotSendYet() throws Exception {
        RackEntry east = rack("east", Standing.ACTIVE);
        Rollouts.whole(scenarios.activate(pay, List.of("east"), false, "test"));
        Files.delete(blob());
        logins.can = false;

        saysHowItIs(east);

        assertThat(registry.wanted("east").outcome()).isEqualTo(ActivationEntry.WAITING);
    }

    @Test
    void shouldRefuseToHaveRacksRunWhatIsDamaged() throws Exception {
        rack("east", Standing.ACTIVE);
        Files.write(blob(), new byte[] {1});

        assertThatThrownBy(() -> Rollouts.whole(scenarios.activate(pay, List.of("east"), false, "test")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("bring it back from a backup");
        assertThat(registry.wanted("east")).isNull();
    }

    @Test
    void shouldKnowWhomTheScenarioThatARackIsToRunDeclares() throws Exception {
        assertThat(scenarios.declares("west")).as("it is to run nothing").isFalse();
        Rollouts.whole(scenarios.activate(pay, List.of(), false, "test"));
        assertThat(scenarios.declares("west")).isTrue();

        // of a mixer of before, which took any name
        registry.activate(
                pay, List.of("eest"), false, 1, id -> AuditEntry.of(1, "test", "scenario.activate", "pay", ""));
        assertThat(scenarios.declares("eest")).isFalse();
    }

    /** Nobody logs in. */
    private static final class NoLogins implements Logins {
        private int allowed;
        private boolean can = true;

        @Override
        public boolean managed() {
            return false;
        }

        @Override
        public boolean isMixers(byte[] login) {
            return false;
        }

        @Override
        public void admit(String rack, byte[] login) {}

        @Override
        public void admitOnly(Map<String, byte[]> admitted) {}

        @Override
        public boolean allow(Map<String, WireRights> rights, boolean soon) {
            allowed++;
            return can;
        }

        @Override
        public void expel(String rack) {}
    }
}
