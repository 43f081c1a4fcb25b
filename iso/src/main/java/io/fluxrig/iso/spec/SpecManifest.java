package io.fluxrig.iso.spec;

import io.fluxrig.iso.wire.WireSpec;
import java.util.List;
import java.util.function.Supplier;

/**
 * Every key of a spec file as data: what the loader checks against, what {@link SpecSchema} is made from, what editors
 * and documentation show.
 *
 * <p>Start at {@link #document()}. Keys that begin with {@code x-} are allowed in every {@link Branch} and are kept. A
 * moov spec file on its own (no {@code spec} key at the top) is a {@link #wire()} document.
 */
public final class SpecManifest {
    /**
     * One key.
     *
     * @param name as written
     * @param value what may stand behind it
     * @param required whether it must be there
     * @param doc one line of meaning
     */
    public record Key(String name, Value value, boolean required, String doc) {}

    /** What may stand behind a key. */
    public sealed interface Value {}

    /** Any text or number, but no unquoted true or false; {@code pattern} is a regular expression for all of it, or empty. */
    public record Text(String pattern, String example) implements Value {}

    /** One of these words, in this spelling. */
    public record Word(List<String> words) implements Value {}

    /** A whole number. */
    public record Whole(int min, int max) implements Value {}

    /** {@code true} or {@code false}. */
    public record Flag() implements Value {}

    /** A time with its unit: {@code 500ms}, {@code 30s}, {@code 2m}. */
    public record Span() implements Value {}

    /** Anything; kept as it is. */
    public record Anything() implements Value {}

    /** A list of such values. */
    public record Items(Value item) implements Value {}

    /** Either of two; the first that fits the shape (map, list, scalar) is meant. */
    public record Either(Value first, Value second) implements Value {}

    /**
     * A map.
     *
     * @param name of the kind of map, unique
     * @param keys the keys it knows; asked for anew each time, since kinds contain each other
     * @param othersPattern regular expression for further keys, empty if there are none
     * @param others what stands behind those, or null
     */
    public record Branch(String name, Supplier<List<Key>> keys, String othersPattern, Value others) implements Value {
        /** A map of known keys. */
        static Branch of(String name, Supplier<List<Key>> keys) {
            return new Branch(name, keys, "", null);
        }

        /** A map of keys of one's own. */
        static Branch table(String name, String keyPattern, Value value) {
            return new Branch(name, List::of, keyPattern, value);
        }

        /** The key of that name, or null. */
        public Key key(String wanted) {
            for (Key key : keys.get()) {
                if (key.name().equals(wanted)) {
                    return key;
                }
            }
            return null;
        }
    }

    private static final String FIELD_NUMBER = "[0-9]{1,3}";
    private static final String PART_KEY = "[!-~]{1,8}";
    private static final Text TEXT = new Text("", "");
    private static final Text MTI = new Text("[0-9]{4}", "0100");
    private static final Text CONDITION = new Text("", "field(22) == '051'");

    private static final Branch WIRE = Branch.of("wire", SpecManifest::wireKeys);
    private static final Branch WIRE_FIELD = Branch.of("wire_field", SpecManifest::wireFieldKeys);
    private static final Branch SUBFIELDS = new Branch("subfields", SpecManifest::compositeKeys, PART_KEY, WIRE_FIELD);
    private static final Branch FIELD = Branch.of("field", SpecManifest::fieldKeys);
    private static final Branch DOCUMENT = Branch.of("document", SpecManifest::documentKeys);

    private SpecManifest() {}

    /** A whole spec file. */
    public static Branch document() {
        return DOCUMENT;
    }

    /** The wire layer, and so a moov spec file. */
    public static Branch wire() {
        return WIRE;
    }

    /** One field of the wire layer. */
    static Branch wireField() {
        return WIRE_FIELD;
    }

    /** The parts of a composite. */
    static Branch subfields() {
        return SUBFIELDS;
    }

    private static List<Key> documentKeys() {
        return List.of(must("spec", Branch.of("spec", SpecManifest::specKeys), "The dialect."));
    }

    private static List<Key> specKeys() {
        return List.of(
                must("id", new Text("[A-Za-z0-9._-]{1,64}", "acme-auth"), "Name in an artefact store."),
                must("version", new Text("[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]+)?", "1.0.0"), "SemVer."),
                may("name", TEXT, "What people call it."),
                may("description", TEXT, "What it is for."),
                must("wire", WIRE, "Where the bytes are, in moov's words."),
                may("messages", Branch.of("messages", SpecManifest::messagesKeys), "The message types."),
                may("enums", Branch.table("enums", "[a-z0-9_.-]+", enumTable()), "Values and what they mean."),
                may("fields", Branch.table("fields", FIELD_NUMBER, FIELD), "What fields mean, by number."),
                may("checks", new Items(Branch.of("check", SpecManifest::checkKeys)), "What messages must meet."));
    }

    private static List<Key> wireKeys() {
        return List.of(
                may(
                        "source",
                        new Text("", "moov:spec87ascii"),
                        "A base, a moov JSON or YAML file, or jpos:FILE.xml, to start from."),
                may("name", TEXT, "What people call the dialect's bytes."),
                may(
                        "header",
                        new Whole(0, WireSpec.HEADER_MAX),
                        "Bytes ahead of the MTI, kept as they come; default 0."),
                may("bitmap", WIRE_FIELD, "The bitmap where it never extends, so that 1 is a field."),
                may("fields", Branch.table("wire_fields", FIELD_NUMBER, WIRE_FIELD), "0 is the MTI, 1 the bitmap."),
                may("limits", Branch.of("limits", SpecManifest::limitKeys), "What one message may cost."),
                may(
                        "trailing_bytes",
                        WireWords.words(WireWords.TRAILING),
                        "Bytes behind the last field; default refuse."),
                may(
                        "over_long",
                        WireWords.words(WireWords.TOLERATED),
                        "Values longer than their length, as far as the prefix can tell; default refuse."),
                may(
                        "non_digits",
                        WireWords.words(WireWords.TOLERATED),
                        "Other characters in numeric values; default refuse."),
                may(
                        "unknown_fields",
                        WireWords.words(WireWords.UNKNOWN_FIELDS),
                        "Fields that are not listed; preserve keeps their bytes, with unknown_prefix; default refuse."),
                may(
                        "unknown_prefix",
                        new Text(WireWords.DIGITS_PATTERN, "ASCII.LLL"),
                        "How fields that are not listed tell their length."));
    }

    private static List<Key> limitKeys() {
        return List.of(
                may("message_bytes_max", new Whole(1, 1 << 20), "Bytes of a message; default 65536."),
                may("depth_max", new Whole(1, 32), "Composites inside composites; default 8."),
                may("parts_max", new Whole(1, 65_536), "Sub-fields of a message; default 4096."));
    }

    private static List<Key> wireFieldKeys() {
        return List.of(
                may("type", WireWords.words(WireWords.TYPE), "What the value is."),
                may("description", TEXT, "What people call it."),
                may("length", new Whole(0, 999_999), "Fixed or greatest length, in characters, digits or bytes."),
                may("length_min", new Whole(0, 999_999), "Least length; default 0."),
                may("enc", WireWords.words(WireWords.ENCODING), "How the value is written."),
                may("prefix", new Text(WireWords.PREFIX_PATTERN, "ASCII.LL"), "How the length is told."),
                may("prefix_counts", WireWords.words(WireWords.UNIT), "What the prefix counts; default value."),
                may("prefix_room", new Flag(), "Whether the value takes the room of the greatest length."),
                may("padding", Branch.of("padding", SpecManifest::paddingKeys), "How a short value is filled."),
                may("chars", WireWords.words(WireWords.CHARS), "Characters it may hold; numeric: n, else any."),
                may("subfields", SUBFIELDS, "Parts of a composite, by key or as parts of a layout."),
                may(
                        "tag",
                        new Either(Branch.of("tag", SpecManifest::tagKeys), new Text(PART_KEY, "9F02")),
                        "How tags are written; of a part in a list, its key."),
                may("bitmap", WIRE_FIELD, "Bitmap ahead of a composite's parts."),
                may("disableautoexpand", new Flag(), "A bitmap without extensions."),
                may("tertiary", WireWords.words(WireWords.TERTIARY), "Where DE 129 to 192 are told; default none."),
                may("from", new Whole(1, 999_999), "First character of a part by position, from 1."),
                may("to", new Whole(1, 999_999), "Last character of a part by position."));
    }

    private static List<Key> paddingKeys() {
        return List.of(
                must("type", WireWords.words(WireWords.PADDING), "Side."),
                may("pad", TEXT, "One character."),
                may("strip", new Flag(), "Whether reading takes it off again; default false."));
    }

    private static List<Key> tagKeys() {
        return List.of(
                may("length", new Whole(0, 8), "Characters of a tag."),
                may("enc", WireWords.words(WireWords.ENCODING), "How tags are written."),
                may("padding", Branch.of("padding", SpecManifest::paddingKeys), "Filling of short tags."),
                may("sort", WireWords.words(WireWords.SORT), "Order in which parts are written."),
                may("length_first", new Flag(), "Whether a part's length stands ahead of its tag, and counts it."));
    }

    private static List<Key> compositeKeys() {
        return List.of(
                may("layout", WireWords.words(WireWords.LAYOUT), "How a part is found."),
                may("parts", new Items(WIRE_FIELD), "The parts in order, each with tag, or from and to."),
                may("lead", new Items(WIRE_FIELD), "Parts by position ahead of the tags or the bitmap."),
                may("lead_optional", new Flag(), "Whether they are there only where their first character fits."),
                may("tag", Branch.of("tag", SpecManifest::tagKeys), "How tags are written."),
                may("bitmap", WIRE_FIELD, "Bitmap ahead of the parts."),
                may("unknown_tags", WireWords.words(WireWords.UNKNOWN), "What happens to tags that are not listed."),
                may("unknown_prefix", new Text(WireWords.PREFIX_PATTERN, "ASCII.LL"), "Length of such tags."),
                may(
                        "repeat",
                        new Either(new Flag(), new Whole(1, 9999)),
                        "Groups until the body ends; or at most so many."));
    }

    private static Branch enumTable() {
        return Branch.of(
                "enum",
                () -> List.of(
                        may("closed", new Flag(), "Whether other values are wrong; default false."),
                        must("values", Branch.table("values", ".+", enumValue()), "Value to meaning.")));
    }

    private static Value enumValue() {
        return new Either(
                Branch.of(
                        "value",
                        () -> List.of(
                                may("name", TEXT, "What it means."),
                                may("category", TEXT, "approved, declined, retry or a word of one's own."),
                                may("note", TEXT, "Anything else."))),
                TEXT);
    }

    private static List<Key> messagesKeys() {
        return List.of(may("catalog", Branch.table("catalog", "[0-9]{4}", messageType()), "By message type."));
    }

    private static Branch messageType() {
        return Branch.of(
                "message",
                () -> List.of(
                        may("name", TEXT, "What people call it."),
                        may("flow", WireWords.words(WireWords.FLOW), "Which way it goes; default from the MTI."),
                        may("pairs_with", MTI, "The message type that answers it."),
                        may("response_timeout", new Span(), "How long an answer may take."),
                        may("note", TEXT, "Anything else.")));
    }

    private static List<Key> fieldKeys() {
        return List.of(
                may("name", TEXT, "What people call it."),
                may("alias", new Text("[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*", "card.pan"), "Its name in scenarios."),
                may("meaning", TEXT, "What it is for."),
                may("note", TEXT, "Anything else."),
                may("sensitivity", WireWords.words(WireWords.SENSITIVITY), "Masks on its own."),
                may("scope", WireWords.words(WireWords.SCOPE), "Who may know this; default public."),
                may("values_ref", TEXT, "A table of enums."),
                may(
                        "validValues",
                        new Either(Branch.table("values", ".+", enumValue()), new Items(TEXT)),
                        "The only values it may have."),
                may("format", Branch.of("format", SpecManifest::formatKeys), "What the characters stand for."),
                may(
                        "messages",
                        new Items(Branch.of("usage", SpecManifest::usageKeys)),
                        "Where it is used, and how; the first entry that fits decides."),
                may("crypto", Branch.of("crypto", SpecManifest::cryptoKeys), "What cryptography does with it."),
                may("subfields", Branch.table("field_parts", PART_KEY, FIELD), "What its parts mean."));
    }

    private static List<Key> formatKeys() {
        return List.of(
                must("kind", WireWords.words(WireWords.FORMAT), "What it is."),
                may("layout", TEXT, "Pattern of a date or time; if absent, the usual one of the field's length."),
                may("tz", TEXT, "Time zone."),
                may("luhn", new Flag(), "Of a pan: whether its last digit must be the check digit; default false."),
                may("currency_field", TEXT, "Where the currency of an amount stands."));
    }

    private static List<Key> usageKeys() {
        return List.of(
                may("mti", new Items(MTI), "Message types; all if absent."),
                must("usage", WireWords.words(WireWords.PRESENCE), "Whether it is there."),
                may("when", CONDITION, "Only then."),
                may("response_value", WireWords.words(WireWords.RESPONSE), "Where an answer takes it from."),
                may("note", TEXT, "Anything else."));
    }

    private static List<Key> cryptoKeys() {
        return List.of(must("role", WireWords.words(WireWords.CRYPTO), "What it holds."));
    }

    private static List<Key> checkKeys() {
        return List.of(
                may("mti", new Items(MTI), "Message types; all if absent."),
                must("name", TEXT, "What a violation is called."),
                must("assert", CONDITION, "What must hold."),
                may("severity", WireWords.words(WireWords.SEVERITY), "Default reject."));
    }

    private static Key must(String name, Value value, String doc) {
        return new Key(name, value, true, doc);
    }

    private static Key may(String name, Value value, String doc) {
        return new Key(name, value, false, doc);
    }
}
