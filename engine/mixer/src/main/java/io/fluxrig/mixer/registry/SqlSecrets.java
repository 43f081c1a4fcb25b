package io.fluxrig.mixer.registry;

import io.fluxrig.mixer.registry.SqlStore.Columns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** {@link SecretEntries} in the registry's database. While this mixer leads, what was read is remembered: nobody else changes it then. */
final class SqlSecrets implements SecretEntries {
    private static final byte[] LEFT_OUT = {};
    /** Secrets that one statement reads. */
    private static final int AT_ONCE = 50;

    private final SqlStore store;
    private final SqlAudit audit;
    private final Consumer<Runnable> changing;
    private final BooleanSupplier leads;
    private final Map<String, List<SecretEntry>> known = new HashMap<>();
    private long forgotten;

    /**
     * @param changing makes changes, all or none, if this mixer may
     * @param leads whether nobody else changes anything
     */
    SqlSecrets(SqlStore store, SqlAudit audit, Consumer<Runnable> changing, BooleanSupplier leads) {
        this.store = store;
        this.audit = audit;
        this.changing = changing;
        this.leads = leads;
    }

    /** Others may have made changes. */
    void forget() {
        known.clear();
        forgotten++;
    }

    @Override
    public long forgotten() {
        return forgotten;
    }

    @Override
    public void together(Runnable changes) {
        changing.accept(changes);
    }

    @Override
    public void forget(String name) {
        known.remove(name);
    }

    @Override
    public List<DataKeyEntry> dataKeys() {
        return store.query("SELECT * FROM data_keys ORDER BY id", SqlSecrets::dataKey);
    }

    @Override
    public void add(DataKeyEntry key) {
        changing.accept(() -> store.change(
                "INSERT INTO data_keys (id, keeper, kept_under, wrapped, made) VALUES (?, ?, ?, ?, ?)",
                key.id(),
                key.keeper(),
                key.under(),
                key.wrapped(),
                key.madeMs()));
    }

    @Override
    public void replace(List<DataKeyEntry> keys, AuditEntry by) {
        changing.accept(() -> {
            audit.write(by);
            for (DataKeyEntry key : keys) {
                store.change(
                        "UPDATE data_keys SET keeper = ?, kept_under = ?, wrapped = ? WHERE id = ?",
                        key.keeper(),
                        key.under(),
                        key.wrapped(),
                        key.id());
            }
        });
    }

    @Override
    public List<SecretEntry> versions(String name) {
        List<SecretEntry> found = known.get(name);
        if (found == null) {
            found = store.query("SELECT * FROM secrets WHERE name = ? ORDER BY version", SqlSecrets::secret, name);
            // a name that there is not is anybody's to ask for
            if (leads.getAsBoolean() && !found.isEmpty()) {
                known.put(name, found);
            }
        }
        return found;
    }

    @Override
    public void readAhead(List<String> names) {
        List<String> unread = names.stream()
                .filter(name -> leads.getAsBoolean() && !known.containsKey(name))
                .toList();
        for (int from = 0; from < unread.size(); from += AT_ONCE) {
            List<String> some = unread.subList(from, Math.min(unread.size(), from + AT_ONCE));
            List<SecretEntry> found = store.query(
                    "SELECT * FROM secrets WHERE name IN (" + SqlActivations.places(AT_ONCE) + ") ORDER BY version",
                    SqlSecrets::secret,
                    SqlActivations.filled(some, AT_ONCE).toArray());
            some.forEach(name -> known.put(name, new ArrayList<>()));
            found.forEach(each -> known.get(each.name()).add(each));
        }
    }

    @Override
    public void add(SecretEntry secret) {
        known.remove(secret.name());
        changing.accept(() -> insert(secret));
    }

    @Override
    public void add(SecretEntry secret, AuditEntry by) {
        known.remove(secret.name());
        changing.accept(() -> {
            audit.write(by);
            insert(secret);
        });
    }

    private void insert(SecretEntry secret) {
        store.change(
                "INSERT INTO secrets (name, version, data_key, sealed, made) VALUES (?, ?, ?, ?, ?)",
                secret.name(),
                secret.version(),
                secret.dataKey(),
                secret.sealed(),
                secret.madeMs());
    }

    @Override
    public List<SecretEntry> last(String afterName, int limit) {
        return store.query(
                "SELECT name, version, data_key, made FROM secrets s WHERE name > ? AND version = (SELECT max(version) FROM"
                        + " secrets t WHERE t.name = s.name) ORDER BY name LIMIT ?",
                row -> new SecretEntry(
                        row.text("name"), row.number("version"), row.number("data_key"), LEFT_OUT, row.number("made")),
                afterName,
                limit);
    }

    private static DataKeyEntry dataKey(Columns row) {
        return new DataKeyEntry(
                row.number("id"), row.text("keeper"), row.text("kept_under"), row.bytes("wrapped"), row.number("made"));
    }

    private static SecretEntry secret(Columns row) {
        return new SecretEntry(
                row.text("name"),
                row.number("version"),
                row.number("data_key"),
                row.bytes("sealed"),
                row.number("made"));
    }
}
