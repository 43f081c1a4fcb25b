package io.fluxrig.mixer.registry;

/** A database that fails at lines of the audit log, or as changes are to be kept. */
final class FailingStore extends StoreOfATest {
    boolean failsAtLines;
    boolean failsAtTheEnd;

    FailingStore(SqlStore kept) {
        super(kept);
    }

    @Override
    public int change(String sql, Object... values) {
        if (failsAtLines && sql.startsWith("INSERT INTO audit ")) {
            throw new RegistryException("registry: cannot write");
        }
        return super.change(sql, values);
    }

    @Override
    public void together(Runnable changes) {
        super.together(() -> {
            changes.run();
            if (failsAtTheEnd) {
                throw new RegistryException("registry: not kept");
            }
        });
    }
}
