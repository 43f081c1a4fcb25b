package io.fluxrig.iso.frame;

/**
 * Names the ways in which bytes are no frame, or a message fits no frame.
 *
 * <p>Negative return values of {@link FrameDecoder#next} and {@link FrameEncoder#encode}. {@link #reason} gives the
 * constant text that serves as metric label and closing reason; it never holds a value from the wire. After a refusal by
 * the decoder the stream cannot be trusted any more: close the connection.
 */
public final class FrameRefusal {
    /** The announced length is above {@link Framing#lengthMax()}; found as soon as the length field is there. */
    public static final int LENGTH_TOO_LARGE = -1;

    /** The announced length is not zero and yet does not cover the headers that the framing asks for. */
    public static final int LENGTH_TOO_SMALL = -2;

    /** The length field holds something else than digits of its encoding. */
    public static final int LENGTH_NOT_DIGITS = -3;

    /** The message does not begin with a message type; {@link Framing#heuristicValidation()} asked to look. */
    public static final int NOT_AN_MTI = -4;

    /** Something else stands where the trailer should be. */
    public static final int BAD_TRAILER = -5;

    /** No trailer within {@link Framing#lengthMax()} bytes, in a framing that has no length field. */
    public static final int NO_TRAILER = -6;

    /** The protocol header contradicts itself or the frame: its own length field does not fit. */
    public static final int BAD_HEADER = -7;

    /** Encoder: the message is longer than {@link Framing#lengthMax()} or than the length field can say. */
    public static final int BODY_TOO_LONG = -8;

    /** Encoder: the destination array ends before the frame does. */
    public static final int NO_ROOM = -9;

    /** What begins here is no message of the dialect that tells where messages end. */
    public static final int NOT_A_MESSAGE = -10;

    /** Something else stands where the preamble should be. */
    public static final int BAD_PREAMBLE = -11;

    private static final String[] REASONS = {
        "need_more",
        "length_too_large",
        "length_too_small",
        "length_not_digits",
        "not_an_mti",
        "bad_trailer",
        "no_trailer",
        "bad_header",
        "body_too_long",
        "no_room",
        "not_a_message",
        "bad_preamble"
    };

    /** How many codes there are; codes run from {@code -1} to {@code -COUNT}. */
    public static final int COUNT = REASONS.length - 1;

    private FrameRefusal() {}

    /**
     * The constant name of a code.
     *
     * @param code a negative code of this class
     * @return lower case with underscores, the same instance each time
     * @throws IllegalArgumentException if the code is none of this class
     */
    public static String reason(int code) {
        if (code >= 0 || code < -COUNT) {
            throw new IllegalArgumentException("no frame refusal: " + code);
        }
        return REASONS[-code];
    }
}
