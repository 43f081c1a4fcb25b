package io.fluxrig.iso.spec;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code x-} blocks that stand at fields and parts of a wire layer, where a moov file has them: they belong to what the fields mean.
 */
final class WireExtensions {
    private final Map<String, Map<String, Object>> byPath = new LinkedHashMap<>();

    private WireExtensions() {}

    /** The blocks by the path of their field or part, outer ones first; empty where there are none. */
    static Map<String, Map<String, Object>> ofFields(SourceNode.Branch wire) {
        WireExtensions found = new WireExtensions();
        SourceNode.Branch fields = Values.branch(wire, "fields");
        if (fields != null) {
            found.below("", fields);
        }
        return found.byPath;
    }

    private void below(String holder, SourceNode.Branch fields) {
        fields.entries().forEach((key, entry) -> {
            if (entry.value() instanceof SourceNode.Branch field && !key.startsWith(ManifestCheck.EXTENSION)) {
                field(holder + key, field);
            }
        });
    }

    private void field(String path, SourceNode.Branch field) {
        Map<String, Object> blocks = Values.extensions(field);
        if (!blocks.isEmpty()) {
            byPath.put(path, blocks);
        }
        SourceNode.Branch subfields = Values.branch(field, "subfields");
        if (subfields == null) {
            return;
        }
        if (subfields.get("parts") == null && subfields.get("layout") == null) {
            below(path + ".", subfields);
            return;
        }
        int number = 0;
        for (SourceNode part : Values.items(subfields, "parts")) {
            number++;
            if (part instanceof SourceNode.Branch listed) {
                field(path + "." + Values.text(listed, "tag", Integer.toString(number)), listed);
            }
        }
    }
}
