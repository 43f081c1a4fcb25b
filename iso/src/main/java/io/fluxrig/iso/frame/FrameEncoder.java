package io.fluxrig.iso.frame;

/**
 * Puts a frame around a message: length, headers, message, trailer.
 *
 * <p>Writes into the caller's array and keeps nothing. If the message already stands at
 * {@code dstOffset + framing.headroom()} of the destination it is not moved. Single threaded; allocates nothing.
 */
public final class FrameEncoder {
    private final Framing framing;
    private final Variant variant;
    private final int prefixLength;
    private final int countedOverhead;
    private final byte[] headerTemplate;
    private final byte[] tpduTemplate;
    private final byte[] trailer;
    private final byte[] preamble;
    private final int lengthMax;

    /** An encoder of that framing. */
    public FrameEncoder(Framing framing) {
        this.framing = framing;
        variant = framing.variant();
        preamble = framing.preamble();
        prefixLength = preamble.length + framing.lengthSize() + framing.reservedLength();
        headerTemplate = StationHeader.template(framing);
        tpduTemplate = framing.tpdu();
        trailer = framing.trailer();
        countedOverhead = (framing.includesHeader() ? prefixLength - preamble.length : 0)
                + (framing.includesTrailer() ? trailer.length : 0);
        lengthMax = framing.lengthMax();
    }

    /** The framing it was made for. */
    public Framing framing() {
        return framing;
    }

    /**
     * Frames a message of our own: header and TPDU as configured.
     *
     * @return bytes written, or {@link FrameRefusal#BODY_TOO_LONG} or {@link FrameRefusal#NO_ROOM} with nothing written
     */
    public int encode(byte[] body, int bodyOffset, int bodyLength, byte[] dst, int dstOffset) {
        int size = size(bodyLength, dst, dstOffset);
        if (size < 0) {
            return size;
        }
        int at = body(body, bodyOffset, bodyLength, dst, dstOffset);
        System.arraycopy(headerTemplate, 0, dst, at, headerTemplate.length);
        System.arraycopy(tpduTemplate, 0, dst, at + headerTemplate.length, tpduTemplate.length);
        return finish(bodyLength, dst, dstOffset, size);
    }

    /**
     * Frames an answer with what the request carried: its TPDU, destination and source swapped if so configured, and its
     * protocol header if {@link Framing#preserveHeaders}. A header of another length than this framing's is not the
     * request's and is passed over: the configured one is written.
     *
     * @param header array that holds the request's {@link FrameView#headerOffset header slice}; may not be {@code dst}
     * @param headerOffset its first byte
     * @param headerLength its bytes, protocol header and TPDU together
     * @return bytes written, or {@link FrameRefusal#BODY_TOO_LONG} or {@link FrameRefusal#NO_ROOM} with nothing written
     */
    public int encodeReply(
            byte[] body,
            int bodyOffset,
            int bodyLength,
            byte[] header,
            int headerOffset,
            int headerLength,
            byte[] dst,
            int dstOffset) {
        if (headerLength != headerTemplate.length + tpduTemplate.length) {
            return encode(body, bodyOffset, bodyLength, dst, dstOffset);
        }
        int size = size(bodyLength, dst, dstOffset);
        if (size < 0) {
            return size;
        }
        int at = body(body, bodyOffset, bodyLength, dst, dstOffset);
        if (framing.preserveHeaders()) {
            System.arraycopy(header, headerOffset, dst, at, headerTemplate.length);
            StationHeader.swapStations(variant, dst, at);
        } else {
            System.arraycopy(headerTemplate, 0, dst, at, headerTemplate.length);
        }
        int tpdu = at + headerTemplate.length;
        System.arraycopy(header, headerOffset + headerTemplate.length, dst, tpdu, tpduTemplate.length);
        if (framing.tpduSwap() && tpduTemplate.length > 1) {
            int half = (tpduTemplate.length - 1) / 2;
            StationHeader.swap(dst, tpdu + 1, tpdu + 1 + half, half);
        }
        return finish(bodyLength, dst, dstOffset, size);
    }

    private int size(int bodyLength, byte[] dst, int dstOffset) {
        if (bodyLength > lengthMax - framing.headerLength()) {
            return FrameRefusal.BODY_TOO_LONG;
        }
        int size = framing.headroom() + bodyLength + trailer.length;
        return size > dst.length - dstOffset ? FrameRefusal.NO_ROOM : size;
    }

    /** Moves the message to its place first, since source and destination may overlap; where the header begins. */
    private int body(byte[] body, int bodyOffset, int bodyLength, byte[] dst, int dstOffset) {
        int place = dstOffset + framing.headroom();
        if (body != dst || bodyOffset != place) {
            System.arraycopy(body, bodyOffset, dst, place, bodyLength);
        }
        return dstOffset + prefixLength;
    }

    private int finish(int bodyLength, byte[] dst, int dstOffset, int size) {
        int counted = framing.headerLength() + bodyLength;
        if (framing.lengthSize() > 0) {
            int lengthAt = dstOffset + preamble.length;
            System.arraycopy(preamble, 0, dst, dstOffset, preamble.length);
            framing.lengthEncoding()
                    .write(counted + countedOverhead, dst, lengthAt, framing.lengthSize(), framing.littleEndian());
            for (int i = preamble.length + framing.lengthSize(); i < prefixLength; i++) {
                dst[dstOffset + i] = 0;
            }
        }
        StationHeader.total(variant, dst, dstOffset + prefixLength, counted);
        System.arraycopy(trailer, 0, dst, dstOffset + size - trailer.length, trailer.length);
        return size;
    }
}
