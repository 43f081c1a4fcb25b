package io.fluxrig.cli.spec;

import io.fluxrig.iso.frame.FrameEnd;
import io.fluxrig.iso.frame.Framing;
import io.fluxrig.iso.frame.LengthEncoding;
import io.fluxrig.iso.frame.PeekEncoding;
import io.fluxrig.iso.frame.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A framing that is known to be in use.
 *
 * @param words what it is, for people
 * @param keys how {@code io_iso8583} is told
 * @param framing what cuts such frames
 */
record KnownFraming(String words, String keys, Framing framing) {
    private static final byte[] ETX = {3};
    private static final int TPDU_LENGTH = 5;
    private static final int ISO_HEADER = 12;

    /**
     * How a length is written.
     *
     * @param size its bytes
     * @param little whether its last byte counts most
     */
    private record Length(int size, LengthEncoding encoding, boolean little) {
        /** Where two fit, the first one is taken. */
        private static final List<Length> USUAL = List.of(
                new Length(2, LengthEncoding.BINARY),
                new Length(4, LengthEncoding.ASCII),
                new Length(4, LengthEncoding.BINARY),
                new Length(2, LengthEncoding.BCD),
                new Length(4, LengthEncoding.EBCDIC),
                new Length(4, LengthEncoding.HEX),
                new Length(3, LengthEncoding.BINARY),
                new Length(3, LengthEncoding.ASCII),
                new Length(3, LengthEncoding.BCD),
                new Length(3, LengthEncoding.EBCDIC),
                new Length(2, LengthEncoding.BINARY, true),
                new Length(4, LengthEncoding.BINARY, true),
                new Length(3, LengthEncoding.BINARY, true));

        Length(int size, LengthEncoding encoding) {
            this(size, encoding, false);
        }

        String words() {
            return switch (encoding) {
                case BINARY -> "a length of " + size + (little ? " little-endian bytes" : " binary bytes");
                case ASCII -> "a length of " + size + " ASCII digits";
                case EBCDIC -> "a length of " + size + " EBCDIC digits";
                case BCD -> "a length of " + 2 * size + " BCD digits";
                case HEX -> "a length of " + size + " hex digits in ASCII";
            };
        }

        String keys() {
            return "frame_length_size: " + size + ", frame_length_encoding: "
                    + encoding.name().toLowerCase(Locale.ROOT)
                    + (little ? ", frame_length_endian: little" : "");
        }
    }

    /** What stands between length and message. */
    private enum Header {
        NONE("", ""),
        TPDU(" and a TPDU", ", tpdu_enabled: true"),
        ISO(" and a header that begins with ISO", ", protocol_header_size: " + ISO_HEADER);

        private final String words;
        private final String keys;

        Header(String words, String keys) {
            this.words = words;
            this.keys = keys;
        }
    }

    /** Whether it is seldom met, so that the beginning of a frame does not speak for it. */
    boolean rare() {
        return framing.littleEndian() || framing.lengthSize() == 3;
    }

    /** The framings to try, the usual ones first, for messages whose type is written so; null if it cannot be looked at. */
    static List<KnownFraming> all(PeekEncoding peek) {
        List<KnownFraming> all = new ArrayList<>();
        for (Header header : Header.values()) {
            for (Length length : Length.USUAL) {
                all.add(byLength(length, header, false, peek));
                all.add(byLength(length, header, true, peek));
            }
            all.add(of(
                    "an ETX behind the message" + header.words.replace(" and", ", behind"),
                    "frame_length_size: 0, trailer: \"03\"" + header.keys,
                    with(header, Framing.builder(Variant.GENERIC).lengthSize(0).trailer(ETX)),
                    peek));
            all.add(of(
                    "a length of 2 binary bytes that counts an ETX behind the message" + header.words,
                    "trailer: \"03\", frame_includes_trailer: true" + header.keys,
                    with(header, Framing.builder(Variant.GENERIC).trailer(ETX).includesTrailer(true)),
                    peek));
            all.add(of(
                    "a length of 2 binary bytes and 2 reserved bytes" + header.words,
                    "frame_length_reserved: 2" + header.keys,
                    with(header, Framing.builder(Variant.GENERIC).reservedLength(2)),
                    peek));
        }
        all.add(of("a BASE I header", "variant: visa", Framing.builder(Variant.VISA), peek));
        all.add(of("a UnionPay header", "variant: unionpay", Framing.builder(Variant.UNIONPAY), peek));
        all.add(of(
                "RBP's preamble, a length of 2 binary bytes and 2 reserved bytes",
                "frame_preamble: D04A, frame_length_reserved: 2",
                Framing.builder(Variant.GENERIC)
                        .preamble(new byte[] {(byte) 0xd0, 0x4a})
                        .reservedLength(2),
                peek));
        for (Header header : Header.values()) {
            all.add(of(
                    "no length" + header.words.replace(" and", ", but"),
                    "frame_end: message, spec_path: ..." + header.keys,
                    with(header, Framing.builder(Variant.GENERIC).lengthSize(0).end(FrameEnd.MESSAGE)),
                    peek));
        }
        return all;
    }

    private static KnownFraming byLength(Length length, Header header, boolean inclusive, PeekEncoding peek) {
        return of(
                length.words() + (inclusive ? " that counts itself" : "") + header.words,
                length.keys() + (inclusive ? ", frame_includes_header: true" : "") + header.keys,
                with(
                        header,
                        Framing.builder(Variant.GENERIC)
                                .lengthSize(length.size())
                                .lengthEncoding(length.encoding())
                                .littleEndian(length.little())
                                .includesHeader(inclusive)),
                peek);
    }

    private static Framing.Builder with(Header header, Framing.Builder framing) {
        return switch (header) {
            case NONE -> framing;
            case TPDU -> framing.tpduEnabled(true).tpduLength(TPDU_LENGTH);
            case ISO -> framing.protocolHeaderSize(ISO_HEADER);
        };
    }

    private static KnownFraming of(String words, String keys, Framing.Builder framing, PeekEncoding peek) {
        framing.heuristicValidation(peek != null).peek(peek == null ? PeekEncoding.ASCII : peek);
        return new KnownFraming(words, keys, framing.build());
    }
}
