package io.fluxrig.mixer.registry;

import java.util.List;

/**
 * The registry's tables, version by version. A database is brought up to the last one when a mixer opens it; what a version adds can
 * be run again and by several mixers at once. Plain SQL: PostgreSQL, CockroachDB, YugabyteDB and DuckDB take the same statements.
 */
final class Schema {
    private static final String VERSIONS = "CREATE TABLE IF NOT EXISTS schema_versions (version BIGINT PRIMARY KEY)";

    /** The first one takes over tables of before there were versions. */
    private static final List<List<String>> STEPS = List.of(
            List.of(
                    "CREATE TABLE IF NOT EXISTS racks (name VARCHAR PRIMARY KEY, key BYTEA NOT NULL, login BYTEA NOT NULL,"
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
                    "CREATE TABLE IF NOT EXISTS revoked (key BYTEA PRIMARY KEY)",
                    "CREATE SEQUENCE IF NOT EXISTS passports",
                    "CREATE SEQUENCE IF NOT EXISTS audit_ids"),
            // one row each: whose racks these are, and who leads them
            List.of(
                    "CREATE TABLE IF NOT EXISTS owner (place BIGINT PRIMARY KEY, authority VARCHAR NOT NULL)",
                    "CREATE TABLE IF NOT EXISTS leader (place BIGINT PRIMARY KEY, epoch BIGINT NOT NULL, who VARCHAR NOT"
                            + " NULL, begun BIGINT NOT NULL)",
                    "INSERT INTO leader (place, epoch, who, begun) VALUES (1, 0, '', 0) ON CONFLICT DO NOTHING"),
            List.of(
                    "CREATE TABLE IF NOT EXISTS blobs (hash VARCHAR PRIMARY KEY, content BYTEA NOT NULL)",
                    "CREATE TABLE IF NOT EXISTS artefacts (name VARCHAR NOT NULL, tag VARCHAR NOT NULL, hash VARCHAR NOT"
                            + " NULL, added BIGINT NOT NULL, PRIMARY KEY (name, tag))"),
            List.of(
                    "CREATE TABLE IF NOT EXISTS data_keys (id BIGINT PRIMARY KEY, keeper VARCHAR NOT NULL, kept_under VARCHAR NOT"
                            + " NULL, wrapped BYTEA NOT NULL, made BIGINT NOT NULL)",
                    "CREATE TABLE IF NOT EXISTS secrets (name VARCHAR NOT NULL, version BIGINT NOT NULL, data_key BIGINT NOT"
                            + " NULL, sealed BYTEA NOT NULL, made BIGINT NOT NULL, PRIMARY KEY (name, version))"));

    private Schema() {}

    /**
     * Brings a database up to this version.
     *
     * @throws RegistryException if a newer fluxrig has brought it further, or it cannot be done
     */
    static void bringUp(SqlStore store) {
        store.define(VERSIONS);
        long version = store.query(
                        "SELECT coalesce(max(version), 0) AS version FROM schema_versions",
                        row -> row.number("version"))
                .get(0);
        if (version > STEPS.size()) {
            throw new RegistryException("registry: its tables are of version " + version + ", and this fluxrig knows "
                    + STEPS.size() + ": start the newer one, or bring back a copy of before");
        }
        for (long next = version + 1; next <= STEPS.size(); next++) {
            STEPS.get((int) next - 1).forEach(store::define);
            store.change("INSERT INTO schema_versions (version) VALUES (?) ON CONFLICT DO NOTHING", next);
        }
    }
}
