package io.fluxrig.engine.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluxrig.engine.gear.ConfigKey;
import java.util.List;

/**
 * Writes declared keys as JSON Schema (draft 2020-12), so that an editor completes and underlines what the check accepts and
 * refuses.
 *
 * @param references whether any value may instead refer to the environment, {@code ${NAME}}
 */
public record KeySchema(boolean references) {
    /** The dialect that every schema names. */
    public static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private static final String REFERENCE = "\\$\\{[A-Za-z_][A-Za-z0-9_]*(:[^}]*)?\\}";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A map with these keys and no others; without any, a map that takes all. Keys that begin with {@code x-} are free. */
    public ObjectNode map(List<ConfigKey> keys) {
        ObjectNode map = JSON.objectNode().put("type", "object");
        if (keys.isEmpty()) {
            return map;
        }
        ObjectNode properties = map.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (ConfigKey key : keys) {
            properties.set(key.name(), value(key));
            if (key.required()) {
                required.add(key.name());
            }
        }
        if (!required.isEmpty()) {
            map.set("required", required);
        }
        if (references) {
            map.putObject("patternProperties").putObject("^x-");
        }
        return map.put("additionalProperties", false);
    }

    /** One key's value, with its meaning and default. */
    public ObjectNode value(ConfigKey key) {
        ObjectNode value = described(key);
        if (!references) {
            return value;
        }
        boolean text = value.path("type").asText().equals("string");
        boolean free = text && !value.has("pattern") && !value.has("enum");
        boolean scalar =
                value.has("type") && !value.path("type").asText().matches("object|array") || value.has("anyOf");
        return scalar && !free ? orReference(value) : value;
    }

    private ObjectNode described(ConfigKey key) {
        ObjectNode node = typed(key);
        node.put("description", key.doc());
        if (key.defaultValue() != null && !key.defaultValue().equals("")) {
            node.set("default", json(key.defaultValue()));
        }
        return node;
    }

    private ObjectNode typed(ConfigKey key) {
        ObjectNode node = JSON.objectNode();
        return switch (key.type()) {
            case TEXT, PATH -> node.put("type", "string");
            case CODE -> digits(node);
            case NUMBER -> number(node, key);
            case FLAG -> node.put("type", "boolean");
            case DURATION -> pattern(node, Quantity.DURATION_PATTERN);
            case SIZE -> size(node);
            case CHOICE -> choice(node, key);
            case ADDRESS -> pattern(node, "^(\\[[0-9a-fA-F:.%]+\\]|[A-Za-z0-9._-]*):[0-9]{1,5}$");
            case TEXTS -> texts(node);
            case SECTION -> map(key.children());
            case SECTIONS -> sections(node, key);
            case TREE -> node;
        };
    }

    /** Text that is all digits may be written bare, and then looks like a number. */
    private static ObjectNode digits(ObjectNode node) {
        node.putArray("type").add("string").add("number");
        return node;
    }

    private static ObjectNode number(ObjectNode node, ConfigKey key) {
        node.put("type", "integer");
        if (key.min() != Long.MIN_VALUE) {
            node.put("minimum", key.min());
        }
        if (key.max() != Long.MAX_VALUE) {
            node.put("maximum", key.max());
        }
        return node;
    }

    private static ObjectNode pattern(ObjectNode node, String pattern) {
        return node.put("type", "string").put("pattern", pattern);
    }

    private static ObjectNode size(ObjectNode node) {
        ArrayNode any = node.putArray("anyOf");
        any.add(pattern(JSON.objectNode(), Quantity.SIZE_PATTERN));
        any.add(JSON.objectNode().put("type", "integer").put("minimum", 0));
        return node;
    }

    private static ObjectNode choice(ObjectNode node, ConfigKey key) {
        ArrayNode words = node.put("type", "string").putArray("enum");
        key.choices().forEach(words::add);
        return node;
    }

    private static ObjectNode texts(ObjectNode node) {
        ArrayNode any = node.putArray("anyOf");
        ObjectNode one = digits(JSON.objectNode());
        any.add(one);
        any.add(JSON.objectNode().put("type", "array").set("items", one.deepCopy()));
        return node;
    }

    private ObjectNode sections(ObjectNode node, ConfigKey key) {
        node.put("type", "array").set("items", map(key.children()));
        return node;
    }

    private static ObjectNode orReference(ObjectNode value) {
        ObjectNode either = JSON.objectNode();
        for (String shared : List.of("description", "default")) {
            if (value.has(shared)) {
                either.set(shared, value.remove(shared));
            }
        }
        ArrayNode any = either.putArray("anyOf");
        any.add(value);
        any.add(pattern(JSON.objectNode(), REFERENCE));
        return either;
    }

    private static com.fasterxml.jackson.databind.JsonNode json(Object value) {
        if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        return value instanceof Number number ? JSON.numberNode(number.longValue()) : JSON.textNode(value.toString());
    }
}
