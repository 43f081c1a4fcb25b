package io.fluxrig.engine.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON Schema of a node file, written from its keys. */
public final class NodeSchema {
    private static final String ID = "https://fluxrig.io/schema/";

    private NodeSchema() {}

    /** The schema as an object that may be changed. */
    public static ObjectNode schema(NodeFileKeys keys) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("$schema", KeySchema.DIALECT);
        root.put("$id", ID + (keys == NodeKeys.FILE ? "node" : keys.kind()) + ".json");
        root.put("title", "fluxrig " + (keys == NodeKeys.FILE ? "node" : keys.kind()) + " configuration");
        root.setAll(new KeySchema(false).map(keys.sections()));
        return root;
    }

    /** The schema as indented text. */
    public static String text(NodeFileKeys keys) {
        return schema(keys).toPrettyString();
    }
}
