package io.fluxrig.engine.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluxrig.engine.config.KeySchema;
import io.fluxrig.engine.config.Name;
import io.fluxrig.engine.gear.ConfigKey;
import io.fluxrig.engine.gear.GearFactory;
import io.fluxrig.engine.gear.GearManifest;

/**
 * The JSON Schema of scenarios, written from the keys and manifests that check them. A gear's {@code config} follows from
 * its {@code type}: one {@code if} and {@code then} for each type.
 */
public final class ScenarioSchema {
    private static final String ID = "https://fluxrig.io/schema/scenario.json";
    private static final String NAME = "^" + Name.PATTERN + "$";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final KeySchema keys = new KeySchema(true);
    private final GearCatalog gears;

    private ScenarioSchema(GearCatalog gears) {
        this.gears = gears;
    }

    /** The schema for the gears of a catalog, as an object that may be changed. */
    public static ObjectNode schema(GearCatalog gears) {
        return new ScenarioSchema(gears).write();
    }

    /** The schema as indented text. */
    public static String text(GearCatalog gears) {
        return schema(gears).toPrettyString();
    }

    private ObjectNode write() {
        ObjectNode root = JSON.objectNode();
        root.put("$schema", KeySchema.DIALECT);
        root.put("$id", ID);
        root.put("title", "fluxrig scenario");
        root.setAll(keys.map(ScenarioKeys.ALL));
        ObjectNode gear = (ObjectNode) root.at("/properties/gears/items");
        name((ObjectNode) gear.at("/properties/name"));
        name((ObjectNode) root.at("/properties/meta/properties/name"));
        name((ObjectNode) root.at("/properties/racks/items/properties/name"));
        name((ObjectNode) root.at("/properties/racks/items/properties/group"));
        ArrayNode types = type((ObjectNode) gear.at("/properties/type"));
        ArrayNode choices = gear.putArray("allOf");
        ObjectNode definitions = root.putObject("$defs");
        for (GearFactory factory : gears.all().values()) {
            GearManifest manifest = factory.manifest();
            types.add(JSON.objectNode().put("const", manifest.type()).put("description", manifest.summary()));
            definitions.set("config-" + manifest.type(), config(manifest));
            choices.add(choice(manifest));
        }
        return root;
    }

    private ObjectNode config(GearManifest manifest) {
        ObjectNode config = keys.map(manifest.keys());
        if (manifest.keys().isEmpty()) {
            config.put("additionalProperties", false);
        }
        return config.put("description", manifest.summary());
    }

    private static ObjectNode choice(GearManifest manifest) {
        ObjectNode choice = JSON.objectNode();
        ObjectNode condition = choice.putObject("if");
        condition.putObject("properties").putObject("type").put("const", manifest.type());
        condition.putArray("required").add("type");
        ObjectNode then = choice.putObject("then");
        then.putObject("properties").putObject("config").put("$ref", "#/$defs/config-" + manifest.type());
        if (manifest.keys().stream().anyMatch(ConfigKey::required)) {
            then.putArray("required").add("config");
        }
        return choice;
    }

    private static void name(ObjectNode text) {
        text.put("type", "string").put("pattern", NAME).put("maxLength", Name.LENGTH_MAX);
    }

    private static ArrayNode type(ObjectNode text) {
        text.remove("type");
        return text.putArray("oneOf");
    }
}
