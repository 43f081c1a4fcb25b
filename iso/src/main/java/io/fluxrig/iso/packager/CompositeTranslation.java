package io.fluxrig.iso.packager;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Says a field of parts in words of the wire layer: by position, behind a bitmap of their own, behind tags, or as BER-TLV, as
 * the class in its {@code packager} attribute takes it apart. Where that cannot be said, the field stays whole.
 */
final class CompositeTranslation {
    private static final String WHOLE = "the field is kept whole, its parts are not taken apart";

    private final FieldTranslation fields;
    private final Findings findings;

    CompositeTranslation(FieldTranslation fields, Findings findings) {
        this.fields = fields;
        this.findings = findings;
    }

    /** The field, or null with the reason among the findings. */
    WireNode field(PackagerElement element, String path) {
        String name = FieldTranslation.className(element);
        FieldClass outer = fields.known(element, name, path);
        int length = fields.length(element, path);
        if (outer == null || length < 0) {
            return null;
        }
        WireNode subfields = outer.isBody() ? subfields(element, path) : notABody(element, name, path);
        if (subfields == null) {
            return whole(element, path);
        }
        WireNode node = composite(element.line(), length, outer.prefix(), subfields);
        if (outer.isFixed() && !outer.fill().isEmpty()) {
            node.with("padding", FieldTranslation.padding(element.line(), outer.fill()));
        }
        return FieldTranslation.named(node, element);
    }

    private static WireNode composite(int line, int length, String prefix, WireNode subfields) {
        WireNode node = new WireNode(line).with("type", "Composite").with("length", Integer.toString(length));
        return node.with("prefix", prefix).with("subfields", subfields);
    }

    private WireNode notABody(PackagerElement element, String name, String path) {
        findings.lost(path, element.line(), "parts inside " + name + ", which rewrites their bytes", WHOLE);
        return null;
    }

    /** The field as if it had no parts. */
    private WireNode whole(PackagerElement element, String path) {
        PackagerElement bare =
                new PackagerElement(PackagerElement.FIELD, element.line(), element.attributes(), List.of());
        return fields.field(bare, path);
    }

    /** The parts, or null with the reason among the findings. */
    private WireNode subfields(PackagerElement element, String path) {
        String packager =
                PackagerElement.shortName(element.attribute("packager", "").trim());
        Map<Integer, PackagerElement> parts = Packager.numbered(element, path, findings);
        return switch (packager) {
            case "packager.GenericSubFieldPackager", "packager.GenericPackager", "packager.GenericValidatingPackager" ->
                generic(element, parts, path, packager);
            case "packager.Base1SubFieldPackager" ->
                parts.containsKey(0) && Bitmaps.isBitmap(parts.get(0))
                        ? bitmapped(element, parts, path, Bitmaps.ofParts(parts.get(0), 0), 1)
                        : positional(element, parts, path, 0);
            case "packager.CTCSubFieldPackager" -> positional(element, parts, path, 0);
            case "packager.CTCSubElementPackager" -> elements(element, parts, path);
            case "packager.EuroSubFieldPackager",
                    "packager.MasterCardEBCDICSubFieldPackager",
                    "packager.GICCSubFieldPackager",
                    "packager.GenericTaggedFieldsPackager" -> tagged(element, parts, path);
            case "tlv.packager.bertlv.BERTLVBinaryPackager", "tlv.packager.bertlv.DefaultICCBERTLVPackager" ->
                berTlv(element, path);
            case "tlv.packager.bertlv.BERTLVAsciiHexPackager", "tlv.packager.bertlv.BERTLVEbcdicHexPackager" -> {
                findings.lost(path, element.line(), "BER-TLV written as hex text", WHOLE);
                yield null;
            }
            default -> unknown(element, packager, path);
        };
    }

    private WireNode unknown(PackagerElement element, String packager, String path) {
        findings.fault(
                path,
                element.line(),
                "a packager of parts that is not known: " + (packager.isEmpty() ? "none" : packager),
                "describe the field in a spec with source: jpos: and this file, under wire.fields");
        return null;
    }

    private WireNode generic(
            PackagerElement element, Map<Integer, PackagerElement> parts, String path, String packager) {
        int bitmapField = element.number("bitmapField", 1);
        PackagerElement bitmap = parts.get(bitmapField);
        boolean emits = element.flag("emitBitmap", true);
        if (!emits
                && parts.values().stream().anyMatch(part -> TaggedClass.of(FieldTranslation.className(part)) != null)) {
            return tagged(element, parts, path);
        }
        if (emits && (bitmap == null || !Bitmaps.isBitmap(bitmap))) {
            findings.changed(
                    path,
                    element.line(),
                    "a bitmap of parts, but part " + bitmapField + " is none: jPOS cannot use the field",
                    WHOLE);
            return null;
        }
        int first = element.number("firstField", first(parts));
        if (!emits) {
            return positional(element, parts, path, first);
        }
        WireNode subfields = bitmapped(element, parts, path, Bitmaps.ofParts(bitmap, bitmapField), first);
        return packager.equals("packager.GenericSubFieldPackager")
                ? subfields
                : led(subfields, element, parts, path, first);
    }

    /** The first part that jPOS takes where the file does not say. */
    private static int first(Map<Integer, PackagerElement> parts) {
        PackagerElement zero = parts.get(0);
        boolean single = parts.keySet().stream().noneMatch(number -> number > 0);
        if (single || zero != null && zero.name().equals(PackagerElement.FIELD_PACKAGER)) {
            return 0;
        }
        return parts.containsKey(1) && Bitmaps.isBitmap(parts.get(1)) ? 2 : 1;
    }

    /** What a packager of whole messages has ahead of the bitmap: its header, and part 0 in the place of the MTI. */
    private WireNode led(
            WireNode subfields, PackagerElement element, Map<Integer, PackagerElement> parts, String path, int first) {
        List<WireNode> lead = new ArrayList<>();
        int header = element.number("headerLength", 0);
        if (header > 0) {
            WireNode node = new WireNode(element.line()).with("tag", "h").with("type", "Binary");
            lead.add(node.with("length", Integer.toString(header))
                    .with("enc", "Binary")
                    .with("prefix", "Binary.Fixed"));
        }
        PackagerElement zero = parts.get(0);
        if (first > 0 && zero != null && !Bitmaps.isBitmap(zero)) {
            part(zero, 0, path, false, lead);
        }
        return lead.isEmpty() ? subfields : subfields.with("lead", lead);
    }

    private WireNode positional(PackagerElement element, Map<Integer, PackagerElement> parts, String path, int first) {
        List<WireNode> nodes = new ArrayList<>();
        int last = parts.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (Map.Entry<Integer, PackagerElement> each : parts.entrySet()) {
            if (each.getKey() < first) {
                String at = path + "." + each.getKey();
                findings.aside(at, each.getValue().line(), "parts begin with " + first, "left out, as by jPOS");
            } else if (!part(each.getValue(), each.getKey(), path, each.getKey() == last, nodes)) {
                return null;
            }
        }
        return layout(element, "position").with("parts", nodes);
    }

    private WireNode bitmapped(
            PackagerElement element, Map<Integer, PackagerElement> parts, String path, Bitmaps bitmap, int first) {
        List<WireNode> nodes = new ArrayList<>();
        for (Map.Entry<Integer, PackagerElement> each : parts.entrySet()) {
            int number = each.getKey();
            boolean extension = number == 1 && bitmap.bytes() > 8;
            if (number < first || number == bitmap.field()) {
                continue;
            }
            if (number > bitmap.last() || extension) {
                String at = path + "." + number;
                findings.aside(at, each.getValue().line(), "no bit of the bitmap tells of the part", "left out");
            } else if (!part(each.getValue(), number, path, false, nodes)) {
                return null;
            }
        }
        return layout(element, "bitmap").with("bitmap", bitmap.node()).with("parts", nodes);
    }

    /** Adds a part; false if it cannot be said, so that nothing behind it can be found. */
    private boolean part(PackagerElement part, int number, String path, boolean last, List<WireNode> into) {
        if (FieldTranslation.className(part).equals("IF_UNUSED")) {
            return true;
        }
        WireNode node = fields.field(part, path + "." + number, last);
        if (node == null) {
            return false;
        }
        into.add(keyed(node, Integer.toString(number)));
        return true;
    }

    private static WireNode keyed(WireNode node, String key) {
        WireNode keyed = new WireNode(node.line()).with("tag", key);
        keyed.entries().putAll(node.entries());
        return keyed;
    }

    private static WireNode layout(PackagerElement element, String word) {
        return new WireNode(element.line()).with("layout", word);
    }

    private WireNode berTlv(PackagerElement element, String path) {
        findings.changed(
                path,
                element.line(),
                "jPOS numbers the tags of BER-TLV in the order they come",
                "parts are called by their tags: " + path + ".9F02");
        return layout(element, "tlv").with("unknown_tags", "preserve");
    }

    /** Parts that write their own tag, all alike, perhaps behind a part 0 without one. */
    private WireNode tagged(PackagerElement element, Map<Integer, PackagerElement> parts, String path) {
        List<WireNode> lead = new ArrayList<>();
        List<WireNode> nodes = new ArrayList<>();
        TaggedClass common = null;
        for (Map.Entry<Integer, PackagerElement> each : parts.entrySet()) {
            PackagerElement part = each.getValue();
            String name = FieldTranslation.className(part);
            TaggedClass tagged = TaggedClass.of(name);
            if (tagged == null && each.getKey() == 0) {
                if (!lead(element, part, path, lead)) {
                    return null;
                }
            } else if (tagged == null || common != null && !common.goesWith(tagged) || isCalledOtherwise(element)) {
                findings.lost(path, part.line(), "part " + each.getKey() + " has another kind of tag: " + name, WHOLE);
                return null;
            } else {
                common = tagged;
                nodes.add(taggedPart(part, each.getKey(), tagged));
            }
        }
        if (common == null) {
            findings.lost(path, element.line(), "tagged parts, but none is there", WHOLE);
            return null;
        }
        WireNode subfields = layout(element, "tag").with("tag", tag(element, common, common.tagLength()));
        if (common.lengthFirst()) {
            subfields.with("unknown_prefix", common.prefix());
        }
        subfields.with("unknown_tags", "reject");
        if (!lead.isEmpty()) {
            subfields.with("lead", lead);
            if (isOptional(element, parts.get(0))) {
                subfields.with("lead_optional", "true");
            }
        }
        return subfields.with("parts", nodes);
    }

    /** Part 0 ahead of the tags. */
    private boolean lead(PackagerElement element, PackagerElement part, String path, List<WireNode> lead) {
        boolean optional = isOptional(element, part);
        WireNode node = isTcc(part) ? tcc(part) : fields.field(part, path + ".0", false);
        if (node == null || optional && !"String".equals(node.text("type"))) {
            findings.lost(path, part.line(), "part 0, which is there only at times, is no text", WHOLE);
            return false;
        }
        if (optional) {
            node.with("chars", isTcc(part) ? "a" : "as");
        }
        lead.add(keyed(node, "0"));
        return true;
    }

    /** Whether jPOS tells from the first character if part 0 is there: a letter, or a space, where a tag has digits. */
    private static boolean isOptional(PackagerElement element, PackagerElement part) {
        return isTcc(part) || element.attribute("packager", "").endsWith("GICCSubFieldPackager");
    }

    private static boolean isTcc(PackagerElement part) {
        return FieldTranslation.className(part).endsWith("MC_TCC");
    }

    /** Mastercard's transaction category code, in ASCII or EBCDIC. */
    private static WireNode tcc(PackagerElement part) {
        boolean ebcdic = FieldTranslation.className(part).equals("IFEMC_TCC");
        WireNode node = new WireNode(part.line()).with("type", "String");
        node.with("length", Integer.toString(part.number("length", 1)));
        node.with("enc", ebcdic ? "EBCDIC1047" : "ASCII").with("prefix", ebcdic ? "EBCDIC1047.Fixed" : "ASCII.Fixed");
        return FieldTranslation.named(node, part);
    }

    /** Whether tags are not the numbers of the parts: a mapper of one's own says what they are. */
    private static boolean isCalledOtherwise(PackagerElement element) {
        String mapper = element.attribute("tagMapper", "org.jpos.iso.packager.DecimalTagMapper");
        return !mapper.matches("org\\.jpos\\.iso\\.packager\\.T{0,3}DecimalTagMapper");
    }

    private static WireNode taggedPart(PackagerElement part, int number, TaggedClass tagged) {
        boolean first = tagged.lengthFirst();
        int length = first ? tagged.lengthMax() : part.number("length", 0);
        WireNode node =
                new WireNode(part.line()).with("tag", Integer.toString(number)).with("type", tagged.type());
        node.with("length", Integer.toString(length)).with("enc", tagged.enc());
        return FieldTranslation.named(node.with("prefix", first ? "None" : tagged.prefix()), part);
    }

    private static WireNode tag(PackagerElement element, TaggedClass tagged, int length) {
        WireNode tag = new WireNode(element.line()).with("length", Integer.toString(length));
        tag.with("enc", tagged.tagEnc()).with("padding", FieldTranslation.padding(element.line(), "Left0"));
        tag.with("sort", "StringsByInt");
        return tagged.lengthFirst() ? tag.with("length_first", "true") : tag;
    }

    /** Parts of parts, each behind a tag of two digits. */
    private WireNode elements(PackagerElement element, Map<Integer, PackagerElement> parts, String path) {
        List<WireNode> nodes = new ArrayList<>();
        for (Map.Entry<Integer, PackagerElement> each : parts.entrySet()) {
            if (!part(each.getValue(), each.getKey(), path, false, nodes)) {
                return null;
            }
        }
        WireNode tag = new WireNode(element.line()).with("length", "2").with("enc", "ASCII");
        tag.with("padding", FieldTranslation.padding(element.line(), "Left0")).with("sort", "StringsByInt");
        return layout(element, "tag")
                .with("tag", tag)
                .with("unknown_tags", "reject")
                .with("parts", nodes);
    }
}
