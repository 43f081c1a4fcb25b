package io.fluxrig.iso.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes typed values out of a map that {@link ManifestCheck} has seen: what is absent or was reported as wrong gives the
 * default.
 */
final class Values {
    private Values() {}

    static SourceNode.Branch branch(SourceNode.Branch map, String key) {
        return map != null && map.get(key) instanceof SourceNode.Branch branch ? branch : null;
    }

    static SourceNode.Leaf leaf(SourceNode.Branch map, String key) {
        return map != null && map.get(key) instanceof SourceNode.Leaf leaf && !leaf.isNull() ? leaf : null;
    }

    static List<SourceNode> items(SourceNode.Branch map, String key) {
        return map != null && map.get(key) instanceof SourceNode.Series series ? series.items() : List.of();
    }

    static String text(SourceNode.Branch map, String key, String otherwise) {
        SourceNode.Leaf leaf = leaf(map, key);
        return leaf == null ? otherwise : leaf.text();
    }

    static <T> T word(SourceNode.Branch map, String key, Map<String, T> words, T otherwise) {
        SourceNode.Leaf leaf = leaf(map, key);
        T value = leaf == null ? null : words.get(leaf.text());
        return value == null ? otherwise : value;
    }

    static int whole(SourceNode.Branch map, String key, int otherwise) {
        SourceNode.Leaf leaf = leaf(map, key);
        return leaf != null && leaf.text().matches("[0-9]{1,9}") ? Integer.parseInt(leaf.text()) : otherwise;
    }

    static boolean flag(SourceNode.Branch map, String key, boolean otherwise) {
        SourceNode.Leaf leaf = leaf(map, key);
        return leaf == null ? otherwise : leaf.text().equalsIgnoreCase("true");
    }

    /** A time such as {@code 30s}, in milliseconds. */
    static long spanMs(SourceNode.Branch map, String key) {
        SourceNode.Leaf leaf = leaf(map, key);
        if (leaf == null || !leaf.text().matches("[0-9]{1,9}(ms|s|m)")) {
            return 0;
        }
        String text = leaf.text();
        long number = Long.parseLong(text.replaceAll("[a-z]+", ""));
        if (text.endsWith("ms")) {
            return number;
        }
        return text.endsWith("s") ? number * 1_000 : number * 60_000;
    }

    /** The message types of a list, as numbers. */
    static List<Integer> mtis(SourceNode.Branch map, String key) {
        List<Integer> mtis = new ArrayList<>();
        for (SourceNode item : items(map, key)) {
            if (item instanceof SourceNode.Leaf leaf && leaf.text().matches("[0-9]{4}")) {
                mtis.add(Integer.parseInt(leaf.text()));
            }
        }
        return mtis;
    }

    /** The blocks that are kept and not read here. */
    static Map<String, Object> extensions(SourceNode.Branch map) {
        Map<String, Object> kept = new LinkedHashMap<>();
        map.entries().forEach((key, entry) -> {
            if (key.startsWith(ManifestCheck.EXTENSION)) {
                kept.put(key, SourceNode.plain(entry.value()));
            }
        });
        return kept;
    }
}
