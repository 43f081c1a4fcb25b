package io.fluxrig.engine.gears.codec;

import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.CodecError;
import io.fluxrig.iso.codec.IsoMessage;

/**
 * What a codec gear turns bytes into fields with, and back: the dialect of a spec, or code that a gear pack brings. Owned by one
 * gear on one strip. What is refused is a negative code of {@link CodecError}, never an exception.
 */
public interface MessageCodec {

    /**
     * Reads one message.
     *
     * @return bytes used, at least 1; or why it was refused, and the message is empty
     */
    int decode(byte[] src, int offset, int length, IsoMessage into);

    /** Reads the fields ahead of the fault of a message that {@link #decode} refused; negative if not even its type can be read. */
    int decodeReadable(byte[] src, int offset, int length, IsoMessage into);

    /** Whether a message's bytes are what {@link #encode} would write, so that they may go on as they are. */
    boolean writes(IsoPayload fields);

    /**
     * Writes one message.
     *
     * @return bytes written, at least 1; or why it was refused, and the bytes from {@code offset} on are undefined
     */
    int encode(IsoMessage message, byte[] dst, int offset);

    /** Why the last call was refused; reused. */
    CodecError error();
}
