package io.fluxrig.iso.frame;

/**
 * Cuts the next frame out of received bytes: finds where it ends without copying or keeping anything.
 *
 * <p>Call with everything received and not yet consumed. The answer is
 *
 * <ul>
 *   <li>a positive number: one whole frame of that many bytes begins at {@code offset}; the view says where its parts are.
 *       A keep-alive (no message in it) is such a frame too, see {@link FrameView#keepAlive};
 *   <li>{@link #NEED_MORE}: the frame is not there yet; call again with the same offset when more has arrived;
 *   <li>a negative code of {@link FrameRefusal}: this is no stream of frames; close the connection. A length above the
 *       limit and a message type that cannot be one are found as soon as their bytes are there, before the rest of the
 *       frame is waited for.
 * </ul>
 *
 * <p>Keeps no state between calls but the count of keep-alives, so one decoder serves all connections of a gear on a
 * strip. Single threaded. Allocates nothing. See {@link Framing} for the shapes.
 */
public final class FrameDecoder {
    /** The frame is not complete. */
    public static final int NEED_MORE = 0;

    private final Framing framing;
    private final Variant variant;
    private final int lengthSize;
    private final LengthEncoding lengthEncoding;
    private final boolean littleEndian;
    private final int prefixLength;
    private final int countedOverhead;
    private final int lengthMax;
    private final int headerSize;
    private final int tpduLength;
    private final boolean stations;
    private final byte[] trailer;
    private final byte[] preamble;
    private final MessageEnd end;
    private final PeekEncoding peek;
    private final boolean validate;
    private long keepAlives;

    /** A decoder of that framing, which must not be one where the dialect tells the end ({@link FrameEnd#MESSAGE}). */
    public FrameDecoder(Framing framing) {
        this(framing, framing.end() == FrameEnd.ISOMSG ? new XmlEnd() : null);
    }

    /**
     * A decoder of that framing.
     *
     * @param end finds the end of a message where {@link Framing#end} says that only the message tells it; else not asked
     */
    public FrameDecoder(Framing framing, MessageEnd end) {
        if (framing.end().isInMessage() && end == null) {
            throw new IllegalArgumentException("frame_end: " + framing.end() + " needs something that reads messages");
        }
        this.framing = framing;
        this.end = end;
        preamble = framing.preamble();
        variant = framing.variant();
        lengthSize = framing.lengthSize();
        lengthEncoding = framing.lengthEncoding();
        littleEndian = framing.littleEndian();
        prefixLength = preamble.length + lengthSize + framing.reservedLength();
        lengthMax = framing.lengthMax();
        headerSize = framing.protocolHeaderSize();
        tpduLength = framing.tpduLength();
        stations = StationHeader.fixedLength(variant) > 0;
        trailer = framing.trailer();
        countedOverhead = (framing.includesHeader() ? prefixLength - preamble.length : 0)
                + (framing.includesTrailer() ? trailer.length : 0);
        peek = framing.peek();
        validate = framing.heuristicValidation();
    }

    /** The framing it was made for. */
    public Framing framing() {
        return framing;
    }

    /** Frames without a message seen so far, on all connections. */
    public long keepAlives() {
        return keepAlives;
    }

    /**
     * Looks for one frame.
     *
     * @param src received bytes
     * @param offset first byte not yet consumed
     * @param limit index after the last received byte
     * @param out filled when a frame is found, otherwise undefined
     * @return bytes of the frame, {@link #NEED_MORE}, or a code of {@link FrameRefusal}
     */
    public int next(byte[] src, int offset, int limit, FrameView out) {
        return switch (framing.end()) {
            case LENGTH -> nextByLength(src, offset, limit, out);
            case TRAILER -> nextByTrailer(src, offset, limit, out);
            default -> nextByMessage(src, offset, limit, out);
        };
    }

    /** Neither length nor trailer: the message is read until it ends, no further than the greatest there may be. */
    private int nextByMessage(byte[] src, int offset, int limit, FrameView out) {
        int begin = offset + end.passedOver(src, offset, Math.min(limit, offset + lengthMax));
        int bodyOffset = begin + headerSize + tpduLength;
        int most = Math.min(limit, offset + lengthMax);
        int bytes = NEED_MORE;
        if (bodyOffset < most) {
            int refusal = peek(src, bodyOffset, Integer.MAX_VALUE, limit);
            bytes = refusal < 0 ? refusal : end.bytes(src, bodyOffset, most);
        }
        if (bytes == NEED_MORE) {
            return limit - offset >= lengthMax ? FrameRefusal.LENGTH_TOO_LARGE : NEED_MORE;
        }
        return bytes < 0 ? bytes : found(offset, begin, headerSize, bodyOffset, bytes, out);
    }

    private int nextByLength(byte[] src, int offset, int limit, FrameView out) {
        int available = limit - offset;
        if (preamble.length > 0 && !preambleAt(src, offset, Math.min(available, preamble.length))) {
            return FrameRefusal.BAD_PREAMBLE;
        }
        if (available < preamble.length + lengthSize) {
            return NEED_MORE;
        }
        long announced = lengthEncoding.read(src, offset + preamble.length, lengthSize, littleEndian);
        if (announced < 0) {
            return (int) announced;
        }
        long counted = announced - countedOverhead;
        if (counted > lengthMax) {
            return FrameRefusal.LENGTH_TOO_LARGE;
        }
        if (counted < 0 && announced != 0) {
            return FrameRefusal.LENGTH_TOO_SMALL;
        }
        if (counted <= 0) {
            return available < prefixLength ? NEED_MORE : keepAlive(offset, prefixLength, out);
        }
        return counted(src, offset, limit, (int) counted, out);
    }

    /** The length is known and allowed; counts header, TPDU and body. */
    private int counted(byte[] src, int offset, int limit, int counted, FrameView out) {
        int start = offset + prefixLength;
        int header = headerSize;
        if (stations) {
            if (start >= limit) {
                return NEED_MORE;
            }
            header = StationHeader.length(variant, src[start] & 0xff);
            if (header < 0) {
                return header;
            }
        }
        int bodyOffset = start + header + tpduLength;
        int bodyLength = counted - header - tpduLength;
        if (bodyLength < 0) {
            return FrameRefusal.LENGTH_TOO_SMALL;
        }
        int refusal = peek(src, bodyOffset, bodyLength, limit);
        if (refusal < 0) {
            return refusal;
        }
        int end = start + counted;
        if (limit < end + trailer.length) {
            return NEED_MORE;
        }
        if (stations && !StationHeader.totalAgrees(variant, src, start, counted)) {
            return FrameRefusal.BAD_HEADER;
        }
        if (!trailerAt(src, end)) {
            return FrameRefusal.BAD_TRAILER;
        }
        return found(offset, start, header, bodyOffset, bodyLength, out);
    }

    private int nextByTrailer(byte[] src, int offset, int limit, FrameView out) {
        int bodyOffset = offset + headerSize + tpduLength;
        if (limit - offset >= trailer.length && trailerAt(src, offset)) {
            return keepAlive(offset, trailer.length, out);
        }
        int last = Math.min(limit, offset + lengthMax + trailer.length) - trailer.length;
        for (int at = bodyOffset; at <= last; at++) {
            if (trailerAt(src, at)) {
                int refusal = peek(src, bodyOffset, at - bodyOffset, limit);
                return refusal < 0 ? refusal : found(offset, offset, headerSize, bodyOffset, at - bodyOffset, out);
            }
        }
        int refusal = peek(src, bodyOffset, Integer.MAX_VALUE, limit);
        if (refusal < 0) {
            return refusal;
        }
        return limit - offset >= lengthMax + trailer.length ? FrameRefusal.NO_TRAILER : NEED_MORE;
    }

    /** Looks at the message type if its bytes are there; an empty body has none. */
    private int peek(byte[] src, int bodyOffset, int bodyLength, int limit) {
        if (!validate || bodyLength == 0) {
            return NEED_MORE;
        }
        if (bodyLength < peek.length) {
            return FrameRefusal.NOT_AN_MTI;
        }
        return bodyOffset + peek.length <= limit && !peek.isMti(src, bodyOffset) ? FrameRefusal.NOT_AN_MTI : NEED_MORE;
    }

    private boolean preambleAt(byte[] src, int offset, int bytes) {
        for (int i = 0; i < bytes; i++) {
            if (src[offset + i] != preamble[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean trailerAt(byte[] src, int offset) {
        for (int i = 0; i < trailer.length; i++) {
            if (src[offset + i] != trailer[i]) {
                return false;
            }
        }
        return true;
    }

    private int keepAlive(int offset, int length, FrameView out) {
        keepAlives++;
        out.frameOffset = offset;
        out.headerOffset = offset + length;
        out.headerLength = 0;
        out.tpduLength = 0;
        out.bodyOffset = offset + length;
        out.bodyLength = 0;
        return length;
    }

    private int found(int offset, int start, int header, int bodyOffset, int bodyLength, FrameView out) {
        if (bodyLength == 0) {
            keepAlives++;
        }
        out.frameOffset = offset;
        out.headerOffset = start;
        out.headerLength = header + tpduLength;
        out.tpduLength = tpduLength;
        out.bodyOffset = bodyOffset;
        out.bodyLength = bodyLength;
        return bodyOffset + bodyLength + trailer.length - offset;
    }
}
