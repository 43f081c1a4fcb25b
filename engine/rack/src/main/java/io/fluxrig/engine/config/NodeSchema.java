package io.fluxrig.engine.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON Schema of the node file, written from {@link NodeKeys}. */
public final class NodeSchema {
    private static final String ID = "https://fluxrig.io/schema/node.json";

    private NodeSchema() {}

    /** The schema as an object that may be changed. */
    public static ObjectNode schema() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("$schema", KeySchema.DIALECT);
        root.put("$id", ID);
        root.put("title", "fluxrig node configuration");
        root.setAll(new KeySchema(false).map(NodeKeys.SECTIONS));
        return root;
    }

    /** The schema as indented text. */
    public static String text() {
        return schema().toPrettyString();
    }
}
