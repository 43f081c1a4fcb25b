package io.fluxrig.engine.rack;

import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.transport.snake.SnakeFigures;
import io.fluxrig.transport.snake.SnakeWire;
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
                "forged_total",
                "Confirmations dropped because no receiving rack with this key made them.",
                figures::forged);
    }

    static void ofReceiver(RackMetrics metrics, String wire, SnakeWire end) {
        SnakeFigures figures = end.figures();
        both(metrics, wire, end);
        count(metrics, wire, "received_total", "Messages taken from the stream, each once.", figures::received);
        count(metrics, wire, "duplicates_total", "Messages that had come before, dropped.", figures::duplicates);
        count(metrics, wire, "unopened_total", "Messages whose seal did not open.", figures::unopened);
        count(
                metrics,
                wire,
                "put_back_total",
                "Messages that their gear refused for good, put back into the stream for later.",
                figures::putBack);
        count(
                metrics,
                wire,
                "stranded_total",
                "Times that the stream held messages its consumer took for acknowledged, and offers them again.",
                figures::stranded);
    }

    private static void both(RackMetrics metrics, String wire, SnakeWire end) {
        metrics.level(
                "guaranteed_pending_messages",
                "Messages under way: sent and not confirmed, or received and not taken.",
                end.figures()::pending,
                "wire",
                wire);
        metrics.level("guaranteed_up", "1 while the wire takes messages.", () -> end.takes() ? 1 : 0, "wire", wire);
    }

    private static void count(RackMetrics metrics, String wire, String name, String help, DoubleSupplier value) {
        metrics.counter("guaranteed_" + name, help, value, "wire", wire);
    }
}
