package io.fluxrig.mixer.registry;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/** A {@link Registry} in a database: the statements that all of them take. */
final class SqlRegistry implements Registry {
    private final SqlStore store;
    /** In which this mixer leads; 0 before it does. */
    private volatile long epoch;
    /** Whether a change that failed may be made yet: what was read since may not be so by then. */
    private volatile boolean unsettled;
    /** Whether changes are being made. */
    private boolean within;

    private final SqlAudit audit;
    private final SqlActivations activations;
    private final KnownRacks known;
    private final SqlSecrets secrets;

    private SqlRegistry(SqlStore store) {
        this.store = store;
        this.audit = new SqlAudit(store);
        this.activations = new SqlActivations(store, audit);
        this.known = new KnownRacks(store, activations, () -> epoch != 0);
        this.secrets = new SqlSecrets(store, audit, this::changing, () -> epoch != 0);
    }

    /** Brings the store's tables up to date, and closes it if that fails. */
    static SqlRegistry over(SqlStore store) {
        boolean usable = false;
        try {
            Schema.bringUp(store);
            usable = true;
            return new SqlRegistry(store);
        } finally {
            if (!usable) {
                store.close();
            }
        }
    }

    @Override
    public boolean isUp() {
        return store.isUp();
    }

    @Override
    public boolean isUnsettled() {
        return unsettled;
    }

    @Override
    public String claim(String authority) {
        store.change("INSERT INTO owner (place, authority) VALUES (1, ?) ON CONFLICT DO NOTHING", authority);
        return store.query("SELECT authority FROM owner WHERE place = 1", row -> row.text("authority"))
                .get(0);
    }

    @Override
    public long lead(String who, long atMs, BooleanSupplier held) {
        forgetAll();
        long[] begun = new long[1];
        // tried again, and asked again, where somebody else has begun between the two statements
        store.together(() -> {
            long last = number("SELECT epoch AS n FROM leader WHERE place = 1");
            if (!held.getAsBoolean()) {
                throw new RegistryException("registry: the lease was lost before its epoch had begun");
            }
            begun[0] = Math.max(last + 1, atMs);
            int changed = store.change(
                    "UPDATE leader SET epoch = ?, who = ?, begun = ? WHERE place = 1 AND epoch = ?",
                    begun[0],
                    who,
                    atMs,
                    last);
            if (changed == 0) {
                throw deposed();
            }
        });
        epoch = begun[0];
        return epoch;
    }

    @Override
    public void check() {
        if (epoch != 0 && number("SELECT epoch AS n FROM leader WHERE place = 1") != epoch) {
            throw deposed();
        }
    }

    @Override
    public void reach() {
        number("SELECT epoch AS n FROM leader WHERE place = 1");
    }

    @Override
    public void together(Runnable changes) {
        changing(changes);
    }

    /** Makes changes, all or none, with those that they are made by, if nobody has begun to lead since this mixer has. */
    void changing(Runnable changes) {
        if (within) {
            changes.run();
            return;
        }
        boolean before = unsettled;
        unsettled = true;
        store.together(() -> {
            // writes the row, so that whoever begins to lead waits for these changes, or these fail
            if (epoch != 0 && store.change("UPDATE leader SET epoch = epoch WHERE epoch = ?", epoch) == 0) {
                throw deposed();
            }
            within = true;
            try {
                changes.run();
            } finally {
                within = false;
            }
        });
        unsettled = false;
        if (before) {
            // these waited for that row, too: what failed before them is made, or never will be
            forgetAll();
        }
    }

    private void forgetAll() {
        known.forgetAll();
        secrets.forget();
    }

    private static RegistryException deposed() {
        return new RegistryException("registry: another mixer leads now; ask again");
    }

    @Override
    public List<RackEntry> racks(String afterName, int limit) {
        return known.racks(afterName, limit);
    }

    @Override
    public RackEntry rack(String name) {
        return known.rack(name);
    }

    @Override
    public String loginOwner(byte[] login) {
        return first(store.query(
                "SELECT name FROM racks WHERE login = ? ORDER BY name LIMIT 1", row -> row.text("name"), (Object)
                        login));
    }

    @Override
    public void put(RackEntry rack) {
        known.forget(rack.name());
        changing(() -> write(rack));
    }

    @Override
    public void put(RackEntry rack, AuditEntry by) {
        known.forget(rack.name());
        changing(() -> {
            write(rack);
            audit.write(by);
        });
    }

    @Override
    public void admit(RackEntry rack, AuditEntry by) {
        known.forget(rack.name());
        changing(() -> {
            write(rack);
            store.change("DELETE FROM revoked WHERE key = ?", (Object) rack.key());
            audit.write(by);
        });
    }

    private void write(RackEntry rack) {
        store.change(
                "INSERT INTO racks (name, key, login, standing, host, version, added, approved, approved_by, serial, expires)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET key = excluded.key,"
                        + " login = excluded.login, standing = excluded.standing, host = excluded.host,"
                        + " version = excluded.version, added = excluded.added, approved = excluded.approved,"
                        + " approved_by = excluded.approved_by, serial = excluded.serial, expires = excluded.expires",
                rack.name(),
                rack.key(),
                rack.login(),
                rack.standing(),
                rack.host(),
                rack.version(),
                rack.addedMs(),
                rack.approvedMs(),
                rack.by(),
                rack.serial(),
                rack.expiresMs());
    }

    @Override
    public void removeRack(RackEntry rack, AuditEntry by) {
        known.forget(rack.name());
        changing(() -> {
            store.change("DELETE FROM racks WHERE name = ?", rack.name());
            activations.supersedeAll(rack.name(), by);
            store.change("INSERT INTO revoked (key) VALUES (?) ON CONFLICT DO NOTHING", (Object) rack.key());
            audit.write(by);
        });
    }

    @Override
    public boolean isRevoked(byte[] key) {
        return number("SELECT count(*) AS n FROM revoked WHERE key = ?", (Object) key) > 0;
    }

    @Override
    public long racksOf(String standing) {
        return number("SELECT count(*) AS n FROM racks WHERE standing = ?", standing);
    }

    @Override
    public long nextSerial() {
        long[] given = new long[1];
        changing(() -> given[0] = number("SELECT nextval('passports') AS n"));
        return given[0];
    }

    @Override
    public List<ScenarioEntry> scenarios(String name, ScenarioEntry after, int limit) {
        // nothing is before a name that is empty
        String last = after == null ? "" : after.name();
        long added = after == null ? 0 : after.addedMs();
        return store.query(
                "SELECT * FROM scenarios WHERE (? = '' OR name = ?) AND (name > ? OR (name = ? AND (added > ? OR (added = ?"
                        + " AND version > ?)))) ORDER BY name, added, version LIMIT ?",
                SqlRows::scenario,
                name,
                name,
                last,
                last,
                added,
                added,
                after == null ? "" : after.version(),
                limit);
    }

    @Override
    public ScenarioEntry scenario(String name, String version) {
        return first(store.query(
                "SELECT * FROM scenarios WHERE name = ? AND version = ?", SqlRows::scenario, name, version));
    }

    @Override
    public void add(ScenarioEntry scenario, AuditEntry by) {
        changing(() -> {
            store.change(
                    "INSERT INTO scenarios (name, version, hash, bytes, added) VALUES (?, ?, ?, ?, ?)",
                    scenario.name(),
                    scenario.version(),
                    scenario.hash(),
                    scenario.bytes(),
                    scenario.addedMs());
            audit.write(by);
        });
    }

    @Override
    public long activate(
            ScenarioEntry scenario, List<String> racks, boolean restart, long atMs, LongFunction<AuditEntry> by) {
        long[] given = new long[1];
        racks.forEach(known::forgetWanted);
        changing(() -> given[0] = activations.add(scenario, racks, restart, atMs, by));
        return given[0];
    }

    @Override
    public ActivationEntry wanted(String rack) {
        return known.wanted(rack);
    }

    @Override
    public Map<String, ActivationEntry> wanted(Collection<String> racks) {
        return known.wanted(racks);
    }

    @Override
    public void readAhead() {
        if (epoch != 0) {
            known.readWanted(allRacks());
        }
    }

    @Override
    public void ended(ActivationEntry activation) {
        known.forgetWanted(activation.rack());
        changing(() -> activations.ended(activation));
    }

    @Override
    public List<ActivationEntry> activations(String rack, long beforeId, int limit) {
        return activations.list(rack, beforeId, limit);
    }

    @Override
    public List<ActivationEntry> mayRun(String rack, long beforeId, int max) {
        return activations.mayRun(rack, beforeId, max);
    }

    @Override
    public List<ActivationEntry> before(Collection<String> racks) {
        return activations.before(List.copyOf(racks));
    }

    @Override
    public List<ActivationEntry> activationsFrom(long id, String afterRack, int limit) {
        return activations.from(id, afterRack, limit);
    }

    @Override
    public List<ActivationEntry> wentBack() {
        return activations.wentBack();
    }

    @Override
    public boolean isAudited(String action, String subject, String detail) {
        return audit.has(action, subject, detail);
    }

    @Override
    public List<AuditEntry> lastAudited(String action, String other, String subject, int limit) {
        return audit.last(action, other, subject, limit);
    }

    @Override
    public void audit(String who, String action, String subject, String detail, long atMs) {
        changing(() -> audit.write(AuditEntry.of(atMs, who, action, subject, detail)));
    }

    @Override
    public List<AuditEntry> audit(long beforeId, int limit) {
        return audit.lines(beforeId, limit);
    }

    @Override
    public SecretEntries secrets() {
        return secrets;
    }

    @Override
    public void tidy() {
        store.tidy();
    }

    @Override
    public void close() {
        store.close();
    }

    private long number(String sql, Object... values) {
        return store.query(sql, row -> row.number("n"), values).get(0);
    }

    private static <T> T first(List<T> found) {
        return found.isEmpty() ? null : found.get(0);
    }
}
