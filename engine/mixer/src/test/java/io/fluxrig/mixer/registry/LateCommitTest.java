package io.fluxrig.mixer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
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

    private static final class Late implements SqlStore {
        private final SqlStore kept;
        private boolean late;
        private Runnable changes;

        Late(SqlStore kept) {
            this.kept = kept;
        }

        @Override
        public void together(Runnable next) {
            if (late) {
                late = false;
                changes = next;
                throw new RegistryException("registry: whether it was kept is not known");
            }
            if (changes != null) {
                kept.together(changes);
                changes = null;
            }
            kept.together(next);
        }

        @Override
        public boolean isUp() {
            return kept.isUp();
        }

        @Override
        public <T> List<T> query(String sql, Row<T> row, Object... values) {
            return kept.query(sql, row, values);
        }

        @Override
        public int change(String sql, Object... values) {
            return kept.change(sql, values);
        }

        @Override
        public void define(String statement) {
            kept.define(statement);
        }

        @Override
        public void close() {
            kept.close();
        }
    }
}
