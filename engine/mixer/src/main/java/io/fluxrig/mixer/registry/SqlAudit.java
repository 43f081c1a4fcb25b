package io.fluxrig.mixer.registry;

import java.util.List;

/** The audit log in its table: lines are added, each as one of the changes that it is about, and never changed. Whose thread the registry is on. */
final class SqlAudit {
    private final SqlStore store;

    SqlAudit(SqlStore store) {
        this.store = store;
    }

    /** One of several changes. */
    void write(AuditEntry entry) {
        store.change(
                "INSERT INTO audit (id, made, who, action, subject, detail) VALUES (nextval('audit_ids'), ?, ?, ?, ?, ?)",
                entry.atMs(),
                entry.who(),
                entry.action(),
                entry.subject(),
                entry.detail());
    }

    boolean has(String action, String subject, String detail) {
        return !store.query(
                        "SELECT id FROM audit WHERE action = ? AND subject = ? AND detail = ? LIMIT 1",
                        row -> row.number("id"),
                        action,
                        subject,
                        detail)
                .isEmpty();
    }

    /** Of two actions, the latest first. */
    List<AuditEntry> last(String action, String other, String subject, int limit) {
        return store.query(
                "SELECT * FROM audit WHERE action IN (?, ?) AND subject = ? ORDER BY id DESC LIMIT ?",
                SqlRows::audit,
                action,
                other,
                subject,
                limit);
    }

    /** The latest first. */
    List<AuditEntry> lines(long beforeId, int limit) {
        return store.query(
                "SELECT * FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?", SqlRows::audit, beforeId, limit);
    }
}
