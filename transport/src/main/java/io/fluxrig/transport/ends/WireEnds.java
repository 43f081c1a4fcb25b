package io.fluxrig.transport.ends;

/**
 * What a strip holds of a wire that is more than memory: the end where messages leave the strip, the end where they reach it.
 * Made before the strips run, on any thread.
 */
public interface WireEnds {

    /** The sending end of a strip; {@code scratch} may be shared by all senders of the strip. */
    JournalSender sender(int strip, byte[] scratch);

    /** The receiving end of a strip. */
    JournalReceiver receiver(int strip, int hopsMax);

    /** Longest message in encoded bytes. */
    int messageLengthMax();
}
