package io.fluxrig.transport.msg;

import io.fluxrig.transport.cbor.CborWriter;

/**
 * What a {@link FluxMsg} carries under {@code data}; implemented by whoever understands the content.
 *
 * <p>Owned by the gear that made it and borrowed, with its message, for the length of a call.
 */
public interface Payload {

    /** True while nothing was changed since it was decoded, so that {@code raw} alone says all of it. */
    boolean derivedFromRaw();

    /** Writes the value of {@code data}: exactly one CBOR map, in deterministic order. Faults stay with the writer. */
    void writeTo(CborWriter out);

    /**
     * A copy that lives on its own, for a second receiver of the same message.
     *
     * @param spare a payload that nobody uses any more, filled and returned if it is of the same kind; may be null
     */
    Payload copyInto(Payload spare);
}
