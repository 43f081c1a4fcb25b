package io.fluxrig.mixer.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is 6 ms away must not be asked about each of a thousand racks. */
class ReadAheadTest {
    private static final ScenarioEntry PAY = new ScenarioEntry("pay", "1.0.0", "aa", 1, 1);
    private static final AuditEntry BY = AuditEntry.of(1, "test", "test", "test", "");
    private static final List<String> RACKS = IntStream.range(0, 2 * SqlActivations.AT_ONCE + 3)
            .mapToObj(i -> "rack-" + i)
            .toList();

    @TempDir
    private Path folder;

    private CountedRegistry.CountedStore store;
    private Registry registry;

    @BeforeEach
    void open() {
        store = new CountedRegistry.CountedStore(DuckStore.open(folder.resolve("registry.duckdb")));
        registry = SqlRegistry.over(store);
        RACKS.forEach(name -> registry.put(RegistryContract.rack(name)));
        registry.add(PAY, BY);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void shouldKnowAllRacksAndWhatTheyAreToRun() {
        registry.activate(PAY, RACKS.subList(0, 100), false, 5, id -> BY);
        registry.lead("one", 1_000, () -> true);
        store.asked = 0;

        registry.readAhead();
        assertThat(store.asked).isEqualTo(2);

        assertThat(registry.wanted("rack-99").version()).isEqualTo("1.0.0");
        assertThat(registry.wanted("rack-100")).isNull();
        assertThat(registry.rack("rack-1").name()).isEqualTo("rack-1");
        assertThat(store.asked).as("at hand").isEqualTo(2);

        registry.activate(PAY, List.of("rack-100"), false, 6, id -> BY);
        assertThat(registry.wanted("rack-100")).as("what is new").isNotNull();
    }

    @Test
    void shouldReadNothingAheadWhereAnotherMixerMayWrite() {
        registry.readAhead();
        registry.secrets().readAhead(List.of("a"));

        store.asked = 0;
        registry.wanted("rack-1");
        registry.secrets().versions("a");
        assertThat(store.asked).isEqualTo(2);
    }

    @Test
    void shouldKeepAnActivationOfManyRacksByFewStatements() {
        store.asked = 0;

        long id = registry.activate(PAY, RACKS, false, 5, given -> BY);

        assertThat(store.asked).as("two for each whole lot").isLessThan(20);
        assertThat(registry.activationsFrom(Long.MAX_VALUE, "", 1_000))
                .hasSize(RACKS.size())
                .allMatch(each -> each.id() == id && each.outcome().equals(ActivationEntry.WAITING));
        registry.activate(PAY, RACKS, false, 7, given -> BY);
        assertThat(registry.activations("rack-102", Long.MAX_VALUE, 10))
                .extracting(ActivationEntry::outcome)
                .containsExactly("waiting", "superseded");
    }

    @Test
    void shouldKnowSeveralSecretsAndThatThereAreNone() {
        SecretEntries secrets = registry.secrets();
        secrets.add(new SecretEntry("rack-7", 1, 1, new byte[] {1}, 1));
        secrets.add(new SecretEntry("rack-7", 2, 1, new byte[] {2}, 1));
        registry.lead("one", 1_000, () -> true);
        store.asked = 0;

        secrets.readAhead(RACKS);
        assertThat(store.asked).isEqualTo(3);

        assertThat(secrets.versions("rack-7")).extracting(SecretEntry::version).containsExactly(1L, 2L);
        assertThat(secrets.versions("rack-8")).isEmpty();
        assertThat(store.asked).isEqualTo(3);
        secrets.add(new SecretEntry("rack-8", 1, 1, new byte[] {1}, 1));
        assertThat(secrets.versions("rack-8")).hasSize(1);
    }
}
