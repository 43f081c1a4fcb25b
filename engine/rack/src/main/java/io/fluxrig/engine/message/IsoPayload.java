package io.fluxrig.engine.message;

import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.transport.cbor.CborWriter;
import io.fluxrig.transport.msg.Payload;

/**
 * A decoded ISO 8583 message as the payload of a {@link io.fluxrig.transport.msg.FluxMsg}, with the dialect it was read
 * in.
 *
 * <p>Mutable and reused: owned by the gear that decodes into it, lent with the carrier for the call. One strip's thread.
 */
public final class IsoPayload implements Payload {
    private final IsoMessage message = new IsoMessage();
    private final CborFields cbor = new CborFields();
    private Spec spec;

    /** The fields. */
    public IsoMessage message() {
        return message;
    }

    /** The dialect that the fields were read in, null if they were made by hand. */
    public Spec spec() {
        return spec;
    }

    public void spec(Spec dialect) {
        spec = dialect;
    }

    /** Empties the message and zeroes its bytes. */
    public void wipe() {
        message.wipe();
        spec = null;
    }

    @Override
    public boolean derivedFromRaw() {
        return spec != null && message.pristine();
    }

    @Override
    public void writeTo(CborWriter out) {
        cbor.write(message, out);
    }

    @Override
    public Payload copyInto(Payload spare) {
        IsoPayload copy = spare instanceof IsoPayload free ? free : new IsoPayload();
        copy.message.copyFrom(message);
        copy.spec = spec;
        return copy;
    }
}
