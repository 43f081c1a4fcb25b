package io.fluxrig.iso.wire;

/** What happens to bytes behind the last field. */
public enum TrailingBytes {
    /** The message is refused. */
    REFUSE,
    /** They are left alone: decode returns the bytes that it used, and they are not written again. */
    IGNORE
}
