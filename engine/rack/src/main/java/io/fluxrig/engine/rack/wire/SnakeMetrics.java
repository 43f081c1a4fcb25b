package io.fluxrig.engine.rack.wire;

import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.transport.snake.entry.EntryFigures;
import io.fluxrig.transport.snake.entry.SharedEntries;
import io.fluxrig.transport.snake.wire.SnakeFigures;
import io.fluxrig.transport.snake.wire.SnakeWire;
import java.util.function.DoubleSupplier;

/** What operators see of wires between racks. Static and stateless. */
final class SnakeMetrics {
    private SnakeMetrics() {}

    static void ofSender(RackMetrics metrics, String wire, SnakeWire end) {
        SnakeFigures figures = end.figures();
        both(metrics, wire, end);
        count(metrics, wire, "published_total", "Messages that the stream has acknowledged.", figures::stored);
        count(metrics, wire, "confirmed_total", "Messages for which the wire's promise holds.", figures::confirmed);
        count(metrics, wire, "republished_total", "Messages sent to the stream once more.", figures::republished);
        count(
                metrics,
                wire,
                "stream_refused_total",
                "Times that the stream refused a message; it is offered again.",
                figures::brokerRefused);
        count(
                metrics,
                wire,
                "too_long_total",
                "Messages that are longer than NATS takes, and wait until it takes them.",
                figures::tooLong);
        count(
                metrics,
                wire,
                "forged_total",
                "Confirmations dropped because no receiving rack with this key made them.",
                figures::forged);
    }

    static void ofReceiver(RackMetrics metrics, String wire, SnakeWire end) {
        SnakeFigures figures = end.figures();
        both(metrics, wire, end);
        count(metrics, wire, "received_total", "Messages taken from the stream, each once.", figures::received);
        count(metrics, wire, "duplicates_total", "Messages that had come before, dropped.", figures::duplicates);
        count(
                metrics,
                wire,
                "unopened_total",
                "Times that a message's seal did not open; one under another key is offered again every 5 s, and counts each time.",
                figures::unopened);
        count(
                metrics,
                wire,
                "put_back_total",
                "Messages that their gear refused for good, put back into the stream for later.",
                figures::putBack);
        count(
                metrics,
                wire,
                "given_back_total",
                "Messages left to other racks of the group, since the journal took nothing.",
                figures::givenBack);
        count(
                metrics,
                wire,
                "stranded_total",
                "Times that the stream held messages its consumer took for acknowledged, and offers them again.",
                figures::stranded);
    }

    /** What a gear shares with others of its name. */
    static void ofShared(RackMetrics metrics, String gear, SharedEntries entries) {
        EntryFigures figures = entries.figures();
        metrics.level(
                "shared_up", "1 while tickets are shared with other racks.", () -> figures.up() ? 1 : 0, "gear", gear);
        metrics.level(
                "shared_held",
                "Tickets in hand: without an outcome yet, or another rack's.",
                figures::held,
                "gear",
                gear);
        shared(metrics, gear, "opened_total", "Tickets that this rack was the first to have.", figures::opened);
        shared(metrics, gear, "found_total", "Tickets that another rack, or a run before, had.", figures::found);
        shared(
                metrics,
                gear,
                "unshared_total",
                "Requests of which NATS did not tell in time whether another rack had sent them.",
                figures::unshared);
        shared(metrics, gear, "settled_total", "Outcomes that other racks can find.", figures::settled);
        shared(metrics, gear, "lost_total", "Outcomes that no other rack can find.", figures::lost);
        shared(
                metrics,
                gear,
                "unreadable_total",
                "Tickets found that no rack with these keys wrote.",
                figures::unreadable);
        shared(
                metrics,
                gear,
                "mail_dropped_total",
                "Answers beyond what was asked for, dropped unread.",
                figures::mailDropped);
    }

    private static void shared(RackMetrics metrics, String gear, String name, String help, DoubleSupplier value) {
        metrics.counter("shared_" + name, help, value, "gear", gear);
    }

    private static void both(RackMetrics metrics, String wire, SnakeWire end) {
        metrics.level(
                "guaranteed_pending_messages",
                "Messages under way: sent and not confirmed, or received and not taken.",
                end.figures()::pending,
                "wire",
                wire);
        count(
                metrics,
                wire,
                "mail_dropped_total",
                "What came beyond what was asked for, dropped unread.",
                end.figures()::mailDropped);
        metrics.level(
                "guaranteed_up",
                "1 while the wire takes messages, and NATS lets this rack carry them.",
                () -> end.takes() ? 1 : 0,
                "wire",
                wire);
    }

    private static void count(RackMetrics metrics, String wire, String name, String help, DoubleSupplier value) {
        metrics.counter("guaranteed_" + name, help, value, "wire", wire);
    }
}
