package io.fluxrig.iso.frame;

import java.util.List;
import java.util.Locale;

/**
 * How messages are cut out of a byte stream: the framing settings of the {@code io_iso8583} gear, checked.
 *
 * <pre>
 *   +----------+--------+----------+-----------------+------+------+---------+
 *   | preamble | length | reserved | protocol header | TPDU | body | trailer |
 *   +----------+--------+----------+-----------------+------+------+---------+
 *                                  |&lt;------ counted by length -----&gt;|
 * </pre>
 *
 * <p>The length counts protocol header, TPDU and body; with {@code frame_includes_header} also itself and the reserved
 * bytes, with {@code frame_includes_trailer} the trailer; never the preamble. Where the message itself tells its end
 * ({@link FrameEnd}) there is no length. {@link Variant} has the presets.
 *
 * <p>Immutable; made by {@link #builder}, which says everything that is wrong at once.
 *
 * @param variant the preset it began as; VISA and UNIONPAY write their headers themselves
 * @param lengthSize bytes of the length field: 2, 3 or 4, or 0 if the trailer alone ends a frame
 * @param lengthEncoding how it is written
 * @param littleEndian least significant byte first, for {@link LengthEncoding#BINARY}
 * @param includesHeader whether the length counts the length field too
 * @param includesTrailer whether the length counts the trailer
 * @param lengthMax greatest number of bytes of header, TPDU and body together; larger ones are refused unread
 * @param reservedLength bytes between length field and header that are not counted, written as zeros
 * @param protocolHeaderSize bytes of the protocol header
 * @param protocolHeader what is written there when nothing came with the request; zeros if empty
 * @param preserveHeaders whether an answer carries the protocol header of its request
 * @param tpduLength bytes of TPDU, 0 for none
 * @param tpdu what is written there when nothing came with the request
 * @param tpduSwap whether an answer swaps destination and source
 * @param trailer bytes after the body, empty for none
 * @param preamble bytes ahead of the length, the same in every frame; empty for none
 * @param end what tells where a frame ends
 * @param visaSrcId six digits, our station
 * @param visaDstId six digits, the other station
 * @param peek how the message type is written
 * @param heuristicValidation whether a frame must begin with a message type
 */
@SuppressWarnings("ArrayRecordComponent")
public record Framing(
        Variant variant,
        int lengthSize,
        LengthEncoding lengthEncoding,
        boolean littleEndian,
        boolean includesHeader,
        boolean includesTrailer,
        int lengthMax,
        int reservedLength,
        int protocolHeaderSize,
        byte[] protocolHeader,
        boolean preserveHeaders,
        int tpduLength,
        byte[] tpdu,
        boolean tpduSwap,
        byte[] trailer,
        byte[] preamble,
        FrameEnd end,
        String visaSrcId,
        String visaDstId,
        PeekEncoding peek,
        boolean heuristicValidation) {

    /** Length limit where none is configured, in bytes; longer than any message of the known dialects. */
    public static final int LENGTH_MAX_DEFAULT = 16_384;

    /** Greatest limit that may be configured, in bytes. */
    public static final int LENGTH_MAX_LIMIT = 1 << 20;

    /** A framing that starts from a preset; every setting may then be changed. */
    public static Builder builder(Variant variant) {
        return new Builder(variant);
    }

    /** The preset of that configuration word, or null if there is none. */
    public static Variant variant(String word) {
        for (Variant variant : Variant.values()) {
            if (variant.name().toLowerCase(Locale.ROOT).equals(word)) {
                return variant;
            }
        }
        return null;
    }

    /** Bytes before the body of a frame that carries the ordinary headers. */
    public int headroom() {
        return preamble.length + lengthSize + reservedLength + protocolHeaderSize + tpduLength;
    }

    /** The longest frame on the wire, in bytes: what a receive window must be able to hold. */
    public int frameLengthMax() {
        return preamble.length + lengthSize + reservedLength + lengthMax + trailer.length;
    }

    /** Protocol header and TPDU together, in bytes. */
    public int headerLength() {
        return protocolHeaderSize + tpduLength;
    }

    @Override
    public byte[] protocolHeader() {
        return protocolHeader.clone();
    }

    @Override
    public byte[] tpdu() {
        return tpdu.clone();
    }

    @Override
    public byte[] trailer() {
        return trailer.clone();
    }

    @Override
    public byte[] preamble() {
        return preamble.clone();
    }

    /** Collects settings by their configuration keys, then checks them together. Single threaded. */
    public static final class Builder {
        Variant variant;
        int lengthSize = 2;
        LengthEncoding lengthEncoding = LengthEncoding.BINARY;
        boolean littleEndian;
        boolean includesHeader;
        boolean includesTrailer;
        Integer lengthMax;
        int reservedLength;
        int protocolHeaderSize;
        byte[] protocolHeader = {};
        boolean preserveHeaders = true;
        boolean tpduEnabled;
        int tpduLength = 5;
        byte[] tpdu = {};
        boolean tpduSwap = true;
        byte[] trailer = {};
        byte[] preamble = {};
        FrameEnd end;
        String visaSrcId = "000000";
        String visaDstId = "000000";
        PeekEncoding peek = PeekEncoding.ASCII;
        boolean heuristicValidation = true;

        Builder(Variant variant) {
            this.variant = variant;
            switch (variant) {
                case GENERIC -> {}
                case MASTERCARD -> peek = PeekEncoding.EBCDIC;
                case HYPERCOM -> {
                    tpduEnabled = true;
                    peek = PeekEncoding.BCD;
                }
                case VISA -> {
                    reservedLength = 2;
                    protocolHeaderSize = StationHeader.VISA_LENGTH;
                }
                case UNIONPAY -> {
                    lengthSize = 4;
                    lengthEncoding = LengthEncoding.ASCII;
                    protocolHeaderSize = StationHeader.UNIONPAY_LENGTH;
                }
            }
        }

        /** {@code frame_length_size}. */
        public Builder lengthSize(int bytes) {
            lengthSize = bytes;
            return this;
        }

        /** {@code frame_length_encoding}. */
        public Builder lengthEncoding(LengthEncoding encoding) {
            lengthEncoding = encoding;
            return this;
        }

        /** {@code frame_length_endian: little}. */
        public Builder littleEndian(boolean little) {
            littleEndian = little;
            return this;
        }

        /** {@code frame_includes_header}. */
        public Builder includesHeader(boolean includes) {
            includesHeader = includes;
            return this;
        }

        /** {@code frame_includes_trailer}. */
        public Builder includesTrailer(boolean includes) {
            includesTrailer = includes;
            return this;
        }

        /** {@code frame_length_max}, bytes. */
        public Builder lengthMax(int bytes) {
            lengthMax = bytes;
            return this;
        }

        /** {@code frame_length_reserved}: uncounted zero bytes after the length field. */
        public Builder reservedLength(int bytes) {
            reservedLength = bytes;
            return this;
        }

        /** {@code protocol_header_size}, bytes. */
        public Builder protocolHeaderSize(int bytes) {
            protocolHeaderSize = bytes;
            return this;
        }

        /** {@code protocol_header_value}: what is sent where no request brought one. */
        public Builder protocolHeader(byte[] bytes) {
            protocolHeader = bytes.clone();
            return this;
        }

        /** {@code preserve_headers}. */
        public Builder preserveHeaders(boolean preserve) {
            preserveHeaders = preserve;
            return this;
        }

        /** {@code tpdu_enabled}. */
        public Builder tpduEnabled(boolean enabled) {
            tpduEnabled = enabled;
            return this;
        }

        /** {@code tpdu_length}, bytes. */
        public Builder tpduLength(int bytes) {
            tpduLength = bytes;
            return this;
        }

        /** {@code tpdu_value}: what is sent where no request brought one. */
        public Builder tpdu(byte[] bytes) {
            tpdu = bytes.clone();
            return this;
        }

        /** {@code tpdu_swap}. */
        public Builder tpduSwap(boolean swap) {
            tpduSwap = swap;
            return this;
        }

        /** {@code trailer}: the bytes themselves, empty for none, {@code 03} for etx. */
        public Builder trailer(byte[] bytes) {
            trailer = bytes.clone();
            return this;
        }

        /** {@code frame_preamble}: bytes ahead of the length, empty for none. */
        public Builder preamble(byte[] bytes) {
            preamble = bytes.clone();
            return this;
        }

        /** {@code frame_end}; told by length and trailer unless the message tells it itself. */
        public Builder end(FrameEnd what) {
            end = what;
            lengthSize = what.isInMessage() ? 0 : lengthSize;
            return this;
        }

        /** {@code visa_src_id}, six digits. */
        public Builder visaSrcId(String id) {
            visaSrcId = id;
            return this;
        }

        /** {@code visa_dst_id}, six digits. */
        public Builder visaDstId(String id) {
            visaDstId = id;
            return this;
        }

        /** {@code encoding}. */
        public Builder peek(PeekEncoding encoding) {
            peek = encoding;
            return this;
        }

        /** {@code heuristic_validation}. */
        public Builder heuristicValidation(boolean validate) {
            heuristicValidation = validate;
            return this;
        }

        /** Everything that is wrong with the settings so far; empty if {@link #build} will succeed. */
        public List<FramingFault> faults() {
            return FramingCheck.faults(this);
        }

        /**
         * The framing.
         *
         * @throws IllegalArgumentException if {@link #faults} is not empty, with all of them in the message
         */
        public Framing build() {
            List<FramingFault> faults = faults();
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("framing: " + faults);
            }
            return new Framing(
                    variant,
                    lengthSize,
                    lengthEncoding,
                    littleEndian,
                    includesHeader,
                    includesTrailer,
                    effectiveLengthMax(),
                    reservedLength,
                    protocolHeaderSize,
                    protocolHeader,
                    preserveHeaders,
                    tpduEnabled ? tpduLength : 0,
                    defaultTpdu(),
                    tpduSwap,
                    trailer,
                    preamble,
                    effectiveEnd(),
                    visaSrcId,
                    visaDstId,
                    peek,
                    heuristicValidation && effectiveEnd() != FrameEnd.ISOMSG);
        }

        FrameEnd effectiveEnd() {
            if (end != null) {
                return end;
            }
            return lengthSize == 0 ? FrameEnd.TRAILER : FrameEnd.LENGTH;
        }

        private byte[] defaultTpdu() {
            if (!tpduEnabled) {
                return new byte[0];
            }
            if (tpdu.length > 0) {
                return tpdu;
            }
            byte[] plain = new byte[tpduLength];
            plain[0] = 0x60;
            return plain;
        }

        private int effectiveLengthMax() {
            if (lengthMax != null) {
                return lengthMax;
            }
            return (int) Math.min(LENGTH_MAX_DEFAULT, payloadMax());
        }

        /** The most bytes of header, TPDU and body that the length field can announce. */
        long payloadMax() {
            if (lengthSize == 0) {
                return LENGTH_MAX_LIMIT;
            }
            return lengthEncoding.max(lengthSize)
                    - (includesHeader ? lengthSize + reservedLength : 0)
                    - (includesTrailer ? trailer.length : 0);
        }
    }
}
