package io.fluxrig.load.mix;

import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.Nearest;
import io.fluxrig.engine.fault.Place;
import io.fluxrig.engine.scenario.YamlNode;
import io.fluxrig.engine.scenario.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes a mix out of a file's nodes; whatever is wrong becomes a fault with its line. One for each file. */
final class MixReader {
    /** Stands in for the field's length, which only the spec knows: date and time, so that {@code $NOW} fits. */
    private static final int ANY_LENGTH = 10;

    private final String file;
    private final Faults faults = new Faults();

    MixReader(String file) {
        this.file = file;
    }

    MixLoad read(String yaml) {
        YamlNode root = YamlReader.read(file, yaml, System::getenv, faults);
        Mix mix = faults.hasErrors() ? null : mix(root);
        return new MixLoad(faults.hasErrors() ? null : mix, faults.all());
    }

    private Mix mix(YamlNode root) {
        Place place = root == null ? Place.ofFile(file) : root.place();
        YamlNode.Mapping top = map(root, place, "");
        if (top == null) {
            return null;
        }
        known(top, "", List.of(MixKeys.MIX));
        YamlNode.Mapping mix = map(top.get(MixKeys.MIX), top.placeOf(MixKeys.MIX), MixKeys.MIX);
        if (mix == null) {
            return null;
        }
        known(mix, "mix.", MixKeys.OF_MIX);
        Map<Integer, String> common = fields(mix, "mix.", false);
        List<Template> templates = templates(mix, common);
        String name = name(mix, "mix.", file);
        return faults.hasErrors() ? null : new Mix(name, templates);
    }

    private List<Template> templates(YamlNode.Mapping mix, Map<Integer, String> common) {
        List<Template> templates = new ArrayList<>();
        YamlNode list = mix.get(MixKeys.TEMPLATES);
        Place place = mix.placeOf(MixKeys.TEMPLATES);
        if (!(list instanceof YamlNode.Sequence sequence) || sequence.items().isEmpty()) {
            faults.error(
                    place,
                    "mix.templates",
                    list == null ? "is missing or empty" : "is " + list.noun() + " without an entry",
                    "list at least one: - { name: purchase, mti: \"0100\", fields: { 11: \"$STAN\" } }");
            return templates;
        }
        for (int i = 0; i < sequence.items().size(); i++) {
            String where = "mix.templates[" + i + "]";
            YamlNode item = sequence.items().get(i);
            YamlNode.Mapping entry = map(item, item.place(), where);
            if (entry != null) {
                templates.add(template(entry, common, where));
            }
        }
        return templates;
    }

    private Template template(YamlNode.Mapping entry, Map<Integer, String> common, String where) {
        known(entry, where + ".", MixKeys.OF_TEMPLATE);
        Map<Integer, String> fields = new TreeMap<>(common);
        fields.putAll(fields(entry, where + ".", true));
        return new Template(name(entry, where + ".", where), weight(entry, where), mti(entry, where), fields);
    }

    private int weight(YamlNode.Mapping entry, String where) {
        YamlNode value = entry.get(MixKeys.WEIGHT);
        if (value == null) {
            return 1;
        }
        int weight = value instanceof YamlNode.Scalar scalar ? whole(scalar.text()) : 0;
        if (weight < 1 || weight > MixKeys.WEIGHT_MAX) {
            faults.error(
                    value.place(),
                    where + ".weight",
                    "is not a number from 1 to " + MixKeys.WEIGHT_MAX,
                    "write the template's share relative to the others, such as 95");
        }
        return weight;
    }

    private int mti(YamlNode.Mapping entry, String where) {
        YamlNode value = entry.get(MixKeys.MTI);
        if (value instanceof YamlNode.Scalar scalar && scalar.text().matches(MixKeys.MTI_PATTERN)) {
            return whole(scalar.text());
        }
        faults.error(
                entry.placeOf(MixKeys.MTI),
                where + ".mti",
                value == null ? "is missing" : "is not a number of four digits",
                "write the request's type in quotes, such as \"0100\"");
        return 0;
    }

    private Map<Integer, String> fields(YamlNode.Mapping parent, String prefix, boolean required) {
        Map<Integer, String> fields = new TreeMap<>();
        YamlNode node = parent.get(MixKeys.FIELDS);
        if (node == null && !required) {
            return fields;
        }
        String where = prefix + MixKeys.FIELDS;
        YamlNode.Mapping map = map(node, parent.placeOf(MixKeys.FIELDS), where);
        if (map != null) {
            map.entries().forEach((key, entry) -> field(fields, key, entry, where + "." + key));
        }
        return fields;
    }

    private void field(Map<Integer, String> fields, String key, YamlNode.Mapping.Entry entry, String where) {
        int number = whole(key);
        if (number < MixKeys.FIELD_MIN || number > MixKeys.FIELD_MAX) {
            faults.error(
                    entry.keyPlace(),
                    where,
                    "is no field number",
                    "write one from " + MixKeys.FIELD_MIN + " to " + MixKeys.FIELD_MAX);
            return;
        }
        if (!(entry.value() instanceof YamlNode.Scalar scalar) || !(scalar.plain() instanceof String)) {
            faults.error(entry.value().place(), where, "is not text", "put the value in quotes");
            return;
        }
        try {
            Macro.parse(scalar.text(), ANY_LENGTH);
            fields.put(number, scalar.text());
        } catch (MixException wrongMacro) {
            faults.error(scalar.place(), where, wrongMacro.getMessage(), "");
        }
    }

    private String name(YamlNode.Mapping map, String prefix, String otherwise) {
        YamlNode value = map.get(MixKeys.NAME);
        if (value != null && !(value.plain() instanceof String)) {
            faults.error(value.place(), prefix + MixKeys.NAME, "is not text", "put the name in quotes");
            return otherwise;
        }
        return value == null ? otherwise : ((YamlNode.Scalar) value).text();
    }

    private YamlNode.Mapping map(YamlNode node, Place place, String where) {
        if (node instanceof YamlNode.Mapping map) {
            return map;
        }
        String what = node == null ? "nothing" : node.noun();
        String fix = where.isEmpty() || where.equals(MixKeys.MIX)
                ? "write mix: { name: ..., templates: [ ... ] }; 'fluxrig new mix NAME' writes one to start from"
                : "write keys and values";
        faults.error(place, where, "is " + what + ", not a map with keys", fix);
        return null;
    }

    private void known(YamlNode.Mapping map, String prefix, List<String> keys) {
        map.entries().forEach((key, entry) -> {
            if (!keys.contains(key)) {
                faults.error(entry.keyPlace(), prefix + key, "is not known", Nearest.fix(key, keys));
            }
        });
    }

    private static int whole(String text) {
        return text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : 0;
    }
}
