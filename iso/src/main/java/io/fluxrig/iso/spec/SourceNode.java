package io.fluxrig.iso.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML or JSON value that remembers where it was written. Immutable but for merging, which makes a new one. */
sealed interface SourceNode {
    /** Where something was written; line and column from 1. */
    record Place(String file, int line, int column) {}

    /** Where it was written. */
    Place place();

    /** A key and its value. */
    record Entry(Place place, SourceNode value) {}

    /** Keys and values in order. */
    record Branch(Place place, Map<String, Entry> entries) implements SourceNode {
        SourceNode get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }

        /** This map with another's values over it, maps into maps; a null value removes the key. */
        Branch mergedWith(Branch over) {
            Map<String, Entry> merged = new LinkedHashMap<>(entries);
            over.entries.forEach((key, entry) -> {
                Entry below = merged.get(key);
                if (entry.value() instanceof Leaf leaf && leaf.isNull()) {
                    merged.remove(key);
                } else if (below != null
                        && below.value() instanceof Branch base
                        && entry.value() instanceof Branch top
                        && !top.entries.containsKey("layout")) {
                    merged.put(key, new Entry(entry.place(), base.mergedWith(top)));
                } else {
                    merged.put(key, entry);
                }
            });
            return new Branch(over.place, merged);
        }
    }

    /** Values in order. */
    record Series(Place place, List<SourceNode> items) implements SourceNode {}

    /** One word, number or text; {@code plain} if it was written without quotes. */
    record Leaf(Place place, String text, boolean plain) implements SourceNode {
        boolean isNull() {
            return plain && (text.isEmpty() || text.equals("null") || text.equals("~"));
        }
    }

    /** As plain maps, lists and strings, for blocks that are kept and not read. */
    static Object plain(SourceNode node) {
        if (node instanceof Branch branch) {
            Map<String, Object> map = new LinkedHashMap<>();
            branch.entries().forEach((key, entry) -> map.put(key, plain(entry.value())));
            return map;
        }
        if (node instanceof Series series) {
            List<Object> list = new ArrayList<>();
            series.items().forEach(item -> list.add(plain(item)));
            return list;
        }
        return ((Leaf) node).text();
    }
}
