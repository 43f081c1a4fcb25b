package io.fluxrig.load.mix;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON Schema (draft 2020-12) of mix files: what {@link MixLoader} takes. */
public final class MixSchema {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final String ID = "https://fluxrig.io/schema/mix.json";
    /** As {@link MixKeys#FIELD_MIN} to {@link MixKeys#FIELD_MAX}. */
    private static final String FIELD = "^([2-9]|[1-9][0-9]|1[0-8][0-9]|19[0-2])$";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private MixSchema() {}

    /** The schema as an object that may be changed. */
    public static ObjectNode schema() {
        ObjectNode root = JSON.objectNode();
        root.put("$schema", DIALECT);
        root.put("$id", ID);
        root.put("title", "fluxrig load mix: what the load tool sends");
        ObjectNode properties = map(root, MixKeys.MIX);
        properties.set(MixKeys.MIX, mix());
        return root;
    }

    /** The schema as indented text. */
    public static String text() {
        return schema().toPrettyString();
    }

    private static ObjectNode mix() {
        ObjectNode mix = described("Weighted templates of requests.");
        ObjectNode properties = map(mix, MixKeys.TEMPLATES);
        properties.set(MixKeys.NAME, text("For reports; the file's name if it is left out."));
        properties.set(MixKeys.FIELDS, fields("Fields of every template; a template's own come over them."));
        ObjectNode templates = properties.putObject(MixKeys.TEMPLATES);
        templates.put("type", "array").put("minItems", 1).set("items", template());
        return mix;
    }

    private static ObjectNode template() {
        ObjectNode template = described("One kind of request.");
        ObjectNode properties = map(template, MixKeys.MTI, MixKeys.FIELDS);
        properties.set(MixKeys.NAME, text("For reports and errors."));
        ObjectNode weight = described("Share relative to the other templates.");
        weight.put("type", "integer")
                .put("minimum", 1)
                .put("maximum", MixKeys.WEIGHT_MAX)
                .put("default", 1);
        properties.set(MixKeys.WEIGHT, weight);
        properties.set(
                MixKeys.MTI,
                text("Type of the request; its answer has 10 more.").put("pattern", "^" + MixKeys.MTI_PATTERN + "$"));
        properties.set(MixKeys.FIELDS, fields("Field number to value."));
        return template;
    }

    private static ObjectNode fields(String doc) {
        ObjectNode fields = described(doc);
        fields.put("type", "object");
        fields.putObject("patternProperties")
                .set(
                        FIELD,
                        text("Text with macros: $STAN, $RRN, $TERM, $PAN(prefix,length), $RAND(min,max), $SEQ(n),"
                                + " $ENUM(a,b), $NOW, $AUTH, $UUID; hex where the spec has bytes."));
        return fields.put("additionalProperties", false);
    }

    private static ObjectNode map(ObjectNode node, String... required) {
        node.put("type", "object").put("additionalProperties", false);
        var names = node.putArray("required");
        for (String name : required) {
            names.add(name);
        }
        return node.putObject("properties");
    }

    private static ObjectNode text(String doc) {
        return described(doc).put("type", "string");
    }

    private static ObjectNode described(String doc) {
        return JSON.objectNode().put("description", doc);
    }
}
