package io.fluxrig.transport.snake.wire;

import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.count.Level;

/** What one end of a guaranteed wire counts. Written by its thread, read by any; an end counts its own half. */
public final class SnakeFigures {
    final Counter stored = new Counter();
    final Counter confirmed = new Counter();
    final Counter republished = new Counter();
    final Counter brokerRefused = new Counter();
    final Counter forged = new Counter();
    final Counter tooLong = new Counter();
    final Counter mailDropped = new Counter();
    final Counter received = new Counter();
    final Counter duplicates = new Counter();
    final Counter unopened = new Counter();
    final Counter putBack = new Counter();
    final Counter givenBack = new Counter();
    final Counter stranded = new Counter();
    final Level pending = new Level();
    final Level unusable = new Level();

    /** Sender: messages that the stream has acknowledged. */
    public long stored() {
        return stored.get();
    }

    /** Sender: messages for which the wire's promise holds, as its {@code confirm} says. */
    public long confirmed() {
        return confirmed.get();
    }

    /** Sender: messages published once more, since an acknowledgement or a confirmation did not come. */
    public long republished() {
        return republished.get();
    }

    /** Sender: times that the stream refused a message, full as a rule; it is offered again. */
    public long brokerRefused() {
        return brokerRefused.get();
    }

    /** Sender: confirmations that were not a receiving rack's. */
    public long forged() {
        return forged.get();
    }

    /** Sender: messages that were longer than NATS takes, and wait until it takes them. */
    public long tooLong() {
        return tooLong.get();
    }

    /** What came beyond anything that can have been asked for, dropped unread; what was asked for comes again. */
    public long mailDropped() {
        return mailDropped.get();
    }

    /** Receiver: messages handed on, each once. */
    public long received() {
        return received.get();
    }

    /** Receiver: messages that had come before and were dropped. */
    public long duplicates() {
        return duplicates.get();
    }

    /** Receiver: times that a message's seal did not open; one that is sealed with another key comes again, and counts each time. */
    public long unopened() {
        return unopened.get();
    }

    /** Receiver: messages that their gear refused for good, put back into the stream for later. */
    public long putBack() {
        return putBack.get();
    }

    /** Receiver: messages left to other racks of the group, since this one's journal took nothing. */
    public long givenBack() {
        return givenBack.get();
    }

    /** Receiver: times that the stream held messages which its consumer took for acknowledged, and offers them again. */
    public long stranded() {
        return stranded.get();
    }

    /** Whether NATS does not let this rack carry the wire. */
    public boolean unusable() {
        return unusable.get() != 0;
    }

    /** Messages that this end has in hand: published and not confirmed, or received and not taken. */
    public long pending() {
        return pending.get();
    }
}
