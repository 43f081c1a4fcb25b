package io.fluxrig.iso.spec;

import io.fluxrig.iso.wire.BitmapSpec;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.Encoding;
import io.fluxrig.iso.wire.Padding;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.TagSpec;
import io.fluxrig.iso.wire.UnknownTags;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads composites in both ways of writing them: moov's map of subfields with {@code tag} and {@code bitmap} beside it,
 * and our {@code subfields: {layout, parts, ...}}.
 */
final class CompositeReader {
    private static final int REPEAT_DEFAULT = 255;

    private final WireReader fields;
    private final FaultList faults;

    CompositeReader(WireReader fields, FaultList faults) {
        this.fields = fields;
        this.faults = faults;
    }

    WireField field(String key, SourceNode.Branch node, String path, Prefix prefix, int length) {
        SourceNode.Branch subfields = Values.branch(node, "subfields");
        if (subfields == null) {
            faults.error(node.place(), path + ".subfields", "is missing", "a Composite has subfields");
            return null;
        }
        Composite composite = composite(key, node, subfields, path + ".subfields");
        return composite == null
                ? null
                : WireField.composite(key, prefix, length, composite)
                        .described(Values.text(node, "description", ""))
                        .padded(fields.padding(node, path));
    }

    private Composite composite(String key, SourceNode.Branch node, SourceNode.Branch subfields, String path) {
        boolean listed = subfields.get("layout") != null || subfields.get("parts") != null;
        SourceNode.Branch holder = listed ? subfields : node;
        if (!listed
                && Values.leaf(node, "tag") != null
                && !Values.text(node, "tag", "").equals(key)) {
            faults.error(
                    node.entries().get("tag").place(),
                    path.replaceFirst("subfields$", "tag"),
                    "one word, and how the tags of its parts are written is more",
                    "write tag: { length: 2, enc: ASCII }, or leave it out where parts stand one behind the other");
        }
        SourceNode.Branch tag = Values.branch(holder, "tag");
        SourceNode.Branch bitmap = Values.branch(holder, "bitmap");
        Composite.Layout layout = Values.word(subfields, "layout", WireWords.LAYOUT, layoutOf(tag, bitmap));
        Map<String, SourceNode.Branch> nodes = listed ? listed(subfields, "parts", path) : mapped(subfields);
        nodes = sorted(nodes, Values.word(tag, "sort", WireWords.SORT, null), layout, listed);
        if (layout == Composite.Layout.POSITIONAL && nodes.values().stream().anyMatch(n -> n.get("from") != null)) {
            nodes = placed(nodes, path);
        }
        Map<String, WireField> parts = new LinkedHashMap<>();
        nodes.forEach((name, part) -> part(name, part, path, layout, parts));
        Composite composite = switch (layout) {
            case POSITIONAL -> repeated(Composite.positional(parts), subfields);
            case BITMAPPED -> bitmapped(bitmap, parts, subfields, path);
            case TAGGED -> tagged(tag, parts, subfields, path);
            case BER_TLV -> repeated(berTlv(tag, parts, subfields), subfields);
        };
        return composite == null ? null : led(composite, subfields, path);
    }

    /** The composite with what its {@code lead} says ahead of it. */
    private Composite led(Composite composite, SourceNode.Branch subfields, String path) {
        Map<String, SourceNode.Branch> nodes = listed(subfields, "lead", path);
        Map<String, WireField> lead = new LinkedHashMap<>();
        nodes.forEach((key, part) -> part(key, part, path, Composite.Layout.POSITIONAL, lead));
        for (String key : lead.keySet()) {
            if (composite.parts().containsKey(key)) {
                faults.error(nodes.get(key).place(), path + ".lead", "part " + key + " is there twice", "rename one");
                return composite;
            }
        }
        return lead.isEmpty() ? composite : composite.behind(lead, Values.flag(subfields, "lead_optional", false));
    }

    private static Composite.Layout layoutOf(SourceNode.Branch tag, SourceNode.Branch bitmap) {
        if (bitmap != null) {
            return Composite.Layout.BITMAPPED;
        }
        Encoding enc = Values.word(tag, "enc", WireWords.ENCODING, null);
        if (enc == Encoding.BER_TLV_TAG) {
            return Composite.Layout.BER_TLV;
        }
        return Values.whole(tag, "length", 0) > 0 ? Composite.Layout.TAGGED : Composite.Layout.POSITIONAL;
    }

    private void part(
            String key, SourceNode.Branch part, String path, Composite.Layout layout, Map<String, WireField> parts) {
        boolean tlv = layout == Composite.Layout.BER_TLV;
        String name = tlv ? key.toUpperCase(Locale.ROOT) : key;
        if (tlv && !name.matches("([0-9A-F]{2}){1,4}")) {
            faults.error(part.place(), path + "." + key, "not a BER tag", "write 2 to 8 hexadecimal digits");
            return;
        }
        WireReader.Surrounding surrounding = WireReader.Surrounding.PLAIN;
        if (tlv) {
            surrounding = WireReader.Surrounding.TLV;
        } else if (part.get("from") != null) {
            surrounding = WireReader.Surrounding.PLACE;
        }
        WireField field = fields.field(name, part, path + "." + key, surrounding);
        if (field != null && parts.putIfAbsent(name, field) != null) {
            faults.error(part.place(), path + "." + key, "the part is there twice", "remove one");
        }
    }

    /** Parts of a list, keyed by their tag, else by their number in the list. */
    private Map<String, SourceNode.Branch> listed(SourceNode.Branch subfields, String list, String path) {
        Map<String, SourceNode.Branch> nodes = new LinkedHashMap<>();
        int number = 0;
        for (SourceNode item : Values.items(subfields, list)) {
            number++;
            if (item instanceof SourceNode.Branch part) {
                String key = Values.text(part, "tag", Integer.toString(number));
                if (nodes.putIfAbsent(key, part) != null) {
                    faults.error(part.place(), path + "." + list, "tag " + key + " is there twice", "remove one");
                }
            }
        }
        return nodes;
    }

    private static Map<String, SourceNode.Branch> mapped(SourceNode.Branch subfields) {
        Map<String, SourceNode.Branch> nodes = new LinkedHashMap<>();
        subfields.entries().forEach((key, entry) -> {
            boolean setting = SpecManifest.subfields().key(key) != null || key.startsWith(ManifestCheck.EXTENSION);
            if (!setting && entry.value() instanceof SourceNode.Branch part) {
                nodes.put(key, part);
            }
        });
        return nodes;
    }

    /** moov maps have no order of their own: by {@code sort}, else numbers by size. */
    private static Map<String, SourceNode.Branch> sorted(
            Map<String, SourceNode.Branch> nodes, WireWords.Sort sort, Composite.Layout layout, boolean listed) {
        boolean numbers = nodes.keySet().stream().allMatch(key -> key.matches("[0-9]{1,8}"));
        boolean hex = nodes.keySet().stream().allMatch(key -> key.matches("[0-9A-Fa-f]{1,8}"));
        Comparator<String> order = null;
        if (sort == WireWords.Sort.TEXT) {
            order = Comparator.naturalOrder();
        } else if (sort == WireWords.Sort.HEX && hex) {
            order = Comparator.comparing(key -> new BigInteger(key, 16));
        } else if (numbers
                && (sort == WireWords.Sort.NUMBER
                        || sort == null && !listed && layout != Composite.Layout.BER_TLV
                        || layout == Composite.Layout.BITMAPPED)) {
            order = Comparator.comparing(Integer::valueOf);
        }
        if (order == null) {
            return nodes;
        }
        List<String> keys = new ArrayList<>(nodes.keySet());
        keys.sort(order);
        Map<String, SourceNode.Branch> ordered = new LinkedHashMap<>();
        keys.forEach(key -> ordered.put(key, nodes.get(key)));
        return ordered;
    }

    /** Parts told by from and to: in order of place, gaps filled with parts of their own. */
    private Map<String, SourceNode.Branch> placed(Map<String, SourceNode.Branch> nodes, String path) {
        List<Map.Entry<String, SourceNode.Branch>> order = new ArrayList<>(nodes.entrySet());
        order.sort(Comparator.comparing(entry -> Values.whole(entry.getValue(), "from", 0)));
        Map<String, SourceNode.Branch> placed = new LinkedHashMap<>();
        int next = 1;
        for (Map.Entry<String, SourceNode.Branch> entry : order) {
            SourceNode.Branch part = entry.getValue();
            int from = Values.whole(part, "from", 0);
            int to = Values.whole(part, "to", from);
            if (from < next || to < from) {
                faults.error(
                        part.place(),
                        path + "." + entry.getKey(),
                        "from=" + from + " to=" + to + ", but " + (next - 1) + " characters are taken",
                        "let parts follow each other, from 1");
            } else if (from > next) {
                placed.put("gap" + next, gap(part, next, from - 1));
            }
            placed.put(entry.getKey(), part);
            next = Math.max(next, to + 1);
        }
        return placed;
    }

    private static SourceNode.Branch gap(SourceNode.Branch neighbour, int from, int to) {
        SourceNode.Place place = neighbour.place();
        Map<String, SourceNode.Entry> entries = new LinkedHashMap<>();
        entries.put("type", new SourceNode.Entry(place, new SourceNode.Leaf(place, "String", true)));
        entries.put("from", new SourceNode.Entry(place, new SourceNode.Leaf(place, Integer.toString(from), true)));
        entries.put("to", new SourceNode.Entry(place, new SourceNode.Leaf(place, Integer.toString(to), true)));
        if (neighbour.get("enc") != null) {
            entries.put("enc", new SourceNode.Entry(place, neighbour.get("enc")));
        }
        return new SourceNode.Branch(place, entries);
    }

    private Composite bitmapped(
            SourceNode.Branch bitmap, Map<String, WireField> parts, SourceNode.Branch subfields, String path) {
        if (bitmap == null) {
            faults.error(subfields.place(), path + ".bitmap", "is missing", "add bitmap: { length: 8, enc: Binary }");
            return null;
        }
        BitmapSpec spec = fields.partBitmap(bitmap, path + ".bitmap");
        return spec == null ? null : repeated(Composite.bitmapped(spec, parts), subfields);
    }

    private Composite tagged(
            SourceNode.Branch tag, Map<String, WireField> parts, SourceNode.Branch subfields, String path) {
        int length = Values.whole(tag, "length", 0);
        Encoding enc = Values.word(tag, "enc", WireWords.ENCODING, null);
        if (length == 0 || enc == null) {
            faults.error(subfields.place(), path + ".tag", "is missing", "add tag: { length: 2, enc: ASCII }");
            return null;
        }
        Padding padding = fields.padding(tag, path + ".tag");
        Prefix unknown = WireReader.unknownPrefix(Values.text(subfields, "unknown_prefix", null));
        if (unknown == null) {
            unknown = commonPrefix(parts);
        }
        UnknownTags policy = Values.word(
                subfields,
                "unknown_tags",
                WireWords.UNKNOWN,
                unknown == null ? UnknownTags.REJECT : UnknownTags.PRESERVE);
        if (unknown == null && policy != UnknownTags.REJECT) {
            faults.error(
                    subfields.place(),
                    path + ".unknown_prefix",
                    "is missing: the parts do not share a prefix, so the length of an unknown tag is not known",
                    "add unknown_prefix: ASCII.LL, or unknown_tags: reject");
            return null;
        }
        return repeated(
                Composite.tagged(
                        new TagSpec(length, enc, padding, ordered(tag), Values.flag(tag, "length_first", false)),
                        parts,
                        policy,
                        unknown),
                subfields);
    }

    private static Composite berTlv(SourceNode.Branch tag, Map<String, WireField> parts, SourceNode.Branch subfields) {
        UnknownTags policy = Values.word(subfields, "unknown_tags", WireWords.UNKNOWN, UnknownTags.PRESERVE);
        TagSpec tags = ordered(tag) ? new TagSpec(0, Encoding.BER_TLV_TAG, Padding.NONE, true) : TagSpec.BER;
        return new Composite(Composite.Layout.BER_TLV, tags, null, parts, policy, Prefix.BER, false, 1);
    }

    private static boolean ordered(SourceNode.Branch tag) {
        return Values.text(tag, "sort", null) != null;
    }

    /** The prefix that all parts have, if it tells a length on its own. */
    private static Prefix commonPrefix(Map<String, WireField> parts) {
        Prefix common = null;
        for (WireField part : parts.values()) {
            boolean tells =
                    part.prefix().kind() == Prefix.Kind.DIGITS || part.prefix().kind() == Prefix.Kind.BER;
            boolean byteSized = part.type() == WireType.COMPOSITE
                    || part.enc() == Encoding.ASCII
                    || part.enc() == Encoding.EBCDIC
                    || part.enc() == Encoding.EBCDIC1047
                    || part.enc() == Encoding.BINARY;
            if (!tells || !byteSized || common != null && !common.equals(part.prefix())) {
                return null;
            }
            common = part.prefix();
        }
        return common;
    }

    private static Composite repeated(Composite composite, SourceNode.Branch subfields) {
        String repeat = Values.text(subfields, "repeat", "false");
        if (repeat.equalsIgnoreCase("false")) {
            return composite;
        }
        return composite.repeated(Values.whole(subfields, "repeat", REPEAT_DEFAULT));
    }
}
