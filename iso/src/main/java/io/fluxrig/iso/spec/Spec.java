package io.fluxrig.iso.spec;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.rule.Condition;
import io.fluxrig.iso.rule.RuleSyntaxException;
import io.fluxrig.iso.rule.SpecNames;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.UnknownTags;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An ISO 8583 dialect, loaded and resolved: where the bytes are and what they mean. Immutable; shared by all strips.
 *
 * @param id its name in an artefact store
 * @param version SemVer
 * @param name for people
 * @param hash SHA-256 of the source file's bytes, 64 hex digits
 * @param wire where the bytes are
 * @param meanings by path, in the order of the file
 * @param aliases path by alias
 * @param catalog by message type as a number
 * @param enums by name
 * @param checks in the order of the file
 * @param extensions the spec's own {@code x-fluxrig-*} blocks, as plain maps, lists and strings
 */
public record Spec(
        String id,
        String version,
        String name,
        String hash,
        WireSpec wire,
        Map<FieldPath, FieldMeaning> meanings,
        Map<String, FieldPath> aliases,
        Map<Integer, MessageType> catalog,
        Map<String, EnumTable> enums,
        List<Check> checks,
        Map<String, Object> extensions)
        implements SpecNames {

    /** Digits of {@link #hash} that messages carry. */
    public static final int SHORT_HASH_LENGTH = 12;

    public Spec {
        meanings = ordered(meanings);
        aliases = ordered(aliases);
        catalog = ordered(catalog);
        enums = ordered(enums);
        checks = List.copyOf(checks);
        extensions = ordered(extensions);
    }

    private static <K, V> Map<K, V> ordered(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** First 12 digits of {@link #hash}: {@code codec.spec_hash}. */
    public String shortHash() {
        return hash.substring(0, SHORT_HASH_LENGTH);
    }

    /** Whether it was made of the same bytes; what was made of them need not be walked through, field by field. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Spec spec && hash.equals(spec.hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    /**
     * The path of an alias or of a path's text ({@code stan}, {@code 11}, {@code iso8583.field.55.9F02}).
     *
     * @return null if it is neither an alias nor a path to a field of this dialect
     */
    public FieldPath path(String aliasOrPath) {
        FieldPath path = aliases.get(aliasOrPath);
        if (path != null) {
            return path;
        }
        try {
            path = FieldPath.parse(aliasOrPath);
        } catch (IllegalArgumentException notAPath) {
            return null;
        }
        return defines(path) ? path : null;
    }

    /** The meaning of a field, or null if the spec says nothing about it. */
    public FieldMeaning meaning(FieldPath path) {
        return meanings.get(path.first());
    }

    /** The meaning of a field, or null if the spec says nothing about it. */
    public FieldMeaning meaning(int field) {
        return meanings.get(FieldPath.of(field));
    }

    /** How much harm the value does when seen; of a field of which nothing is known, as if it held card data. */
    public Sensitivity sensitivity(FieldPath path) {
        Sensitivity told = toldSensitivity(path.first());
        EmvTag tag = emvTag(path);
        return tag != null && tag.certain() && tag.sensitivity().compareTo(told) > 0 ? tag.sensitivity() : told;
    }

    /** What everybody takes the BER tag for that a path ends with; null of another part, or of a tag of nobody's or one's own. */
    public EmvTag emvTag(FieldPath path) {
        return EmvTags.of(wire, path.first());
    }

    /** Whether a BER tag stands last in a path. */
    public boolean isBerTag(FieldPath path) {
        return EmvTags.isTag(wire, path.first());
    }

    /** As the meaning says that is nearest: its own, else that of what it is a part of. */
    private Sensitivity toldSensitivity(FieldPath path) {
        String own = ofFirstGroups(path);
        String text = own;
        FieldMeaning nearest = meanings.get(FieldPath.parse(text));
        while (nearest == null && text.indexOf('.') > 0) {
            text = text.substring(0, text.lastIndexOf('.'));
            nearest = meanings.get(FieldPath.parse(text));
        }
        Sensitivity known = KnownSensitivity.of(path);
        if (nearest == null) {
            return known;
        }
        boolean goesForParts = text.equals(own) || KnownSensitivity.isOpaque(path.field());
        return goesForParts
                        || nearest.path().depth() > 0 && nearest.sensitivity().compareTo(known) > 0
                ? nearest.sensitivity()
                : known;
    }

    /** The path with the first group in place of any: what is said of one group goes for all of them. */
    private String ofFirstGroups(FieldPath path) {
        String[] keys = path.toString().split("\\.", -1);
        WireField field = wire.fields().get(path.field());
        for (int at = 1; at < keys.length && field != null && field.composite() != null; at++) {
            if (field.composite().repeat()) {
                keys[at++] = "1";
            }
            field = at < keys.length ? field.composite().parts().get(keys[at]) : null;
        }
        return String.join(".", keys);
    }

    /** As {@link #sensitivity(FieldPath)}, of a whole field. */
    public Sensitivity sensitivity(int field) {
        return sensitivity(FieldPath.of(field));
    }

    /**
     * Compiles a condition over this dialect; each strip compiles its own.
     *
     * @throws RuleSyntaxException where it does not parse or names what the spec does not have
     */
    public Condition compile(String when) throws RuleSyntaxException {
        return Condition.compile(when, this);
    }

    @Override
    public FieldPath resolve(String alias) {
        return aliases.get(alias);
    }

    @Override
    public boolean defines(FieldPath path) {
        return defines(wire, path);
    }

    /** Where and how a field or part is written; null if the wire layer does not list it. */
    public WireField wireField(FieldPath path) {
        return wireField(wire, path);
    }

    static WireField wireField(WireSpec wire, FieldPath path) {
        return wireField(wire, path.first().toString().split("\\.", -1), path.field());
    }

    @Override
    public boolean numeric(FieldPath path) {
        FieldMeaning meaning = meanings.get(path.first());
        if (meaning != null && meaning.format() != null) {
            return meaning.format().kind().isNumber();
        }
        WireField field = path.depth() == 0 ? wire.fields().get(path.field()) : null;
        return field != null && field.chars() == CharClass.XN;
    }

    @Override
    public Set<String> aliasNames() {
        return aliases.keySet();
    }

    /** Whether the dialect has the field and may have its part; unknown tags are there where they are kept. */
    static boolean defines(WireSpec wire, FieldPath path) {
        String[] keys = path.first().toString().split("\\.", -1);
        if (wireField(wire, keys, path.field()) != null) {
            return true;
        }
        WireField around =
                path.depth() == 0 ? null : wireField(wire, Arrays.copyOf(keys, keys.length - 1), path.field());
        Composite composite = around == null ? null : around.composite();
        return composite != null && composite.tag() != null && composite.unknownTags() == UnknownTags.PRESERVE;
    }

    /** The field at the end of the keys, the first of which is its number; a group of a repeated composite is the composite. */
    private static WireField wireField(WireSpec wire, String[] keys, int number) {
        WireField field = number == 0 ? wire.mti() : wire.fields().get(number);
        int at = 1;
        while (field != null && at < keys.length) {
            Composite composite = field.composite();
            if (composite == null || composite.repeat() && ++at == keys.length) {
                return composite == null ? null : field;
            }
            field = composite.parts().get(keys[at++]);
        }
        return field;
    }
}
