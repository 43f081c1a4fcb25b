package io.fluxrig.mixer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database on another machine may make a change after the answer to it was given up; whoever changes something next waits for that. */
class LateCommitTest {
    private static final AuditEntry BY = AuditEntry.of(9, "test", "rack.remove", "east", "");

    @TempDir
    private Path folder;

    private Late store;
    private Registry registry;

    @BeforeEach
    void open() {
        store = new Late(DuckStore.open(folder.resolve("registry.duckdb")));
        registry = SqlRegistry.over(store);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void shouldNotRememberWhatItReadBeforeTheChangeWasMade() {
        registry.lead("one", 1_000, () -> true);
        registry.put(RegistryContract.rack("east"));
        store.late = true;
        assertThatThrownBy(() -> registry.removeRack(RegistryContract.rack("east"), BY))
                .isInstanceOf(RegistryException.class);
        assertThat(registry.rack("east")).as("as it is yet").isNotNull();

        registry.nextSerial();

        assertThat(registry.rack("east")).isNull();
    }

    /** Racks whose keys it was would never have been told: what they have is what the mixer took for the last one. */
    @Test
    void shouldSayThatWhatWasMadeOfSecretsMayNotBeSoOnceTheChangeWasMade() {
        SecretEntries secrets = registry.secrets();
        registry.lead("one", 1_000, () -> true);
        secrets.add(new SecretEntry("wires", 1, 1, new byte[1], 1));
        store.late = true;
        assertThatThrownBy(() -> secrets.add(new SecretEntry("wires", 2, 1, new byte[1], 2)))
                .isInstanceOf(RegistryException.class);
        assertThat(secrets.versions("wires")).as("as it is yet").hasSize(1);
        assertThat(registry.isUnsettled()).isTrue();
        long before = secrets.forgotten();

        registry.nextSerial();

        assertThat(secrets.forgotten()).isGreaterThan(before);
        assertThat(secrets.versions("wires")).hasSize(2);
        assertThat(registry.isUnsettled()).isFalse();
    }

    private static final class Late extends StoreOfATest {
        private boolean late;
        private Runnable changes;

        Late(SqlStore kept) {
            super(kept);
        }

        @Override
        public void together(Runnable next) {
            if (late) {
                late = false;
                changes = next;
                throw new RegistryException("registry: whether it was kept is not known");
            }
            if (changes != null) {
                super.together(changes);
                changes = null;
            }
            super.together(next);
        }
    }
}
