package io.fluxrig.iso.codec;

import io.fluxrig.iso.wire.WireSpec;
import java.util.Objects;

/**
 * Turns the bytes of one dialect into an {@link IsoMessage} and back, in one walk, allocating nothing in steady state.
 *
 * <p>Threading: owned by one strip (it has scratch space); not thread safe. Ownership: decode copies the bytes into
 * the message, so the source may be reused at once.
 */
public final class IsoCodec {

    private final WireSpec spec;
    private final CodecError error = new CodecError();

    /**
     * Compiles a dialect.
     *
     * @throws IllegalArgumentException if the spec contradicts itself, naming the field
     */
    public IsoCodec(WireSpec spec) {
        this.spec = Objects.requireNonNull(spec, "spec");
    }

    /** The dialect. */
    public WireSpec spec() {
        return spec;
    }

    /**
     * Decodes one message.
     *
     * @return bytes used, at least 1; or a negative code of {@link CodecError}, with the detail in {@link #error()}
     *     and the message left empty
     */
    public int decode(byte[] src, int offset, int length, IsoMessage into) {
        Objects.checkFromIndexSize(offset, length, src.length);
        into.clear();
        return error.set(CodecError.TRUNCATED, "MTI", 0, "a message type");
    }

    /**
     * Encodes a message. One that was decoded from this dialect keeps the bytes of its untouched fields; values from
     * another dialect are written anew from what they mean.
     *
     * @return bytes written, at least 1; or a negative code of {@link CodecError}, with the detail in {@link #error()}
     *     and the bytes from {@code offset} on undefined
     */
    public int encode(IsoMessage message, byte[] dst, int offset) {
        Objects.checkIndex(offset, dst.length + 1);
        return error.set(CodecError.MTI, "MTI", message.length(0), "a message type");
    }

    /** Why the last call was refused; reused. */
    public CodecError error() {
        return error;
    }
}
