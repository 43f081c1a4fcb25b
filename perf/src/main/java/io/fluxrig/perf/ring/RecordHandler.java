package io.fluxrig.perf.ring;

import java.nio.ByteBuffer;

/** Takes the records out of a {@link SpscRing} on the consumer's thread. */
@FunctionalInterface
public interface RecordHandler {

    /**
     * One record, in place. {@code memory} is the ring itself: read it by absolute index from {@code offset} to {@code offset
     * + length}, only during the call, and never write or move its position; the bytes are wiped afterwards.
     *
     * @param type what the producer called it, zero or more
     */
    void onRecord(int type, ByteBuffer memory, int offset, int length);
}
