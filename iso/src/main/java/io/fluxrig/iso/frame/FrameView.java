package io.fluxrig.iso.frame;

/**
 * Says where the parts of one frame lie in the array given to {@link FrameDecoder#next}.
 *
 * <pre>
 *   frameOffset
 *   v
 *   +--------+-----------------+-------+--------+---------+
 *   | length | protocol header | TPDU  |  body  | trailer |
 *   +--------+-----------------+-------+--------+---------+
 *            |&lt;----- header -----------&gt;|
 *            ^                 ^       ^
 *            headerOffset      |       bodyOffset
 *                              tpduOffset
 * </pre>
 *
 * <p>Owns nothing: the offsets are valid as long as the array is. Reused from call to call; single threaded.
 */
public final class FrameView {
    int frameOffset;
    int headerOffset;
    int headerLength;
    int tpduLength;
    int bodyOffset;
    int bodyLength;

    /** Creates a view of nothing. */
    public FrameView() {}

    /** Where the frame begins, its length field included. */
    public int frameOffset() {
        return frameOffset;
    }

    /** Where protocol header and TPDU begin. */
    public int headerOffset() {
        return headerOffset;
    }

    /** Bytes of protocol header and TPDU together; give this slice to {@link FrameEncoder#encodeReply} for the answer. */
    public int headerLength() {
        return headerLength;
    }

    /** Where the TPDU begins. */
    public int tpduOffset() {
        return headerOffset + headerLength - tpduLength;
    }

    /** Bytes of the TPDU, 0 if the framing has none. */
    public int tpduLength() {
        return tpduLength;
    }

    /** Where the ISO 8583 message begins. */
    public int bodyOffset() {
        return bodyOffset;
    }

    /** Bytes of the ISO 8583 message, 0 for a keep-alive. */
    public int bodyLength() {
        return bodyLength;
    }

    /** Whether this frame carries no message: a peer that only shows it is there. */
    public boolean keepAlive() {
        return bodyLength == 0;
    }
}
