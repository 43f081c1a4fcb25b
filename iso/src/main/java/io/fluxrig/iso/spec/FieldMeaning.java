package io.fluxrig.iso.spec;

import io.fluxrig.iso.codec.FieldPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a field or sub-field means.
 *
 * @param path where it is
 * @param name what people call it
 * @param alias its name in conditions, keys and scenarios, such as {@code card.pan}; empty if it has none
 * @param meaning what it is for
 * @param note anything else
 * @param sensitivity how much harm it does when seen, the default for the field where the spec says nothing
 * @param scope who may know this description
 * @param values the values it may have, or null
 * @param format what the characters stand for, or null
 * @param usages in which messages it is used, and how; the first that concerns a message and whose condition holds decides
 * @param cryptoRole what cryptography does with it
 * @param extensions its {@code x-fluxrig-*} blocks
 */
public record FieldMeaning(
        FieldPath path,
        String name,
        String alias,
        String meaning,
        String note,
        Sensitivity sensitivity,
        Scope scope,
        EnumTable values,
        Format format,
        List<Usage> usages,
        CryptoRole cryptoRole,
        Map<String, Object> extensions) {
    /** Who may know a description. */
    public enum Scope {
        PUBLIC,
        PRIVATE
    }

    /** What cryptography does with a field. */
    public enum CryptoRole {
        NONE,
        PIN_BLOCK,
        MAC
    }

    public FieldMeaning {
        usages = List.copyOf(usages);
        extensions = Map.copyOf(extensions);
    }

    /** Nothing said but how sensitive it is. */
    static FieldMeaning of(FieldPath path, Sensitivity sensitivity) {
        return new FieldMeaning(
                path, "", "", "", "", sensitivity, Scope.PUBLIC, null, null, List.of(), CryptoRole.NONE, Map.of());
    }

    /** The same with further blocks; its own go first under the same name. */
    FieldMeaning keeping(Map<String, Object> further) {
        Map<String, Object> all = new LinkedHashMap<>(further);
        all.putAll(extensions);
        return new FieldMeaning(
                path, name, alias, meaning, note, sensitivity, scope, values, format, usages, cryptoRole, all);
    }

    /** The first usage that concerns the message type and has no condition, or null. */
    public Usage usage(int mti) {
        for (Usage usage : usages) {
            if (usage.when().isEmpty() && usage.concerns(mti)) {
                return usage;
            }
        }
        return null;
    }
}
