package io.fluxrig.iso.packager;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A map of a wire layer in the words of a spec file, in order, and where in the packager file it comes from. Filled while a
 * packager is read and not changed afterwards.
 *
 * @param line line of the packager file, from 1
 * @param entries values are texts, further nodes, or lists of nodes
 */
public record WireNode(int line, Map<String, Object> entries) {
    WireNode(int line) {
        this(line, new LinkedHashMap<>());
    }

    WireNode with(String key, Object value) {
        entries.put(key, value);
        return this;
    }

    /** The node behind a key, or null. */
    public WireNode node(String key) {
        return entries.get(key) instanceof WireNode node ? node : null;
    }

    /** The text behind a key, or null. */
    public String text(String key) {
        return entries.get(key) instanceof String text ? text : null;
    }

    /** The nodes of the list behind a key; empty if there is none. */
    @SuppressWarnings("unchecked")
    public List<WireNode> nodes(String key) {
        return entries.get(key) instanceof List<?> list ? (List<WireNode>) list : List.of();
    }
}
