package io.fluxrig.mixer.registry;

import java.nio.file.Path;
import java.util.List;

/** A registry that counts the statements to its database. */
public final class CountedRegistry {
    private final CountedStore store;
    private final Registry registry;

    private CountedRegistry(CountedStore store) {
        this.store = store;
        this.registry = SqlRegistry.over(store);
    }

    public static CountedRegistry open(Path file) {
        return new CountedRegistry(new CountedStore(DuckStore.open(file)));
    }

    public Registry registry() {
        return registry;
    }

    /** Statements since that was asked last. */
    public int asked() {
        int asked = store.asked;
        store.asked = 0;
        return asked;
    }

    static final class CountedStore extends StoreOfATest {
        int asked;

        CountedStore(SqlStore kept) {
            super(kept);
        }

        @Override
        public <T> List<T> query(String sql, Row<T> row, Object... values) {
            asked++;
            return super.query(sql, row, values);
        }

        @Override
        public int change(String sql, Object... values) {
            asked++;
            return super.change(sql, values);
        }
    }
}
