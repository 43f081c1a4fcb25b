package io.fluxrig.cli.spec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.mask.MaskingText;
import io.fluxrig.iso.spec.Spec;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/** Makes a message of the object that {@link JsonReport} writes; fields may go by their aliases too. Single threaded. */
final class JsonMessage {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int CHARACTER_MAX = 0xff;
    private static final String HEADER = "header";
    /** {@code framing} tells how a message came, and changes nothing of it. */
    private static final Set<String> KEYS = Set.of("mti", "fields", HEADER, "framing");

    private final Spec spec;
    private final FieldNames names;
    private byte[] header = new byte[0];

    JsonMessage(Spec spec) {
        this.spec = spec;
        this.names = new FieldNames(spec);
    }

    /** The bytes ahead of the message type that the last object gave; none if it gave none. */
    byte[] header() {
        return header;
    }

    /** Fills the message; why that cannot be done, or null. */
    MessageReading.Fault read(String json, IsoMessage into) {
        into.clear();
        header = new byte[0];
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JsonProcessingException noJson) {
            // Its own words quote what stands there.
            int column = noJson.getLocation() == null ? 0 : noJson.getLocation().getColumnNr();
            return fault("message", "JSON, and each key once" + (column < 1 ? "" : "; see column " + column));
        }
        if (root == null || !root.path("fields").isObject()) {
            return fault("message", "{\"mti\": ..., \"fields\": {...}}");
        }
        for (Map.Entry<String, JsonNode> each : root.properties()) {
            if (!KEYS.contains(each.getKey())) {
                return fault("message", "mti, fields and header, and no other key");
            }
        }
        MessageReading.Fault fault = header(root.get(HEADER));
        fault = fault != null ? fault : set("mti", root.get("mti"), into);
        for (Map.Entry<String, JsonNode> field : root.get("fields").properties()) {
            fault = fault != null ? fault : set(field.getKey(), field.getValue(), into);
        }
        return fault;
    }

    private MessageReading.Fault header(JsonNode value) {
        if (value == null) {
            return null;
        }
        int bytes = spec.wire().header();
        if (bytes == 0) {
            return fault(HEADER, "none: the dialect has nothing ahead of the message type");
        }
        String hex = value.isTextual() ? value.textValue() : "";
        if (hex.length() != 2 * bytes || !hex.matches("[0-9A-Fa-f]*")) {
            return fault(HEADER, bytes + " bytes in hex, or no such key for zeros");
        }
        header = HexFormat.of().parseHex(hex);
        return null;
    }

    private MessageReading.Fault set(String name, JsonNode value, IsoMessage into) {
        if (value == null || !value.isTextual()) {
            return fault(known(name), "a value in quotes");
        }
        FieldPath path = spec.path(name);
        if (path == null) {
            return fault(known(name), "a path or an alias of the dialect");
        }
        String text = value.textValue();
        if (text.chars().anyMatch(c -> c > CHARACTER_MAX)) {
            return fault(path.toString(), "characters of ISO-8859-1");
        }
        if (names.looksMasked(path.toString(), text)) {
            return fault(path.toString(), "the value itself and not a masked one; decode with --unmasked");
        }
        MessageReading.Fault contradiction = contradiction(path, text, into);
        if (contradiction != null) {
            return contradiction;
        }
        into.setAscii(path, text);
        boolean there = into.has(path); // of the second part of a tag that has no first, the message makes the first
        return there ? null : fault(path.toString(), "to stand behind the one before it under the same tag");
    }

    /** Why a value would take the place of another one of the same object, or null. */
    private MessageReading.Fault contradiction(FieldPath path, String text, IsoMessage into) {
        if (into.has(path)) {
            return fault(path.toString(), "each value once, by path or by alias, whole or in parts");
        }
        if (!text.isEmpty() && names.hasParts(path.toString())) {
            return fault(path.toString(), "its parts, each under a path of its own, or \"\" if it has none");
        }
        String above = path.toString();
        for (int dot = above.lastIndexOf('.'); dot > 0; dot = above.lastIndexOf('.')) {
            above = above.substring(0, dot);
            FieldPath whole = FieldPath.parse(above);
            if (into.has(whole) && into.kind(whole) != IsoMessage.TREE) {
                return fault(path.toString(), above + " whole or in parts, and not both");
            }
        }
        return null;
    }

    /** What somebody took for a path, unless it may be a value. */
    private static String known(String name) {
        return name.matches("[0-9A-Za-z._-]{1,40}") && MaskingText.isClean(name) ? name : "message";
    }

    private static MessageReading.Fault fault(String path, String expected) {
        return new MessageReading.Fault(path, MessageReading.Fault.NOWHERE, expected);
    }
}
