package io.fluxrig.iso.spec;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.rule.SpecNames;
import io.fluxrig.iso.rule.Spelling;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the meaning layer and resolves what can be resolved on the way: paths, aliases, tables, sensitivities. Where the
 * wire layer is broken it stands in for the spec as the names of conditions, and takes any field to be there.
 */
final class MeaningReader implements SpecNames {
    private static final Set<String> RESERVED = Set.of("mti", "field", "present", "true", "false", "iso8583");

    private final FaultList faults;
    private final WireSpec wire;
    private final Map<String, EnumTable> enums = new LinkedHashMap<>();
    private final Map<FieldPath, FieldMeaning> meanings = new LinkedHashMap<>();
    private final Map<String, FieldPath> aliases = new LinkedHashMap<>();
    private final FormatReader formats;

    MeaningReader(FaultList faults, WireSpec wire) {
        this.faults = faults;
        this.wire = wire;
        this.formats = new FormatReader(faults, wire);
    }

    Map<String, EnumTable> enums() {
        return enums;
    }

    Map<FieldPath, FieldMeaning> meanings() {
        return meanings;
    }

    Map<String, FieldPath> aliases() {
        return aliases;
    }

    @Override
    public FieldPath resolve(String alias) {
        return aliases.get(alias);
    }

    @Override
    public boolean defines(FieldPath path) {
        return true;
    }

    @Override
    public boolean numeric(FieldPath path) {
        return false;
    }

    @Override
    public Set<String> aliasNames() {
        return aliases.keySet();
    }

    void readEnums(SourceNode.Branch spec) {
        each(
                Values.branch(spec, "enums"),
                (name, place, table) -> enums.put(
                        name, enumTable(name, Values.flag(table, "closed", false), Values.branch(table, "values"))));
    }

    void readFields(SourceNode.Branch spec) {
        each(Values.branch(spec, "fields"), (key, place, node) -> field(key, place, node, "spec.fields." + key));
    }

    private void field(String pathText, SourceNode.Place place, SourceNode.Branch node, String at) {
        FieldPath path;
        try {
            path = FieldPath.parse(pathText);
        } catch (IllegalArgumentException notAPath) {
            faults.error(place, at, "not a field", "use 2 to 192, or the key of a part");
            return;
        }
        if (wire != null && path.field() > 1 && !Spec.defines(wire, path)) {
            faults.error(place, at, "the wire layer has no such field", "add it to spec.wire.fields, or remove this");
        }
        alias(node, path, at);
        Format format = formats.read(node, path, at);
        FieldMeaning.CryptoRole role =
                Values.word(Values.branch(node, "crypto"), "role", WireWords.CRYPTO, FieldMeaning.CryptoRole.NONE);
        EnumTable values = values(node, at);
        WireField written = wire == null ? null : Spec.wireField(wire, path);
        if (written != null && written.composite() != null && (format != null || values != null && values.closed())) {
            faults.error(
                    place,
                    at,
                    "a composite has no value of its own that a format or a closed table could be held against",
                    "say it of its parts, under subfields");
        }
        meanings.put(
                path,
                new FieldMeaning(
                        path,
                        Values.text(node, "name", ""),
                        Values.text(node, "alias", ""),
                        Values.text(node, "meaning", ""),
                        Values.text(node, "note", ""),
                        sensitivity(node, path, format, role, at),
                        Values.word(node, "scope", WireWords.SCOPE, FieldMeaning.Scope.PUBLIC),
                        values,
                        format,
                        usages(node),
                        role,
                        Values.extensions(node)));
        each(
                Values.branch(node, "subfields"),
                (key, partPlace, part) -> field(pathText + "." + key, partPlace, part, at + ".subfields." + key));
    }

    /** Keeps blocks that stand at fields of the wire layer beside those of the meanings, which go first under the same name. */
    void keep(Map<String, Map<String, Object>> blocks) {
        blocks.forEach((pathText, extensions) -> {
            FieldPath path = path(pathText);
            if (path != null && wire != null && Spec.defines(wire, path)) {
                FieldMeaning told = meanings.get(path);
                meanings.put(path, (told == null ? FieldMeaning.of(path, held(path)) : told).keeping(extensions));
            }
        });
    }

    private static FieldPath path(String text) {
        try {
            return FieldPath.parse(text);
        } catch (IllegalArgumentException notAPath) {
            return null; // the wire layer's own fault, which was told
        }
    }

    /** How sensitive a field is of which nothing is said: as what it is in, and at least what everybody knows. */
    private Sensitivity held(FieldPath path) {
        String text = path.toString();
        FieldMeaning holder = null;
        while (holder == null && text.indexOf('.') > 0) {
            text = text.substring(0, text.lastIndexOf('.'));
            holder = meanings.get(FieldPath.parse(text));
        }
        Sensitivity known = KnownSensitivity.of(path);
        return holder != null && holder.sensitivity().compareTo(known) > 0 ? holder.sensitivity() : known;
    }

    private void alias(SourceNode.Branch node, FieldPath path, String at) {
        SourceNode.Leaf leaf = Values.leaf(node, "alias");
        if (leaf == null) {
            return;
        }
        String alias = leaf.text();
        if (RESERVED.contains(alias) || alias.startsWith("iso8583.")) {
            faults.error(leaf.place(), at + ".alias", alias + " has a meaning of its own", "choose another name");
        } else if (aliases.putIfAbsent(alias, path) != null) {
            faults.error(
                    leaf.place(), at + ".alias", alias + " already names " + aliases.get(alias), "choose another name");
        }
    }

    private Sensitivity sensitivity(
            SourceNode.Branch node, FieldPath path, Format format, FieldMeaning.CryptoRole role, String at) {
        Sensitivity certain = KnownSensitivity.certain(path);
        if (role == FieldMeaning.CryptoRole.PIN_BLOCK) {
            certain = Sensitivity.SAD;
        } else if (format != null && format.kind() == Format.Kind.PAN && certain == null) {
            certain = Sensitivity.PAN;
        }
        SourceNode.Leaf leaf = Values.leaf(node, "sensitivity");
        Sensitivity declared = Values.word(node, "sensitivity", WireWords.SENSITIVITY, null);
        if (declared == null) {
            return certain != null ? certain : undeclared(path);
        }
        if (certain != null && declared.compareTo(certain) < 0) {
            String word = certain.name().toLowerCase(Locale.ROOT);
            faults.error(
                    leaf.place(),
                    at + ".sensitivity",
                    "this field holds " + word + " and may not be switched clear",
                    "write sensitivity: " + word + ", or leave it out");
            return certain;
        }
        return declared;
    }

    /** To be named makes a part no less sensitive than the field or part that it is in. */
    private Sensitivity undeclared(FieldPath path) {
        String text = path.toString();
        int dot = text.lastIndexOf('.');
        FieldMeaning holder = dot < 0 ? null : meanings.get(FieldPath.parse(text.substring(0, dot)));
        return holder != null && KnownSensitivity.isOpaque(path.field())
                ? holder.sensitivity()
                : KnownSensitivity.of(path);
    }

    private EnumTable values(SourceNode.Branch node, String at) {
        SourceNode.Leaf reference = Values.leaf(node, "values_ref");
        if (reference == null) {
            return inlineValues(node, at);
        }
        if (node.get("validValues") != null) {
            faults.error(reference.place(), at + ".values_ref", "validValues is there too", "keep one");
        }
        EnumTable table = enums.get(reference.text());
        if (table == null) {
            String nearest = Spelling.nearest(reference.text(), enums.keySet());
            faults.error(
                    reference.place(),
                    at + ".values_ref",
                    "no enum " + reference.text(),
                    nearest == null ? "declare it under spec.enums" : "did you mean " + nearest + "?");
        }
        return table;
    }

    private EnumTable inlineValues(SourceNode.Branch node, String at) {
        SourceNode.Branch values = Values.branch(node, "validValues");
        if (values != null) {
            return enumTable(at, true, values);
        }
        List<SourceNode> items = Values.items(node, "validValues");
        if (items.isEmpty()) {
            return null;
        }
        Map<String, EnumTable.Value> named = new LinkedHashMap<>();
        for (SourceNode item : items) {
            if (item instanceof SourceNode.Leaf leaf) {
                named.put(leaf.text(), new EnumTable.Value("", "", ""));
            }
        }
        return new EnumTable(at, true, named);
    }

    private static EnumTable enumTable(String name, boolean closed, SourceNode.Branch values) {
        Map<String, EnumTable.Value> read = new LinkedHashMap<>();
        if (values != null) {
            values.entries().forEach((value, entry) -> {
                if (entry.value() instanceof SourceNode.Branch map) {
                    read.put(
                            value,
                            new EnumTable.Value(
                                    Values.text(map, "name", ""),
                                    Values.text(map, "category", ""),
                                    Values.text(map, "note", "")));
                } else if (entry.value() instanceof SourceNode.Leaf leaf) {
                    read.put(value, new EnumTable.Value(leaf.text(), "", ""));
                }
            });
        }
        return new EnumTable(name, closed, read);
    }

    private static List<Usage> usages(SourceNode.Branch node) {
        List<Usage> usages = new ArrayList<>();
        for (SourceNode item : Values.items(node, "messages")) {
            if (item instanceof SourceNode.Branch usage) {
                usages.add(new Usage(
                        Values.mtis(usage, "mti"),
                        Values.word(usage, "usage", WireWords.PRESENCE, Usage.Presence.OPTIONAL),
                        Values.text(usage, "when", ""),
                        Values.word(usage, "response_value", WireWords.RESPONSE, Usage.ResponseValue.UNSPECIFIED),
                        Values.text(usage, "note", "")));
            }
        }
        return usages;
    }

    /** Takes a map's entries that are maps themselves. */
    interface EachBranch {
        void accept(String key, SourceNode.Place place, SourceNode.Branch node);
    }

    static void each(SourceNode.Branch map, EachBranch taker) {
        if (map != null) {
            map.entries().forEach((key, entry) -> {
                if (entry.value() instanceof SourceNode.Branch node && !key.startsWith(ManifestCheck.EXTENSION)) {
                    taker.accept(key, entry.place(), node);
                }
            });
        }
    }
}
