package io.fluxrig.mixer.registry;

import io.fluxrig.mixer.registry.SqlStore.Columns;

/** Reads what {@link SqlRegistry} keeps in its tables, one row an object. */
final class SqlRows {
    private SqlRows() {}

    static RackEntry rack(Columns row) {
        return new RackEntry(
                row.text("name"),
                row.bytes("key"),
                row.bytes("login"),
                row.text("standing"),
                row.text("host"),
                row.text("version"),
                row.number("added"),
                row.number("approved"),
                row.text("approved_by"),
                row.number("serial"),
                row.number("expires"));
    }

    static ScenarioEntry scenario(Columns row) {
        return new ScenarioEntry(
                row.text("name"), row.text("version"), row.text("hash"), row.number("bytes"), row.number("added"));
    }

    static ActivationEntry activation(Columns row) {
        return new ActivationEntry(
                row.number("id"),
                row.text("rack"),
                row.text("scenario"),
                row.text("version"),
                row.text("hash"),
                row.flag("restart"),
                row.number("asked"),
                row.text("outcome"),
                row.text("text"),
                row.number("ended"));
    }

    static AuditEntry audit(Columns row) {
        return new AuditEntry(
                row.number("id"),
                row.number("made"),
                row.text("who"),
                row.text("action"),
                row.text("subject"),
                row.text("detail"));
    }
}
