package io.fluxrig.mixer.registry;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** A {@link Registry} in a DuckDB file. */
public final class DuckRegistry implements Registry {
    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE IF NOT EXISTS racks (name VARCHAR PRIMARY KEY, key BLOB NOT NULL, login BLOB NOT NULL,"
                    + " standing VARCHAR NOT NULL, host VARCHAR NOT NULL, version VARCHAR NOT NULL, added BIGINT NOT NULL,"
                    + " approved BIGINT NOT NULL, approved_by VARCHAR NOT NULL, serial BIGINT NOT NULL,"
                    + " expires BIGINT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS scenarios (name VARCHAR NOT NULL, version VARCHAR NOT NULL, hash VARCHAR NOT NULL,"
                    + " bytes BIGINT NOT NULL, added BIGINT NOT NULL, PRIMARY KEY (name, version))",
            "CREATE TABLE IF NOT EXISTS activations (id BIGINT NOT NULL, rack VARCHAR NOT NULL, scenario VARCHAR NOT NULL,"
                    + " version VARCHAR NOT NULL, hash VARCHAR NOT NULL, restart BOOLEAN NOT NULL, asked BIGINT NOT NULL,"
                    + " outcome VARCHAR NOT NULL, text VARCHAR NOT NULL, ended BIGINT NOT NULL, PRIMARY KEY (id, rack))",
            "CREATE TABLE IF NOT EXISTS audit (id BIGINT PRIMARY KEY, made BIGINT NOT NULL, who VARCHAR NOT NULL,"
                    + " action VARCHAR NOT NULL, subject VARCHAR NOT NULL, detail VARCHAR NOT NULL)",
            "CREATE TABLE IF NOT EXISTS revoked (key BLOB PRIMARY KEY)",
            "CREATE SEQUENCE IF NOT EXISTS passports",
            "CREATE SEQUENCE IF NOT EXISTS audit_ids");

    private final DuckStore store;

    private DuckRegistry(DuckStore store) {
        this.store = store;
    }

    /** Opens the file, or makes it. */
    public static DuckRegistry open(Path file) {
        DuckStore store = DuckStore.open(file);
        store.define(SCHEMA);
        return new DuckRegistry(store);
    }

    @Override
    public List<RackEntry> racks(String afterName, int limit) {
        return store.query(
                "SELECT * FROM racks WHERE name > ? ORDER BY name LIMIT ?", DuckRegistry::rack, afterName, limit);
    }

    @Override
    public RackEntry rack(String name) {
        return first(store.query("SELECT * FROM racks WHERE name = ?", DuckRegistry::rack, name));
    }

    @Override
    public String loginOwner(byte[] login) {
        return first(store.query(
                "SELECT name FROM racks WHERE login = ? ORDER BY name LIMIT 1", row -> row.getString(1), (Object)
                        login));
    }

    @Override
    public void put(RackEntry rack) {
        store.change(
                "INSERT OR REPLACE INTO racks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
    public void removeRack(RackEntry rack) {
        store.together(() -> {
            store.change("DELETE FROM racks WHERE name = ?", rack.name());
            store.change("UPDATE activations SET outcome = ? WHERE rack = ?", ActivationEntry.SUPERSEDED, rack.name());
            store.change("INSERT OR IGNORE INTO revoked VALUES (?)", (Object) rack.key());
        });
    }

    @Override
    public boolean isRevoked(byte[] key) {
        return number("SELECT count(*) FROM revoked WHERE key = ?", (Object) key) > 0;
    }

    @Override
    public void pardon(byte[] key) {
        store.change("DELETE FROM revoked WHERE key = ?", (Object) key);
    }

    @Override
    public long racksOf(String standing) {
        return number("SELECT count(*) FROM racks WHERE standing = ?", standing);
    }

    @Override
    public long nextSerial() {
        return number("SELECT nextval('passports')");
    }

    @Override
    public List<ScenarioEntry> scenarios(String name, long offset, int limit) {
        return store.query(
                "SELECT * FROM scenarios WHERE ? = '' OR name = ? ORDER BY name, added, version LIMIT ? OFFSET ?",
                DuckRegistry::scenario,
                name,
                name,
                limit,
                offset);
    }

    @Override
    public ScenarioEntry scenario(String name, String version) {
        return first(store.query(
                "SELECT * FROM scenarios WHERE name = ? AND version = ?", DuckRegistry::scenario, name, version));
    }

    @Override
    public void add(ScenarioEntry scenario) {
        store.change(
                "INSERT INTO scenarios VALUES (?, ?, ?, ?, ?)",
                scenario.name(),
                scenario.version(),
                scenario.hash(),
                scenario.bytes(),
                scenario.addedMs());
    }

    @Override
    public long activate(ScenarioEntry scenario, List<String> racks, boolean restart, long atMs) {
        // racks take only what is higher than the last: so it is above what a registry that was lost gave, too
        long id = Math.max(number("SELECT coalesce(max(id), 0) FROM activations") + 1, atMs);
        store.together(() -> {
            for (String rack : racks) {
                store.change(
                        "UPDATE activations SET outcome = ? WHERE rack = ? AND outcome = ?",
                        ActivationEntry.SUPERSEDED,
                        rack,
                        ActivationEntry.WAITING);
                store.change(
                        "INSERT INTO activations VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', 0)",
                        id,
                        rack,
                        scenario.name(),
                        scenario.version(),
                        scenario.hash(),
                        restart,
                        atMs,
                        ActivationEntry.WAITING);
            }
        });
        return id;
    }

    @Override
    public ActivationEntry wanted(String rack) {
        return first(store.query(
                "SELECT * FROM activations WHERE rack = ? AND outcome <> ? ORDER BY id DESC LIMIT 1",
                DuckRegistry::activation,
                rack,
                ActivationEntry.SUPERSEDED));
    }

    @Override
    public void ended(ActivationEntry activation) {
        store.change(
                "UPDATE activations SET outcome = ?, text = ?, ended = ? WHERE id = ? AND rack = ?",
                activation.outcome(),
                activation.text(),
                activation.endedMs(),
                activation.id(),
                activation.rack());
    }

    @Override
    public List<ActivationEntry> activations(String rack, long beforeId, int limit) {
        return rack == null
                ? store.query(
                        "SELECT * FROM activations WHERE id < ? ORDER BY id DESC, rack LIMIT ?",
                        DuckRegistry::activation,
                        beforeId,
                        limit)
                : store.query(
                        "SELECT * FROM activations WHERE id < ? AND rack = ? ORDER BY id DESC LIMIT ?",
                        DuckRegistry::activation,
                        beforeId,
                        rack,
                        limit);
    }

    @Override
    public void audit(String who, String action, String subject, String detail, long atMs) {
        store.change(
                "INSERT INTO audit VALUES (nextval('audit_ids'), ?, ?, ?, ?, ?)", atMs, who, action, subject, detail);
    }

    @Override
    public List<AuditEntry> audit(long beforeId, int limit) {
        return store.query(
                "SELECT * FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?", DuckRegistry::audit, beforeId, limit);
    }

    @Override
    public void close() {
        store.close();
    }

    private long number(String sql, Object... values) {
        return store.query(sql, row -> row.getLong(1), values).get(0);
    }

    private static <T> T first(List<T> found) {
        return found.isEmpty() ? null : found.get(0);
    }

    private static RackEntry rack(ResultSet row) throws SQLException {
        return new RackEntry(
                row.getString("name"),
                row.getBytes("key"),
                row.getBytes("login"),
                row.getString("standing"),
                row.getString("host"),
                row.getString("version"),
                row.getLong("added"),
                row.getLong("approved"),
                row.getString("approved_by"),
                row.getLong("serial"),
                row.getLong("expires"));
    }

    private static ScenarioEntry scenario(ResultSet row) throws SQLException {
        return new ScenarioEntry(
                row.getString("name"),
                row.getString("version"),
                row.getString("hash"),
                row.getLong("bytes"),
                row.getLong("added"));
    }

    private static ActivationEntry activation(ResultSet row) throws SQLException {
        return new ActivationEntry(
                row.getLong("id"),
                row.getString("rack"),
                row.getString("scenario"),
                row.getString("version"),
                row.getString("hash"),
                row.getBoolean("restart"),
                row.getLong("asked"),
                row.getString("outcome"),
                row.getString("text"),
                row.getLong("ended"));
    }

    private static AuditEntry audit(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                row.getLong("made"),
                row.getString("who"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("detail"));
    }
}
