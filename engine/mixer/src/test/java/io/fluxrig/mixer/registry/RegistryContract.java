package io.fluxrig.mixer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Registry} does, whatever database it is in. */
abstract class RegistryContract {
    static final AuditEntry BY = AuditEntry.of(9, "api", "keys.rotate", "wires", "version 1");

    private static final ScenarioEntry ONE = new ScenarioEntry("pay", "1.0.0", "a".repeat(64), 10, 1);
    private static final ScenarioEntry TWO = new ScenarioEntry("pay", "1.1.0", "b".repeat(64), 11, 2);

    private Registry registry;

    /** Opens the registry of a name, or makes it. */
    abstract Registry open(String name) throws Exception;

    @BeforeEach
    void open() throws Exception {
        registry = open("registry");
    }

    @AfterEach
    void close() {
        if (registry != null) {
            registry.close();
        }
    }

    final Registry registry() {
        return registry;
    }

    /** Closes what is open, and opens the registry of a name. */
    private void openAgain(String name) throws Exception {
        registry.close();
        registry = open(name);
    }

    static RackEntry rack(String name) {
        return new RackEntry(name, new byte[] {1}, new byte[] {2}, "pending", "host", "1", 5, 0, "", 0, 0);
    }

    @Test
    void shouldRememberARackOverARestart() throws Exception {
        registry.put(rack("east").approved("operator", 6).withPassport(3, 99));
        openAgain("registry");

        RackEntry read = registry.rack("east");

        assertThat(read)
                .usingRecursiveComparison()
                .isEqualTo(rack("east").approved("operator", 6).withPassport(3, 99));
        assertThat(registry.rack("west")).isNull();
        assertThat(registry.racksOf("active")).isEqualTo(1);
        assertThat(registry.racksOf("pending")).isZero();
    }

    @Test
    void shouldGivePagesByName() {
        for (String name : new String[] {"c", "a", "b"}) {
            registry.put(rack(name));
        }

        assertThat(registry.racks("", 2)).extracting(RackEntry::name).containsExactly("a", "b");
        assertThat(registry.racks("b", 2)).extracting(RackEntry::name).containsExactly("c");
    }

    @Test
    void shouldGiveAllRacksHoweverMany() {
        assertThat(registry.allRacks()).isEmpty();
        for (int i = 0; i < Registry.PAGE; i++) {
            registry.put(rack("rack" + i));
        }
        assertThat(registry.allRacks())
                .as("a page that is full is not taken for the last")
                .hasSize(Registry.PAGE);

        registry.put(rack("west"));

        assertThat(registry.allRacks())
                .extracting(RackEntry::name)
                .hasSize(Registry.PAGE + 1)
                .endsWith("west");
    }

    @Test
    void shouldTakeHostileTextForText() {
        String hostile = "x'; DROP TABLE racks; --";
        registry.audit("api", "rack.approve", hostile, "\u0000\"", 1);

        assertThat(registry.rack(hostile)).isNull();
        assertThat(registry.audit(Long.MAX_VALUE, 10))
                .extracting(AuditEntry::subject)
                .containsExactly(hostile);
    }

    @Test
    void shouldNumberActivationsAboveThoseOfARegistryThatWasLost() throws Exception {
        registry.add(ONE, BY);
        long last = registry.activate(ONE, List.of("east"), false, 5_000, id -> BY);
        assertThat(registry.activate(ONE, List.of("east"), false, 5_000, id -> BY))
                .isGreaterThan(last);
        openAgain("another");

        assertThat(registry.activate(ONE, List.of("east"), false, 6_000, id -> BY))
                .isGreaterThan(last + 1);
    }

    @Test
    void shouldNumberPassportsUpwardsOverARestart() throws Exception {
        long first = registry.nextSerial();
        openAgain("registry");

        assertThat(registry.nextSerial()).isGreaterThan(first);
    }

    @Test
    void shouldHaveARackRunWhatWasActivatedLast() {
        registry.add(ONE, BY);
        registry.add(TWO, BY);
        long first = registry.activate(ONE, List.of("east", "west"), false, 5, id -> BY);
        registry.ended(registry.wanted("west").ended("changed", "runs", 6));
        long second = registry.activate(TWO, List.of("east"), true, 7, id -> BY);

        assertThat(second).isGreaterThan(first);
        assertThat(registry.wanted("east").version()).isEqualTo("1.1.0");
        assertThat(registry.wanted("east").restart()).isTrue();
        assertThat(registry.wanted("west").outcome()).isEqualTo("changed");
        assertThat(registry.activations("east", Long.MAX_VALUE, 10))
                .extracting(ActivationEntry::outcome)
                .containsExactly("waiting", "superseded");
        assertThat(registry.activationsFrom(Long.MAX_VALUE, "", 10)).hasSize(3);
    }

    /** They were under way for ever. */
    @Test
    void shouldEndWhatARackTriedWhenTheNextActivationCame() {
        registry.add(ONE, BY);
        registry.add(TWO, BY);
        registry.activate(ONE, List.of("east"), false, 5, id -> BY);
        registry.ended(registry.wanted("east").ended("under_way", "", 0));
        long second = registry.activate(TWO, List.of("east"), false, 7, id -> BY);

        ActivationEntry first = registry.activations("east", Long.MAX_VALUE, 10).get(1);
        assertThat(first.outcome()).isEqualTo("superseded");
        assertThat(first.text()).isEqualTo("superseded by activation " + second);
        assertThat(first.endedMs()).isEqualTo(7);
    }

    @Test
    void shouldEndWhatARackTriedWhenItWasRemoved() {
        registry.put(rack("east"));
        registry.activate(ONE, List.of("east"), false, 5, id -> BY);
        registry.ended(registry.wanted("east").ended("under_way", "", 0));

        registry.removeRack(rack("east"), BY);

        ActivationEntry first = registry.activations("east", Long.MAX_VALUE, 10).get(0);
        assertThat(first.text()).isEqualTo("its rack was removed");
        assertThat(first.endedMs()).isEqualTo(BY.atMs());
    }

    @Test
    void shouldForgetARemovedRackAndRememberItsKey() {
        registry.put(rack("east"));
        registry.activate(ONE, List.of("east"), false, 5, id -> BY);

        registry.removeRack(rack("east"), BY);

        assertThat(registry.rack("east")).isNull();
        assertThat(registry.wanted("east")).isNull();
        assertThat(registry.isRevoked(new byte[] {1})).isTrue();
        registry.admit(rack("east"), BY);
        assertThat(registry.isRevoked(new byte[] {1})).isFalse();
    }

    @Test
    void shouldMakeNoChangeThatCannotBeWrittenDown() {
        registry.put(rack("east"));
        long first = registry.activate(ONE, List.of("east"), false, 5, id -> BY);
        AuditEntry unwritable = AuditEntry.of(9, "api", null, "east", "");

        List<Runnable> changes = List.of(
                () -> registry.put(rack("east").as("suspended"), unwritable),
                () -> registry.admit(rack("east").approved("operator", 6), unwritable),
                () -> registry.removeRack(rack("east"), unwritable),
                () -> registry.add(ONE, unwritable),
                () -> registry.activate(ONE, List.of("east"), false, 7, id -> unwritable));
        for (Runnable change : changes) {
            assertThatThrownBy(change::run).isInstanceOf(RegistryException.class);
        }

        assertThat(registry.rack("east")).usingRecursiveComparison().isEqualTo(rack("east"));
        assertThat(registry.isRevoked(rack("east").key())).isFalse();
        assertThat(registry.scenario("pay", "1.0.0")).isNull();
        assertThat(registry.wanted("east").id()).isEqualTo(first);
        assertThat(registry.audit(Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void shouldBelongToTheAuthorityThatCameFirst() throws Exception {
        assertThat(registry.claim("a1")).isEqualTo("a1");
        assertThat(registry.claim("b2")).isEqualTo("a1");
        openAgain("registry");

        assertThat(registry.claim("b2")).isEqualTo("a1");
    }

    @Test
    void shouldBeLedInRisingEpochsOverARestart() throws Exception {
        long first = registry.lead("one", 5_000, () -> true);
        assertThat(first).isEqualTo(5_000);
        assertThat(registry.lead("one", 4_000, () -> true)).isEqualTo(5_001);
        registry.put(rack("east"));
        registry.check();
        openAgain("registry");

        assertThat(registry.lead("two", 0, () -> true)).isEqualTo(5_002);
    }

    @Test
    void shouldBeginNoEpochForAMixerThatMayNot() {
        registry.lead("one", 5_000, () -> true);

        assertThatThrownBy(() -> registry.lead("two", 6_000, () -> false))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("the lease was lost");

        registry.check();
        registry.put(rack("east"));
    }

    @Test
    void shouldKeepVersionsApart() {
        registry.add(ONE, BY);
        registry.add(TWO, BY);

        assertThat(registry.scenario("pay", "1.1.0")).isEqualTo(TWO);
        assertThat(registry.scenario("pay", "2.0.0")).isNull();
        assertThat(registry.scenarios("", null, 10)).containsExactly(ONE, TWO);
        assertThat(registry.scenarios("pay", ONE, 10)).containsExactly(TWO);
        assertThatThrownBy(() -> registry.add(ONE, BY)).isInstanceOf(RegistryException.class);
    }

    /** What each heartbeat asks for is remembered by whoever leads. */
    @Test
    void shouldTellWhatIsSoAfterEachChangeWhileItLeads() {
        registry.lead("one", 1_000, () -> true);
        registry.put(rack("east"));
        assertThat(registry.rack("east").standing()).isEqualTo("pending");
        assertThat(registry.wanted("east")).isNull();

        registry.put(rack("east").approved("operator", 6));
        assertThat(registry.rack("east").standing()).isEqualTo("active");

        registry.activate(ONE, List.of("east"), false, 7, id -> BY);
        ActivationEntry first = registry.wanted("east");
        assertThat(first.outcome()).isEqualTo(ActivationEntry.WAITING);

        registry.ended(first.ended("changed", "", 8));
        assertThat(registry.wanted("east").outcome()).isEqualTo("changed");

        registry.activate(TWO, List.of("east"), false, 9, id -> BY);
        assertThat(registry.wanted("east").version()).isEqualTo("1.1.0");

        registry.removeRack(registry.rack("east"), BY);
        assertThat(registry.rack("east")).isNull();
        assertThat(registry.wanted("east")).isNull();
    }

    @Test
    void shouldKeepSecretsAndTheirDataKeysOverARestart() throws Exception {
        registry.secrets().add(new DataKeyEntry(1, "file", "key a", new byte[] {1, -1}, 5));
        registry.secrets().add(new SecretEntry("wires", 1, 1, new byte[] {0, -128}, 6));
        registry.secrets().add(new SecretEntry("wires", 2, 1, new byte[] {3}, 7));
        registry.secrets().add(new SecretEntry("journal/east", 1, 1, new byte[] {4}, 8));
        openAgain("registry");

        assertThat(registry.secrets().dataKeys())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(new DataKeyEntry(1, "file", "key a", new byte[] {1, -1}, 5));
        assertThat(registry.secrets().versions("wires"))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new SecretEntry("wires", 1, 1, new byte[] {0, -128}, 6),
                        new SecretEntry("wires", 2, 1, new byte[] {3}, 7));
        assertThat(registry.secrets().last("", 10))
                .extracting(each -> each.name() + " " + each.version() + " " + each.sealed().length)
                .containsExactly("journal/east 1 0", "wires 2 0");
        assertThat(registry.secrets().last("journal/east", 10)).hasSize(1);
    }

    @Test
    void shouldTellNewVersionsOfASecretWhileItLeads() {
        registry.lead("one", 1_000, () -> true);
        assertThat(registry.secrets().versions("wires")).isEmpty();
        registry.secrets().add(new SecretEntry("wires", 1, 1, new byte[] {3}, 7));
        assertThat(registry.secrets().versions("wires")).hasSize(1);

        registry.secrets().add(new SecretEntry("wires", 2, 1, new byte[] {3}, 7));

        assertThat(registry.secrets().versions("wires")).hasSize(2);
    }

    @Test
    void shouldReplaceNoVersionAndNoDataKeyByAnother() {
        registry.secrets().add(new SecretEntry("wires", 1, 1, new byte[] {3}, 7));
        registry.secrets().add(new DataKeyEntry(1, "file", "key a", new byte[] {1}, 5));

        assertThatThrownBy(() -> registry.secrets().add(new SecretEntry("wires", 1, 1, new byte[] {9}, 7)))
                .isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> registry.secrets().add(new DataKeyEntry(1, "file", "key b", new byte[] {9}, 5)))
                .isInstanceOf(RegistryException.class);
        assertThat(registry.secrets().versions("wires").get(0).sealed()).containsExactly(3);
    }

    @Test
    void shouldWriteDownWhoMadeAVersionWithItOrNeither() {
        registry.secrets().add(new SecretEntry("wires", 1, 1, new byte[] {3}, 7), BY);
        assertThat(registry.audit(Long.MAX_VALUE, 10))
                .extracting(AuditEntry::subject)
                .containsExactly("wires");

        assertThatThrownBy(() -> registry.secrets().add(new SecretEntry("wires", 1, 1, new byte[] {9}, 7), BY))
                .isInstanceOf(RegistryException.class);
        assertThat(registry.audit(Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void shouldMakeChangesThatBelongTogetherAllOrNone() {
        registry.lead("one", 1_000, () -> true);
        assertThatThrownBy(() -> registry.together(() -> {
                    registry.put(rack("east"), BY);
                    throw new IllegalStateException("not kept");
                }))
                .hasMessage("not kept");
        assertThat(registry.rack("east")).isNull();
        assertThat(registry.isAudited("keys.rotate", "wires", "version 1")).isFalse();

        registry.together(() -> {
            registry.put(rack("east"), BY);
            registry.put(rack("west"));
        });

        assertThat(registry.rack("east")).isNotNull();
        assertThat(registry.rack("west")).isNotNull();
        assertThat(registry.isAudited("keys.rotate", "wires", "version 1")).isTrue();
        assertThat(registry.isAudited("keys.rotate", "wires", "version 2")).isFalse();
    }

    @Test
    void shouldReplaceWhatDataKeysAreWrappedAs() {
        registry.secrets().add(new DataKeyEntry(1, "file", "key a", new byte[] {1}, 5));
        registry.secrets()
                .replace(List.of(new DataKeyEntry(1, "vault", "transit/fluxrig v1", new byte[] {2, 3}, 5)), BY);

        assertThat(registry.audit(Long.MAX_VALUE, 10))
                .extracting(AuditEntry::action)
                .containsExactly("keys.rotate");
        assertThat(registry.secrets().dataKeys())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(new DataKeyEntry(1, "vault", "transit/fluxrig v1", new byte[] {2, 3}, 5));
    }

    @Test
    void shouldTellWhatRacksRanBefore() {
        long well = came(ONE, "changed");
        long other = came(TWO, "unchanged");
        came(TWO, "changed");
        came(ONE, "rolled_back");
        long last = came(ONE, "superseded");
        came(new ScenarioEntry("pay", "1.2.0", "c".repeat(64), 12, 3), "refused");
        assertThat(ids(registry.before(List.of("east")))).as("of a third").containsExactly(last, other + 1, well);
        registry.activate(TWO, List.of("east", "west"), false, 1, id -> BY);
        ActivationEntry wanted = registry.wanted("east");
        assertThat(ids(registry.mayRun("east", wanted.id(), 9))).containsExactly(last, other + 1);
        assertThat(ids(registry.mayRun("east", other, 9))).containsExactly(well);
        assertThat(ids(registry.mayRun("east", wanted.id(), 0))).containsExactly(other + 1);
        assertThat(ids(registry.before(List.of("west", "none", "east")))).containsExactly(last, other + 1, well);
        assertThat(registry.wanted(List.of("east", "none"))).containsExactly(Map.entry("east", wanted));
    }

    private static List<Long> ids(List<ActivationEntry> of) {
        return of.stream().map(ActivationEntry::id).toList();
    }

    private long came(ScenarioEntry scenario, String outcome) {
        long id = registry.activate(scenario, List.of("east"), false, 1, given -> BY);
        registry.ended(registry.wanted("east").ended(outcome, "", 2));
        return id;
    }
}
