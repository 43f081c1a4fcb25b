package io.fluxrig.transport.msg;

/**
 * What a {@link FluxMsg} carries under {@code data}; implemented by whoever understands the content.
 *
 * <p>Owned by the gear that made it and borrowed, with its message, for the length of a call.
 */
public interface Payload {

    /** True while nothing was changed since it was decoded, so that {@code raw} alone says all of it. */
    boolean derivedFromRaw();
}
