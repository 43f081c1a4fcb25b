package io.fluxrig.mixer.registry;

import java.util.List;

/** A database that a test has do something else. */
class StoreOfATest implements SqlStore {
    private final SqlStore kept;

    StoreOfATest(SqlStore kept) {
        this.kept = kept;
    }

    @Override
    public void together(Runnable changes) {
        kept.together(changes);
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
    public void tidy() {
        kept.tidy();
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
