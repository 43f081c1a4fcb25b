package io.fluxrig.iso.frame;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Guesses for people why bytes are no frame under a framing, and says which key of it to look at. For log lines about faults,
 * never for the path of messages. What it says of the bytes is what kind they are, and at most the first two of them, if no digit
 * of a card number can be among these.
 */
public final class FrameDiagnosis {
    /** First byte of a TLS record that carries a handshake, and the first of its version. */
    private static final int TLS_HANDSHAKE = 0x16;

    private static final int TLS_MAJOR = 3;
    private static final int TPDU_ID = 0x60;
    private static final int TPDU_LENGTH = 5;

    private static final String LENGTH_KEYS =
            "look at frame_length_size, frame_length_encoding and frame_includes_header";
    private static final String HEADER_KEYS = LENGTH_KEYS + ", tpdu_enabled and protocol_header_size";

    /** Lengths as they are written in the field: bytes and encoding. */
    private record Shape(int size, LengthEncoding encoding) {
        private static final Shape[] USUAL = {
            new Shape(2, LengthEncoding.BINARY),
            new Shape(4, LengthEncoding.ASCII),
            new Shape(4, LengthEncoding.BINARY),
            new Shape(2, LengthEncoding.BCD),
            new Shape(4, LengthEncoding.EBCDIC),
            new Shape(4, LengthEncoding.HEX)
        };

        String keys() {
            return "set frame_length_size: " + size + " and frame_length_encoding: " + word(encoding);
        }
    }

    private final Framing framing;
    private final byte[] src;
    private final int offset;
    private final int limit;

    private FrameDiagnosis(Framing framing, byte[] src, int offset, int limit) {
        this.framing = framing;
        this.src = src;
        this.offset = offset;
        this.limit = limit;
    }

    /**
     * What seems to be wrong and which key to look at, as the end of a line.
     *
     * @param code why {@link FrameDecoder} refused the bytes, or {@link FrameDecoder#NEED_MORE} if it waited in vain for more
     * @param src bytes at {@code [offset, limit)}, beginning where the frame should
     */
    public static String of(Framing framing, int code, byte[] src, int offset, int limit) {
        return new FrameDiagnosis(framing, src, offset, limit).words(code);
    }

    private String words(int code) {
        String other = otherProtocol();
        if (other != null) {
            return other;
        }
        boolean byLength = framing.lengthSize() > 0;
        String misplaced = code == FrameRefusal.NOT_AN_MTI ? messageType() : null;
        if (misplaced != null) {
            return misplaced;
        }
        String shape = byLength ? otherLength() : null;
        if (shape != null) {
            return shape;
        }
        return switch (code) {
            case FrameRefusal.NOT_AN_MTI -> "no message type stands where one should" + seen() + "; " + HEADER_KEYS;
            case FrameRefusal.BAD_TRAILER, FrameRefusal.NO_TRAILER ->
                "no trailer stands where one should; look at trailer and frame_length_max";
            case FrameRefusal.LENGTH_TOO_LARGE -> "the length is above frame_length_max; raise it, or " + LENGTH_KEYS;
            case FrameRefusal.LENGTH_NOT_DIGITS ->
                "the length holds no digits in " + word(framing.lengthEncoding()) + "; " + LENGTH_KEYS;
            default -> "the frame begins otherwise or is longer than what came; " + HEADER_KEYS;
        };
    }

    private String otherProtocol() {
        if (limit - offset >= 2 && at(0) == TLS_HANDSHAKE && at(1) == TLS_MAJOR) {
            return "the peer speaks TLS; set tls.enabled: true, or have it speak plainly";
        }
        String text = new String(src, offset, Math.min(5, limit - offset), StandardCharsets.US_ASCII);
        if (text.startsWith("GET /") || text.startsWith("POST ") || text.startsWith("HTTP/")) {
            return "the peer speaks HTTP; have it use another port";
        }
        return null;
    }

    /** Where the message should begin: in another encoding, behind a TPDU or header that nobody announced, or before one. */
    private String messageType() {
        int body = bodyOffset();
        String here = written(body);
        if (here != null && !here.equals(word(framing.peek()))) {
            return "the message type is written in " + here + ", not in " + word(framing.peek()) + "; set encoding: "
                    + here;
        }
        int tpdu = framing.tpduLength();
        if (tpdu == 0 && body < limit && (src[body] & 0xff) == TPDU_ID && written(body + TPDU_LENGTH) != null) {
            return "a TPDU seems to stand before the message; set tpdu_enabled: true"
                    + alsoEncoding(body + TPDU_LENGTH);
        }
        if (tpdu > 0 && written(body - tpdu) != null) {
            return "the message seems to come without a TPDU; set tpdu_enabled: false" + alsoEncoding(body - tpdu);
        }
        boolean iso = limit - body >= 3 && new String(src, body, 3, StandardCharsets.US_ASCII).equals("ISO");
        return iso
                ? "a header that begins with ISO stands before the message; set protocol_header_size (often 12)"
                : null;
    }

    private String alsoEncoding(int at) {
        String way = written(at);
        return way.equals(word(framing.peek())) ? "" : " and encoding: " + way;
    }

    /** Another way of writing lengths under which a whole frame with a message type is there. */
    private String otherLength() {
        for (Shape shape : Shape.USUAL) {
            boolean same = shape.size() == framing.lengthSize() && shape.encoding() == framing.lengthEncoding();
            if (same || limit - offset < shape.size()) {
                continue;
            }
            long length = shape.encoding().read(src, offset, shape.size(), false);
            int body = offset + shape.size();
            boolean whole = length >= PeekEncoding.BCD.length && length <= limit - body;
            if (whole && (written(body) != null || tpduAt(body))) {
                return "it fits another length; " + shape.keys();
            }
        }
        return null;
    }

    private boolean tpduAt(int body) {
        return body < limit && (src[body] & 0xff) == TPDU_ID && written(body + TPDU_LENGTH) != null;
    }

    private int bodyOffset() {
        int prefix = framing.lengthSize() == 0 ? 0 : framing.lengthSize() + framing.reservedLength();
        int start = offset + prefix;
        int header = framing.protocolHeaderSize();
        if (framing.lengthSize() > 0 && StationHeader.fixedLength(framing.variant()) > 0 && start < limit) {
            header = Math.max(0, StationHeader.length(framing.variant(), src[start] & 0xff));
        }
        return start + header + framing.tpduLength();
    }

    /** In which encoding a message type stands there, null if in none. */
    private String written(int at) {
        for (PeekEncoding way : PeekEncoding.values()) {
            if (at >= offset && at + way.length <= limit && way.isMti(src, at)) {
                return word(way);
            }
        }
        return null;
    }

    /** The first two bytes of where the message should begin, unless they may be digits. */
    private String seen() {
        int body = bodyOffset();
        if (body + 2 > limit || mayBeDigits(src[body] & 0xff) || mayBeDigits(src[body + 1] & 0xff)) {
            return "";
        }
        return String.format(Locale.ROOT, " (%02x %02x)", src[body] & 0xff, src[body + 1] & 0xff);
    }

    /** ASCII and EBCDIC digits, pairs of BCD digits, and one digit with a filler or separator. */
    private static boolean mayBeDigits(int b) {
        int high = b >>> 4;
        int low = b & 15;
        boolean lowFills = low == 13 || low == 15;
        return low <= 9 && (high <= 9 || high == 13 || high == 15) || high <= 9 && lowFills;
    }

    private int at(int index) {
        return src[offset + index] & 0xff;
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
