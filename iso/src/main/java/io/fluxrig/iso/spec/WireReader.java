package io.fluxrig.iso.spec;

import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.wire.BitmapSpec;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.LengthUnit;
import io.fluxrig.iso.wire.Limits;
import io.fluxrig.iso.wire.Padding;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.Tolerance;
import io.fluxrig.iso.wire.TrailingBytes;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireSpec;
import io.fluxrig.iso.wire.WireType;
import java.util.Map;
import java.util.TreeMap;

/** Reads a wire layer, already merged and held against the manifest, into the model that the codec compiles. */
final class WireReader {
    /** Where a field stands, which decides what may be left out. */
    enum Surrounding {
        /** On its own: everything must be said. */
        PLAIN,
        /** In a BER-TLV composite: binary behind a BER length if nothing is said, lengths in bytes. */
        TLV,
        /** In a place of fixed size. */
        PLACE
    }

    private static final int UNBOUNDED = 65_535;

    private final FaultList faults;
    private final CompositeReader composites;
    private boolean broken;

    WireReader(FaultList faults) {
        this.faults = faults;
        this.composites = new CompositeReader(this, faults);
    }

    /** The wire layer, or null with faults in the list. */
    WireSpec read(SourceNode.Branch wire, String path, String defaultName) {
        SourceNode.Branch fields = Values.branch(wire, "fields");
        String fieldsPath = ManifestCheck.join(path, "fields");
        int errorsBefore = faults.errors();
        if (fields == null) {
            faults.error(wire.place(), fieldsPath, "no fields", "add fields, or source: with a base");
            return null;
        }
        Parts parts = new Parts();
        SourceNode.Branch bitmap = Values.branch(wire, "bitmap");
        parts.bitmap = bitmap == null ? null : messageBitmap(bitmap, ManifestCheck.join(path, "bitmap"));
        fields.entries().forEach((key, entry) -> readField(key, entry, ManifestCheck.join(fieldsPath, key), parts));
        if (!fields.entries().containsKey("0")) {
            faults.error(fields.place(), fieldsPath + ".0", "the message type is missing", "add field 0");
        }
        if (parts.bitmap == null && faults.errors() == errorsBefore) {
            faults.error(fields.place(), fieldsPath + ".1", "the bitmap is missing", "add field 1 with type: Bitmap");
        }
        return parts.mti == null || parts.bitmap == null || broken || faults.errors() > errorsBefore
                ? null
                : assemble(wire, path, defaultName, parts);
    }

    /** The fields of a wire layer, sorted out as they are read. */
    private static final class Parts {
        private WireField mti;
        private BitmapSpec bitmap;
        private final Map<Integer, WireField> fields = new TreeMap<>();
    }

    private void readField(String key, SourceNode.Entry entry, String at, Parts into) {
        if (!(entry.value() instanceof SourceNode.Branch node) || !key.matches("[0-9]{1,3}")) {
            return;
        }
        int number = Integer.parseInt(key);
        if (number > WireSpec.FIELD_MAX) {
            faults.error(entry.place(), at, "field=" + number + " max=" + WireSpec.FIELD_MAX, "remove it");
        } else if (number == 0) {
            into.mti = field("mti", node, at, Surrounding.PLAIN);
        } else if (number == 1 && Values.word(node, "type", WireWords.TYPE, null) == WireType.BITMAP) {
            into.bitmap = messageBitmap(node, at);
        } else {
            WireField field = field(key, node, at, Surrounding.PLAIN);
            if (field != null) {
                into.fields.put(number, field);
            }
        }
    }

    private WireSpec assemble(SourceNode.Branch wire, String path, String defaultName, Parts parts) {
        if (parts.bitmap.tertiary() == BitmapSpec.Tertiary.IN_FIELD_65) {
            parts.fields.remove(65);
        }
        SourceNode.Branch limits = Values.branch(wire, "limits");
        try {
            WireSpec spec = new WireSpec(
                    Values.text(wire, "name", defaultName),
                    parts.mti,
                    parts.bitmap,
                    parts.fields,
                    new Limits(
                            Values.whole(limits, "message_bytes_max", Limits.DEFAULT.messageBytesMax()),
                            Values.whole(limits, "depth_max", Limits.DEFAULT.depthMax()),
                            Values.whole(limits, "parts_max", Limits.DEFAULT.partsMax())),
                    Values.word(wire, "trailing_bytes", WireWords.TRAILING, TrailingBytes.REFUSE),
                    tolerance(wire, path),
                    Values.whole(wire, "header", 0));
            return compiles(spec) ? spec : null;
        } catch (IllegalArgumentException contradiction) {
            faults.error(wire.place(), path, String.valueOf(contradiction.getMessage()), "correct the field it names");
            return null;
        }
    }

    private Tolerance tolerance(SourceNode.Branch wire, String path) {
        String text = Values.text(wire, "unknown_prefix", null);
        boolean keeps = Values.word(wire, "unknown_fields", WireWords.UNKNOWN_FIELDS, false);
        if (keeps && text == null) {
            faults.error(
                    wire.place(),
                    ManifestCheck.join(path, "unknown_prefix"),
                    "unknown fields are kept, but nothing says how long they are",
                    "add unknown_prefix: ASCII.LLL, BCD.LLL, Binary.L ...");
        }
        boolean known = keeps && text != null && text.matches(WireWords.DIGITS_PATTERN);
        return new Tolerance(
                Values.word(wire, "over_long", WireWords.TOLERATED, false),
                Values.word(wire, "non_digits", WireWords.TOLERATED, false),
                known ? WireWords.prefix(text) : null);
    }

    /** Whether a codec can be made of it; throws what the codec has to say otherwise. */
    private static boolean compiles(WireSpec spec) {
        return new IsoCodec(spec).spec() != null;
    }

    private BitmapSpec messageBitmap(SourceNode.Branch node, String path) {
        Encoding enc = bitmapEncoding(node, path);
        if (enc == null) {
            return null;
        }
        if (Values.flag(node, "disableautoexpand", false)) {
            return BitmapSpec.fixed(enc, Math.min(24, Values.whole(node, "length", 8)));
        }
        BitmapSpec.Tertiary tertiary = Values.word(node, "tertiary", WireWords.TERTIARY, BitmapSpec.Tertiary.NONE);
        return new BitmapSpec(enc, 8, tertiary == BitmapSpec.Tertiary.NONE ? 16 : 24, tertiary);
    }

    /** The bitmap ahead of a composite's parts. */
    BitmapSpec partBitmap(SourceNode.Branch node, String path) {
        Encoding enc = bitmapEncoding(node, path);
        int bytes = Values.whole(node, "length", 8);
        if (enc == null) {
            return null;
        }
        if (bytes < 1 || bytes > 24) {
            faults.error(node.place(), path + ".length", "bytes=" + bytes, "use 1 to 24");
            return null;
        }
        return Values.flag(node, "disableautoexpand", false) || bytes != 8
                ? BitmapSpec.fixed(enc, bytes)
                : BitmapSpec.secondary(enc);
    }

    private Encoding bitmapEncoding(SourceNode.Branch node, String path) {
        Encoding enc = Values.word(node, "enc", WireWords.ENCODING, Encoding.BINARY);
        Encoding bits = switch (enc) {
            case BINARY, HEX_ASCII, HEX_EBCDIC -> enc;
            case ASCII -> Encoding.HEX_ASCII;
            case EBCDIC, EBCDIC1047 -> Encoding.HEX_EBCDIC;
            default -> null;
        };
        if (bits == null) {
            faults.error(
                    node.place(),
                    path + ".enc",
                    "not an encoding of bitmaps",
                    "use Binary, BytesToASCIIHex or BytesToEBCDICHex");
        }
        return bits;
    }

    /** One field or part, or null with faults in the list. */
    WireField field(String key, SourceNode.Branch node, String path, Surrounding surrounding) {
        WireType type =
                Values.word(node, "type", WireWords.TYPE, surrounding == Surrounding.TLV ? WireType.BINARY : null);
        if (node.get("subfields") != null) {
            type = WireType.COMPOSITE;
        }
        if (type == null) {
            return missing(node, path, "type", "type: String, Numeric, Binary ...");
        }
        Prefix prefix = prefix(node, path, surrounding);
        if (prefix == null) {
            return null;
        }
        try {
            return type == WireType.COMPOSITE
                    ? composites.field(key, node, path, prefix, length(node, prefix, surrounding))
                    : value(key, node, path, type, prefix, surrounding);
        } catch (IllegalArgumentException contradiction) {
            faults.error(node.place(), path, String.valueOf(contradiction.getMessage()), "correct it");
            return null;
        }
    }

    private WireField value(
            String key, SourceNode.Branch node, String path, WireType type, Prefix prefix, Surrounding surrounding) {
        Encoding enc = Values.word(node, "enc", WireWords.ENCODING, null);
        int length = length(node, prefix, surrounding);
        if (enc == null && surrounding != Surrounding.PLAIN) {
            enc = switch (type) {
                case NUMERIC -> surrounding == Surrounding.TLV ? Encoding.BCD : Encoding.ASCII;
                case STRING, TRACK1 -> Encoding.ASCII;
                case TRACK2 -> surrounding == Surrounding.TLV ? Encoding.LBCD_F : Encoding.ASCII;
                default -> Encoding.BINARY;
            };
            boolean packed = enc == Encoding.BCD || enc == Encoding.LBCD_F;
            length = packed && length < UNBOUNDED ? length * 2 : length;
        }
        if (enc == null) {
            return missing(node, path, "enc", "enc: ASCII, BCD, Binary ...");
        }
        WireType kind = bytesWrittenAsHex(key, type, enc, length) ? WireType.BINARY : type;
        return new WireField(
                key,
                Values.text(node, "description", ""),
                kind,
                enc,
                prefix,
                padding(node, path),
                length,
                Values.whole(node, "length_min", 0),
                Values.word(node, "chars", WireWords.CHARS, characters(kind, enc)),
                null);
    }

    /** moov calls PIN blocks and MACs strings; their eight bytes are no text. */
    private static boolean bytesWrittenAsHex(String key, WireType type, Encoding enc, int length) {
        return type == WireType.STRING
                && enc == Encoding.HEX_ASCII
                && length == 8
                && (key.equals("52") || key.equals("64") || key.equals("128"));
    }

    private static CharClass characters(WireType type, Encoding enc) {
        if (enc == Encoding.SIGN_BCD) {
            return CharClass.XN;
        }
        return switch (type) {
            case NUMERIC -> CharClass.N;
            case TRACK2 -> CharClass.Z;
            default -> CharClass.ANY;
        };
    }

    private int length(SourceNode.Branch node, Prefix prefix, Surrounding surrounding) {
        if (surrounding == Surrounding.PLACE) {
            int from = Values.whole(node, "from", 0);
            return from == 0 ? Values.whole(node, "length", 0) : Math.max(0, Values.whole(node, "to", from) - from + 1);
        }
        boolean open = prefix.kind() == Prefix.Kind.BER || prefix.kind() == Prefix.Kind.NONE;
        return Values.whole(node, "length", open ? UNBOUNDED : 0);
    }

    private Prefix prefix(SourceNode.Branch node, String path, Surrounding surrounding) {
        String text = Values.text(node, "prefix", null);
        if (text == null || !text.matches(WireWords.PREFIX_PATTERN)) {
            if (text == null && surrounding == Surrounding.PLAIN) {
                missing(node, path, "prefix", "prefix: ASCII.Fixed, ASCII.LL, BCD.LLL, Binary.L ...");
                return null;
            }
            return surrounding == Surrounding.TLV ? Prefix.BER.counting(LengthUnit.BYTES) : Prefix.FIXED;
        }
        Prefix prefix = WireWords.prefix(text);
        LengthUnit unit = Values.word(node, "prefix_counts", WireWords.UNIT, prefix.unit());
        prefix = unit == prefix.unit() ? prefix : prefix.counting(unit);
        return Values.flag(node, "prefix_room", false) ? prefix.withFixedRoom() : prefix;
    }

    /** The prefix that a text names, or null. */
    static Prefix unknownPrefix(String text) {
        return text == null || !text.matches(WireWords.PREFIX_PATTERN) ? null : WireWords.prefix(text);
    }

    /** How a short value or tag is filled. */
    Padding padding(SourceNode.Branch node, String path) {
        SourceNode.Branch padding = Values.branch(node, "padding");
        Padding.Side side = Values.word(padding, "type", WireWords.PADDING, Padding.Side.NONE);
        if (side == Padding.Side.NONE) {
            return Padding.NONE;
        }
        String pad = Values.text(padding, "pad", "");
        if (pad.length() != 1 || pad.charAt(0) > 0xff) {
            faults.error(padding.place(), path + ".padding.pad", "not one character", "write pad: \"0\" or pad: \" \"");
            return Padding.NONE;
        }
        return new Padding(side, (byte) pad.charAt(0), Values.flag(padding, "strip", false));
    }

    private WireField missing(SourceNode.Branch node, String path, String key, String example) {
        broken = true;
        if (node.get(key) == null) {
            faults.error(node.place(), ManifestCheck.join(path, key), "is missing", "add " + example);
        }
        return null;
    }
}
