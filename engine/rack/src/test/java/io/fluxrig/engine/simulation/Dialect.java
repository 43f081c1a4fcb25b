package io.fluxrig.engine.simulation;

import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import java.util.Arrays;

/** How a simulated peer reads and writes messages. One message at a time. */
final class Dialect {
    private final IsoCodec codec;
    private final IsoMessage message = new IsoMessage();
    private final byte[] scratch = new byte[8192];

    Dialect(Spec spec) {
        codec = new IsoCodec(spec.wire());
    }

    /** The peer's message, emptied. */
    IsoMessage blank() {
        message.clear();
        return message;
    }

    /** The message that the bytes are; it holds until the next call. */
    IsoMessage read(byte[] bytes) {
        if (codec.decode(bytes, 0, bytes.length, message) < 0) {
            throw new AssertionError("a peer was sent what does not decode: " + codec.error());
        }
        return message;
    }

    byte[] write(IsoMessage written) {
        int length = codec.encode(written, scratch, 0);
        if (length < 0) {
            throw new AssertionError("a peer cannot write its message: " + codec.error());
        }
        return Arrays.copyOf(scratch, length);
    }
}
