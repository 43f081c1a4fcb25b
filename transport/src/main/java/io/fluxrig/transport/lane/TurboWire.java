package io.fluxrig.transport.lane;

import io.fluxrig.perf.ring.SpscRing;

/**
 * The hot lane from one strip to another: an off-heap ring of fluxMsg records, one sender, one receiver, in order, at most
 * once.
 *
 * <pre>
 *   record type:  0 | P | 14 bits, 0 | target, 16 bits      P: data was left out, raw says all of it
 *   record body:  fluxMsg as CBOR (see FluxMsgWriter)
 * </pre>
 *
 * Records are wiped from the ring once they are taken. Make the two ends with {@link #sender} and {@link #receiver}; each is
 * used by its own strip's thread only.
 */
public final class TurboWire {
    /** The message is in the ring. */
    public static final int OK = 0;
    /** No room until the receiver has taken more; nothing was sent. */
    public static final int FULL = -1;
    /** Longer than a record can be; it will never fit. */
    public static final int TOO_LONG = -2;

    /** Largest target number. */
    public static final int TARGET_MAX = 0xFFFF;

    static final int DATA_LEFT_OUT = 1 << 30;

    private final SpscRing ring;

    /**
     * @param capacityBytes a power of two; a record is at most an eighth of it
     */
    public TurboWire(int capacityBytes) {
        ring = new SpscRing(capacityBytes);
    }

    /**
     * The sending end.
     *
     * @param scratch where messages are written before they enter the ring; may be shared by all senders of a strip. A shorter
     *     one than {@link #messageLengthMax()} makes for a shorter longest message
     */
    public TurboSender sender(byte[] scratch) {
        return new TurboSender(ring, scratch);
    }

    /**
     * The receiving end.
     *
     * @param window where a record is brought into the heap, at least {@link #messageLengthMax()} long; may be shared by all
     *     receivers of a strip, which are polled one at a time
     * @param hopsMax longest path of a message
     */
    public TurboReceiver receiver(byte[] window, int hopsMax) {
        return new TurboReceiver(ring, window, hopsMax);
    }

    /** Longest message in encoded bytes. */
    public int messageLengthMax() {
        return ring.recordLengthMax();
    }

    /** Bytes waiting in the ring; any thread. */
    public long usedBytes() {
        return ring.usedBytes();
    }

    public int capacityBytes() {
        return ring.capacityBytes();
    }
}
