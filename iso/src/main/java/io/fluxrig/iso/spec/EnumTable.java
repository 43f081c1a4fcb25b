package io.fluxrig.iso.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values that a field may have, and what they mean.
 *
 * @param name what {@code values_ref} calls it; the field's path for inline values
 * @param closed whether other values are wrong
 * @param values by value, in the order of the file
 */
public record EnumTable(String name, boolean closed, Map<String, Value> values) {
    /**
     * One value's meaning.
     *
     * @param name for people
     * @param category such as {@code approved} or {@code declined}; empty if not given
     * @param note for people
     */
    public record Value(String name, String category, String note) {}

    public EnumTable {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
