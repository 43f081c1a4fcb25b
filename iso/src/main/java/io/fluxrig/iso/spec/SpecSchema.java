package io.fluxrig.iso.spec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Makes the JSON Schema (draft 2020-12) of spec files out of {@link SpecManifest}, so that an editor completes and underlines
 * exactly what the loader accepts and refuses. Each kind of map becomes a definition, since kinds contain each other.
 */
public final class SpecSchema {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String ID = "https://fluxrig.io/schema/spec.json";

    private final ObjectNode definitions = JSON.createObjectNode();
    private final Set<String> seen = new LinkedHashSet<>();

    private SpecSchema() {}

    /** The schema as an object that may be changed. */
    public static ObjectNode schema() {
        SpecSchema writer = new SpecSchema();
        ObjectNode root = JSON.createObjectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("$id", ID);
        root.put("title", "fluxrig spec: an ISO 8583 dialect");
        root.setAll(writer.value(SpecManifest.document()));
        root.set("$defs", writer.definitions);
        return root;
    }

    /** The schema as indented text. */
    public static String text() {
        return schema().toPrettyString();
    }

    private ObjectNode value(SpecManifest.Value value) {
        ObjectNode node = JSON.createObjectNode();
        if (value instanceof SpecManifest.Branch branch) {
            return node.put("$ref", "#/$defs/" + define(branch));
        }
        if (value instanceof SpecManifest.Either either) {
            ArrayNode any = node.putArray("anyOf");
            any.add(value(either.first()));
            any.add(value(either.second()));
        } else if (value instanceof SpecManifest.Items items) {
            node.put("type", "array");
            node.set("items", value(items.item()));
        } else if (value instanceof SpecManifest.Word word) {
            ArrayNode words = node.putArray("enum");
            word.words().forEach(words::add);
        } else if (value instanceof SpecManifest.Whole whole) {
            node.put("type", "integer").put("minimum", whole.min()).put("maximum", whole.max());
        } else if (value instanceof SpecManifest.Flag) {
            node.put("type", "boolean");
        } else if (value instanceof SpecManifest.Span) {
            node.put("type", "string").put("pattern", "^[0-9]{1,9}(ms|s|m)$");
        } else if (value instanceof SpecManifest.Text text) {
            text(text, node);
        }
        return node;
    }

    private static void text(SpecManifest.Text text, ObjectNode node) {
        node.putArray("type").add("string").add("number");
        if (!text.pattern().isEmpty()) {
            node.put("pattern", "^(?:" + text.pattern() + ")$");
        }
        if (!text.example().isEmpty()) {
            node.putArray("examples").add(text.example());
        }
    }

    private String define(SpecManifest.Branch branch) {
        if (!seen.add(branch.name())) {
            return branch.name();
        }
        ObjectNode node = definitions.putObject(branch.name());
        node.put("type", "object");
        ObjectNode properties = JSON.createObjectNode();
        ArrayNode required = JSON.createArrayNode();
        for (SpecManifest.Key key : branch.keys().get()) {
            ObjectNode property = value(key.value());
            property.put("description", key.doc());
            properties.set(key.name(), property);
            if (key.required()) {
                required.add(key.name());
            }
        }
        if (!properties.isEmpty()) {
            node.set("properties", properties);
        }
        if (!required.isEmpty()) {
            node.set("required", required);
        }
        ObjectNode patterns = node.putObject("patternProperties");
        patterns.putObject("^x-");
        if (branch.others() != null) {
            patterns.set("^(?:" + branch.othersPattern() + ")$", value(branch.others()));
        }
        node.put("additionalProperties", false);
        return branch.name();
    }
}
