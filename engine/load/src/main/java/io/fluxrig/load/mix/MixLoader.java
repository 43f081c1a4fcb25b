package io.fluxrig.load.mix;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a mix from YAML:
 *
 * <pre>
 * mix:
 *   name: purchases
 *   fields: { 3: "000000", 11: $STAN }   # of every template
 *   templates:
 *     - name: purchase
 *       weight: 95                # default 1
 *       mti: "0100"
 *       fields: { 2: "$PAN(411111,16)", 4: "$RAND(100,50000)" }
 * </pre>
 */
public final class MixLoader {
    private static final String BUILT_IN = "purchases.yaml";
    private static final int WEIGHT_MAX = 1_000_000;

    private final String source;

    private MixLoader(String source) {
        this.source = source;
    }

    /** @throws MixException naming file and place if it cannot be read or is no mix */
    public static Mix load(Path file) throws MixException {
        try {
            return new MixLoader(file.toString()).read(Files.readString(file));
        } catch (IOException e) {
            throw new MixException(file + ": cannot be read (" + e.getClass().getSimpleName() + "); check the path");
        }
    }

    /** The mix of the demo: purchases with cards of every range of its table. */
    public static Mix builtIn() {
        try (InputStream in = MixLoader.class.getResourceAsStream(BUILT_IN)) {
            return new MixLoader(BUILT_IN).read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | MixException e) {
            throw new IllegalStateException(e);
        }
    }

    Mix read(String yaml) throws MixException {
        Object root;
        try {
            root = new Load(LoadSettings.builder().setLabel(source).build()).loadFromString(yaml);
        } catch (YamlEngineException e) {
            throw new MixException(source + ": " + e.getMessage());
        }
        Map<?, ?> mix = map(map(root, "the file").get("mix"), "mix");
        if (!(mix.get("templates") instanceof List<?> list)) {
            throw fault("mix.templates", "is not a list");
        }
        Map<Integer, String> common = fields(mix.containsKey("fields") ? mix.get("fields") : Map.of(), "mix.fields");
        List<Template> templates = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String where = "mix.templates[" + i + "]";
            templates.add(template(map(list.get(i), where), common, where));
        }
        if (templates.isEmpty()) {
            throw fault("mix.templates", "is empty");
        }
        return new Mix(String.valueOf(mix.containsKey("name") ? mix.get("name") : source), templates);
    }

    private Template template(Map<?, ?> entry, Map<Integer, String> common, String where) throws MixException {
        for (Object key : entry.keySet()) {
            if (!List.of("name", "weight", "mti", "fields").contains(String.valueOf(key))) {
                throw fault(where + "." + key, "is not known; known are name, weight, mti, fields");
            }
        }
        int weight = entry.containsKey("weight") ? number(entry.get("weight"), where + ".weight", WEIGHT_MAX) : 1;
        int mti = number(entry.get("mti"), where + ".mti", 9999);
        Map<Integer, String> fields = new TreeMap<>(common);
        fields.putAll(fields(entry.get("fields"), where + ".fields"));
        String name = String.valueOf(entry.containsKey("name") ? entry.get("name") : where);
        return new Template(name, weight, mti, fields);
    }

    private Map<Integer, String> fields(Object value, String where) throws MixException {
        Map<Integer, String> fields = new TreeMap<>();
        for (Map.Entry<?, ?> field : map(value, where).entrySet()) {
            int number = number(field.getKey(), where + "." + field.getKey(), 192);
            if (!(field.getValue() instanceof String text)) {
                throw fault(where + "." + number, "is not text; put the value in quotes");
            }
            fields.put(number, text);
        }
        return fields;
    }

    private Map<?, ?> map(Object value, String where) throws MixException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw fault(where, "is not a map with keys");
    }

    private int number(Object value, String where, int max) throws MixException {
        String text = String.valueOf(value);
        int number = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > max) {
            throw fault(where, "is not a number from 1 to " + max);
        }
        return number;
    }

    private MixException fault(String where, String what) {
        return new MixException(source + ": " + where + ": " + what);
    }
}
