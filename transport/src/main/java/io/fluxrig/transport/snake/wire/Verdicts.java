package io.fluxrig.transport.snake.wire;

import io.fluxrig.transport.snake.nats.Bus;
import java.nio.charset.StandardCharsets;

/** What a receiver tells the stream of a message, where that waits for it. None is answered; one that is lost has the message come again. */
final class Verdicts {
    private static final byte[] ACK = text("+ACK");
    private static final byte[] TERM = text("+TERM");
    private static final byte[] WORKING = text("+WPI");
    private static final byte[] NOW = text("-NAK");
    private static final byte[] SOON = text("-NAK {\"delay\": 5000000000}");
    private static final byte[] LATER = text("-NAK {\"delay\": 30000000000}");

    private final Bus bus;

    Verdicts(Bus bus) {
        this.bus = bus;
    }

    /** The stream may forget it. */
    void taken(String replyTo) {
        bus.publish(replyTo, null, null, ACK);
    }

    /** It is in hand still, and nobody else is to have it. */
    void working(String replyTo) {
        bus.publish(replyTo, null, null, WORKING);
    }

    /** It is of no use to anybody. */
    void dropped(String replyTo) {
        bus.publish(replyTo, null, null, TERM);
    }

    /** Whoever asks may have it at once. */
    void backNow(String replyTo) {
        bus.publish(replyTo, null, null, NOW);
    }

    /** Whoever asks may have it in 5 s. */
    void backSoon(String replyTo) {
        bus.publish(replyTo, null, null, SOON);
    }

    /** Whoever asks may have it in 30 s. */
    void backLater(String replyTo) {
        bus.publish(replyTo, null, null, LATER);
    }

    private static byte[] text(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
