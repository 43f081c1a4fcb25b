package io.fluxrig.iso.frame;

/** What tells where a frame ends. */
public enum FrameEnd {
    /** The length ahead of it. */
    LENGTH,
    /** The trailer behind it. */
    TRAILER,
    /** The message itself, as its dialect reads it: there is neither length nor trailer (a PAD, an X.25 gateway). */
    MESSAGE,
    /** The message itself, as text in jPOS's XML. */
    ISOMSG;

    /** Whether only reading the message tells. */
    public boolean isInMessage() {
        return this == MESSAGE || this == ISOMSG;
    }
}
