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

    private final FieldTable table;
    private final CodecError error = new CodecError();
    private final MessageDecoder decoder;
    private final MessageEncoder encoder;

    /**
     * Compiles a dialect.
     *
     * @throws IllegalArgumentException if the spec contradicts itself, naming the field
     */
    public IsoCodec(WireSpec spec) {
        table = SpecCompiler.compile(Objects.requireNonNull(spec, "spec"));
        decoder = new MessageDecoder(table, error);
        encoder = new MessageEncoder(table, error);
    }

    /** The dialect. */
    public WireSpec spec() {
        return table.wire;
    }

    /**
     * Decodes one message.
     *
     * @return bytes used, at least 1; or a negative code of {@link CodecError}, with the detail in {@link #error()}
     *     and the message left empty
     */
    public int decode(byte[] src, int offset, int length, IsoMessage into) {
        Objects.checkFromIndexSize(offset, length, src.length);
        return decoder.decode(src, offset, length, into);
    }

    /**
     * Decodes as much of a message as can be read, for telling its sender that it was refused: the fields before the first
     * that is refused, as if no other had come. Slower than {@link #decode}; for messages that it has refused.
     *
     * @return bytes read, at least 1; or a negative code of {@link CodecError} if not even type and bitmap can be, and the
     *     message is left empty. {@link #error()} says in both cases what was refused
     */
    public int decodeReadable(byte[] src, int offset, int length, IsoMessage into) {
        Objects.checkFromIndexSize(offset, length, src.length);
        return decoder.decodeReadable(src, offset, length, into);
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
        return encoder.encode(message, dst, offset);
    }

    /** Zeroes the space in which values from other dialects were converted; for when the codec is let go. */
    public void wipe() {
        encoder.wipe();
    }

    /** Why the last call was refused; reused. */
    public CodecError error() {
        return error;
    }
}
