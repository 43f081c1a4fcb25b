package io.fluxrig.engine.gears.codec;

import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.CodecError;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;

/** The bytes that a spec's wire layer describes. Allocates nothing in steady state. */
final class SpecCodec implements MessageCodec {
    private final IsoCodec codec;
    private final String hash;

    SpecCodec(Spec spec) {
        codec = new IsoCodec(spec.wire());
        hash = spec.hash();
    }

    @Override
    public int decode(byte[] src, int offset, int length, IsoMessage into) {
        return codec.decode(src, offset, length, into);
    }

    @Override
    public int decodeReadable(byte[] src, int offset, int length, IsoMessage into) {
        return codec.decodeReadable(src, offset, length, into);
    }

    @Override
    public boolean writes(IsoPayload fields) {
        return fields.derivedFromRaw() && hash.equals(fields.spec().hash());
    }

    @Override
    public int encode(IsoMessage message, byte[] dst, int offset) {
        return codec.encode(message, dst, offset);
    }

    @Override
    public CodecError error() {
        return codec.error();
    }
}
