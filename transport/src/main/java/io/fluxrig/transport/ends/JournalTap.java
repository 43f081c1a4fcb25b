package io.fluxrig.transport.ends;

import io.fluxrig.perf.ring.RecordHandler;
import java.nio.ByteBuffer;

/**
 * Takes the messages of all strips out of an {@code JournalKind.OUTGOING} journal, in the order they were written, as bytes; the
 * journal keeps each until it is acknowledged. One thread, which is no strip's.
 */
public final class JournalTap {
    /** Of the number that stands before a message in the ring. */
    public static final int NUMBER_LENGTH = 8;

    /** Of a number, the lower bits, which rise from message to message, and begin anew behind the last. */
    private static final int RISING_BITS = 40;

    private static final long RISING = (1L << RISING_BITS) - 1;

    private final StripEnds end;
    private final JournalGate gate;
    private final RecordHandler onRecord = this::onRecord;
    private Handler handler;

    /** For the journal. */
    public JournalTap(StripEnds end, JournalGate gate) {
        this.end = end;
        this.gate = gate;
    }

    /** Takes one message. */
    @FunctionalInterface
    public interface Handler {

        /**
         * One message as CBOR, borrowed for the call.
         *
         * @param number as {@link JournalTap#number} says; the message keeps it for as long as the journal has it
         * @param strip that sent it
         * @param dataLeftOut the payload must be read again from {@code raw}
         */
        void onMessage(long number, int strip, boolean dataLeftOut, ByteBuffer memory, int offset, int length);
    }

    /**
     * A message's number, which no other message of the journal has. One that was put back from a copy counts on from where the copy
     * was made, so that its sequences come twice, for other messages.
     *
     * <pre>
     *   0 | of the opening that wrote it (23, random) | sequence in the journal (40)
     * </pre>
     */
    public static long number(long opening, long sequence) {
        return (opening & ~RISING | sequence & RISING) & Long.MAX_VALUE;
    }

    /** The sequence in the journal, which rises from message to message, of a number. */
    public static long sequence(long number) {
        return number & RISING;
    }

    /**
     * Which of two messages was written first, by their numbers: less than 0 if the one was, 0 where their sequences are the same. Right across the end
     * of the sequences, for messages that lie less than half of them apart.
     */
    public static int order(long one, long other) {
        return Long.signum(one - other << Long.SIZE - RISING_BITS);
    }

    /** Hands over at most {@code limit} messages; how many. After a restart, those come again that were not acknowledged. */
    public int poll(Handler to, int limit) {
        handler = to;
        try {
            return end.toStrip.poll(onRecord, limit);
        } finally {
            handler = null;
        }
    }

    /** The {@code count} oldest messages that were handed over and not acknowledged need not be kept any longer. */
    public void acknowledge(int count) {
        end.taken.add(count);
        gate.wake();
    }

    private void onRecord(int type, ByteBuffer memory, int offset, int length) {
        long number = readLongBe(memory, offset);
        boolean leftOut = (type & StripEnds.DATA_LEFT_OUT) != 0;
        handler.onMessage(number, type >>> 16, leftOut, memory, offset + NUMBER_LENGTH, length - NUMBER_LENGTH);
    }

    /** The ring's memory has the machine's byte order. */
    private static long readLongBe(ByteBuffer memory, int offset) {
        long value = 0;
        for (int i = 0; i < NUMBER_LENGTH; i++) {
            value = value << 8 | memory.get(offset + i) & 0xFF;
        }
        return value;
    }
}
