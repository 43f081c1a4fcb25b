package io.fluxrig.engine.rack.wire;

import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.transport.journal.store.JournalFigures;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/** What operators see of journals: a series for each wire. Static and stateless. */
final class JournalMetrics {
    private JournalMetrics() {}

    static void register(RackMetrics metrics, String wire, JournalFigures figures, BooleanSupplier takes) {
        counts(metrics, wire, figures);
        level(metrics, wire, "backlog_messages", "Messages not acknowledged.", figures::backlogRecords);
        level(metrics, wire, "backlog_bytes", "Bytes of the files that hold such messages.", figures::backlogBytes);
        level(
                metrics,
                wire,
                "disk_bytes",
                "Bytes of all files of the wire, with what is reserved ahead.",
                figures::fileBytes);
        level(metrics, wire, "up", "1 while the wire takes messages.", () -> takes.getAsBoolean() ? 1 : 0);
    }

    private static void counts(RackMetrics metrics, String wire, JournalFigures figures) {
        count(metrics, wire, "appended_total", "Messages written to disk.", figures::appended);
        count(
                metrics,
                wire,
                "acknowledged_total",
                "Messages that their receiver has dealt with.",
                figures::acknowledged);
        count(metrics, wire, "redelivered_total", "Deliveries that were not a message's first.", figures::redelivered);
        count(
                metrics,
                wire,
                "set_aside_total",
                "Messages that were refused too often and lie aside.",
                figures::setAside);
        count(metrics, wire, "lost_total", "Messages found damaged.", figures::lost);
        count(metrics, wire, "stalls_total", "How often the wire ran out of space.", figures::stalls);
    }

    private static void count(RackMetrics metrics, String wire, String name, String help, DoubleSupplier value) {
        metrics.counter("durable_" + name, help, value, "wire", wire);
    }

    private static void level(RackMetrics metrics, String wire, String name, String help, DoubleSupplier value) {
        metrics.level("durable_" + name, help, value, "wire", wire);
    }
}
