package io.fluxrig.mixer.registry;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.rack.change.ChangeReport.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongFunction;

/** What racks are to run, in the registry's database; as {@link Registry} has it, and remembers nothing. */
final class SqlActivations {
    /** Racks of one statement: a database that is far away is asked once for all of them. */
    static final int AT_ONCE = 50;

    private static final String INSERT =
            "INSERT INTO activations (id, rack, scenario, version, hash, restart, asked, outcome, text, ended) VALUES ";

    private static final String MAY_RUN =
            "WITH well AS (SELECT coalesce(max(id), 0) AS id FROM activations WHERE rack = ?"
                    + " AND id < ? AND outcome IN (?, ?)), since AS (SELECT max(id) AS id FROM activations WHERE rack = ? AND id < ?"
                    + " AND id > (SELECT id FROM well) AND outcome NOT IN (?, ?) GROUP BY hash ORDER BY max(id) DESC LIMIT ?)"
                    + " SELECT * FROM activations WHERE rack = ? AND (id IN (SELECT id FROM since) OR id IN (SELECT id FROM well))"
                    + " ORDER BY id DESC";

    private static final String BEFORE =
            "WITH wanted AS (SELECT a.rack, a.id, a.hash FROM activations a JOIN (SELECT rack,"
                    + " max(id) AS id FROM activations WHERE rack IN (" + places(AT_ONCE)
                    + ") AND outcome <> ? GROUP BY rack) last"
                    + " ON a.rack = last.rack AND a.id = last.id), well AS (SELECT e.rack, max(e.id) AS id FROM activations e JOIN"
                    + " wanted w ON e.rack = w.rack WHERE e.id < w.id AND e.outcome IN (?, ?) GROUP BY e.rack), ran AS (SELECT"
                    + " a.rack, a.id, a.hash FROM activations a JOIN well ON a.rack = well.rack AND a.id = well.id), found AS"
                    + " (SELECT e.rack, max(e.id) AS id FROM activations e JOIN"
                    + " wanted w ON e.rack = w.rack WHERE e.id < w.id AND e.outcome IN (?, ?) GROUP BY e.rack, e.hash = w.hash UNION"
                    + " SELECT e.rack, max(e.id) AS id FROM activations e JOIN ran r ON e.rack = r.rack WHERE e.id < r.id AND"
                    + " e.outcome IN (?, ?) AND e.hash <> r.hash GROUP BY e.rack UNION"
                    + " SELECT e.rack, max(e.id) AS id FROM activations e JOIN wanted w ON e.rack = w.rack WHERE e.id < w.id AND"
                    + " e.outcome NOT IN (?, ?, ?, ?) GROUP BY e.rack) SELECT a.* FROM activations a JOIN found ON a.rack ="
                    + " found.rack AND a.id = found.id ORDER BY a.id DESC";

    private final SqlStore store;
    private final SqlAudit audit;

    SqlActivations(SqlStore store, SqlAudit audit) {
        this.store = store;
        this.audit = audit;
    }

    /** Within changes. */
    long add(ScenarioEntry scenario, List<String> racks, boolean restart, long atMs, LongFunction<AuditEntry> by) {
        long last = store.query("SELECT coalesce(max(id), 0) AS n FROM activations", row -> row.number("n"))
                .get(0);
        // racks take only what is higher than the last: so it is above what a registry that was lost gave, too
        long id = Math.max(last + 1, atMs);
        for (int from = 0; from < racks.size(); from += AT_ONCE) {
            List<String> some = racks.subList(from, Math.min(racks.size(), from + AT_ONCE));
            supersede(some, "superseded by activation " + id, atMs);
            insert(id, scenario, some, restart, atMs);
        }
        audit.write(by.apply(id));
        return id;
    }

    private void insert(long id, ScenarioEntry scenario, List<String> racks, boolean restart, long atMs) {
        // whole lots by one statement, which is planned once
        int together = racks.size() == AT_ONCE ? AT_ONCE : 1;
        String sql = INSERT + String.join(", ", Collections.nCopies(together, "(?, ?, ?, ?, ?, ?, ?, ?, '', 0)"));
        for (int from = 0; from < racks.size(); from += together) {
            List<Object> values = new ArrayList<>();
            for (String rack : racks.subList(from, from + together)) {
                values.addAll(List.of(
                        id,
                        rack,
                        scenario.name(),
                        scenario.version(),
                        scenario.hash(),
                        restart,
                        atMs,
                        ActivationEntry.WAITING));
            }
            store.change(sql, values.toArray());
        }
    }

    /** Ends what racks have not said the end of; {@value #AT_ONCE} at most. */
    void supersede(List<String> racks, String why, long atMs) {
        List<Object> values = new ArrayList<>(List.of(ActivationEntry.SUPERSEDED, why, atMs));
        values.addAll(filled(racks, AT_ONCE));
        values.addAll(List.of(ActivationEntry.WAITING, Heartbeat.UNDER_WAY));
        store.change(
                "UPDATE activations SET outcome = ?, text = ?, ended = ? WHERE rack IN (" + places(AT_ONCE)
                        + ") AND outcome IN (?, ?)",
                values.toArray());
    }

    /** As many question marks. */
    static String places(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    /** As many, the last one time and again: a statement for each number would be planned for each. */
    static List<String> filled(List<String> some, int count) {
        List<String> filled = new ArrayList<>(some);
        filled.addAll(Collections.nCopies(count - some.size(), some.get(some.size() - 1)));
        return filled;
    }

    /** Of a rack that was removed nothing is to run. */
    void supersedeAll(String rack, AuditEntry by) {
        supersede(List.of(rack), "its rack was removed", by.atMs());
        store.change("UPDATE activations SET outcome = ? WHERE rack = ?", ActivationEntry.SUPERSEDED, rack);
    }

    /** What a rack is to run; of one at most. */
    List<ActivationEntry> wanted(String rack) {
        return store.query(
                "SELECT * FROM activations WHERE rack = ? AND outcome <> ? ORDER BY id DESC LIMIT 1",
                SqlRows::activation,
                rack,
                ActivationEntry.SUPERSEDED);
    }

    /** What each of some racks is to run. */
    List<ActivationEntry> wanted(List<String> racks) {
        return inLots(
                racks,
                "SELECT a.* FROM activations a JOIN (SELECT rack, max(id) AS id FROM activations WHERE rack IN ("
                        + places(AT_ONCE)
                        + ") AND outcome <> ? GROUP BY rack) last ON a.rack = last.rack AND a.id = last.id",
                List.of(ActivationEntry.SUPERSEDED));
    }

    List<ActivationEntry> mayRun(String rack, long beforeId, int max) {
        List<Object> values = new ArrayList<>(List.of(rack, beforeId));
        values.addAll(ActivationEntry.RAN_WELL);
        values.addAll(List.of(rack, beforeId));
        values.addAll(ActivationEntry.NEVER_RAN);
        values.addAll(List.of(max, rack));
        return store.query(MAY_RUN, SqlRows::activation, values.toArray());
    }

    List<ActivationEntry> before(List<String> racks) {
        List<String> outcomes = new ArrayList<>(List.of(ActivationEntry.SUPERSEDED));
        outcomes.addAll(ActivationEntry.RAN_WELL);
        outcomes.addAll(ActivationEntry.RAN_WELL);
        outcomes.addAll(ActivationEntry.RAN_WELL);
        outcomes.addAll(ActivationEntry.NEVER_RAN);
        outcomes.addAll(ActivationEntry.WENT_BACK);
        return inLots(racks, BEFORE, outcomes);
    }

    /** Asks about some racks, {@value #AT_ONCE} at a time, which come first; then the other values. */
    private List<ActivationEntry> inLots(List<String> racks, String sql, List<String> others) {
        List<ActivationEntry> found = new ArrayList<>();
        for (int from = 0; from < racks.size(); from += AT_ONCE) {
            List<Object> values =
                    new ArrayList<>(filled(racks.subList(from, Math.min(racks.size(), from + AT_ONCE)), AT_ONCE));
            values.addAll(others);
            found.addAll(store.query(sql, SqlRows::activation, values.toArray()));
        }
        return found;
    }

    /** What each rack is to run, that there is or not. */
    List<ActivationEntry> allWanted() {
        return store.query(
                "SELECT a.* FROM activations a JOIN (SELECT rack, max(id) AS id FROM activations WHERE outcome <> ?"
                        + " GROUP BY rack) last ON a.rack = last.rack AND a.id = last.id",
                SqlRows::activation,
                ActivationEntry.SUPERSEDED);
    }

    /** What went back by itself, and did not run well on the same rack since. */
    List<ActivationEntry> wentBack() {
        return store.query(
                "SELECT a.* FROM activations a JOIN (SELECT rack, scenario, version, max(id) AS id FROM activations WHERE"
                        + " outcome IN (?, ?, ?) GROUP BY rack, scenario, version) last ON a.rack = last.rack AND a.id ="
                        + " last.id WHERE a.outcome = ? ORDER BY a.rack, a.id",
                SqlRows::activation,
                Outcome.CHANGED.word(),
                Outcome.UNCHANGED.word(),
                Outcome.ROLLED_BACK.word(),
                Outcome.ROLLED_BACK.word());
    }

    /** Within changes. */
    void ended(ActivationEntry activation) {
        store.change(
                "UPDATE activations SET outcome = ?, text = ?, ended = ? WHERE id = ? AND rack = ?",
                activation.outcome(),
                activation.text(),
                activation.endedMs(),
                activation.id(),
                activation.rack());
    }

    List<ActivationEntry> list(String rack, long beforeId, int limit) {
        return store.query(
                "SELECT * FROM activations WHERE id < ? AND rack = ? ORDER BY id DESC LIMIT ?",
                SqlRows::activation,
                beforeId,
                rack,
                limit);
    }

    List<ActivationEntry> from(long id, String afterRack, int limit) {
        return store.query(
                "SELECT * FROM activations WHERE id < ? OR (id = ? AND rack > ?) ORDER BY id DESC, rack LIMIT ?",
                SqlRows::activation,
                id,
                id,
                afterRack,
                limit);
    }
}
