package io.fluxrig.iso.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.fluxrig.iso.dialect.Dialect;
import io.fluxrig.iso.dialect.Dialects;
import io.fluxrig.iso.wire.WireSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A recorded jPOS dialect through the importer: from the packager file in the jPOS jar where there is one, else from a packager
 * file that says what the recorded description says.
 */
final class JposDialect {
    /** Packagers of parts that are classes inside a packager class, and what a file would name instead. */
    private static final Map<String, String> INNER = Map.of(
            "packager.EuroPackager$Euro48Packager", "packager.EuroSubFieldPackager",
            "packager.Base1Packager$F126Packager", "packager.Base1SubFieldPackager",
            "packager.Base1Packager$F127Packager", "packager.GenericSubFieldPackager",
            "packager.PostPackager$PostPrivatePackager", "packager.GenericSubFieldPackager");

    private final Dialect dialect;

    JposDialect(String name, JsonNode description) {
        byte[] file = fileOfJpos(name);
        this.dialect = Dialects.read(name + ".xml", file == null ? file(description) : file);
    }

    Dialect dialect() {
        return dialect;
    }

    WireSpec wire() {
        return dialect.load().orThrow().wire();
    }

    private static byte[] fileOfJpos(String name) {
        try (InputStream in = org.jpos.iso.ISOMsg.class.getResourceAsStream("/packager/" + name + ".xml")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] file(JsonNode description) {
        StringBuilder xml = new StringBuilder("<isopackager");
        attribute(xml, "headerLength", description.path("headerLength").asText(""));
        attribute(xml, "thirdBitmapField", description.path("thirdBitmapField").asText(""));
        xml.append(">\n");
        fields(xml, description);
        return xml.append("</isopackager>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void fields(StringBuilder xml, JsonNode packager) {
        for (Map.Entry<String, JsonNode> field : packager.properties()) {
            if (field.getKey().matches("[0-9]+")) {
                boolean parts = field.getValue().has("sub");
                JsonNode own = parts ? field.getValue().get("outer") : field.getValue();
                xml.append(parts ? "<isofieldpackager" : "<isofield");
                attribute(xml, "id", field.getKey());
                attribute(xml, "class", "org.jpos.iso." + own.get("class").asText());
                for (String key : new String[] {"length", "name", "pad", "trim"}) {
                    attribute(xml, key, own.path(key).asText(""));
                }
                if (own.path("interpreter").asText().contains("left=true")) {
                    xml.setLength(xml.lastIndexOf(" pad="));
                    attribute(xml, "pad", "true");
                    attribute(xml, "trim", own.path("trim").asText(""));
                }
                parts(xml, field.getValue().path("sub"), parts);
            }
        }
    }

    private static void parts(StringBuilder xml, JsonNode sub, boolean parts) {
        if (!parts) {
            xml.append("/>\n");
            return;
        }
        String packager = sub.get("packager").asText();
        attribute(xml, "packager", "org.jpos.iso." + INNER.getOrDefault(packager, packager));
        attribute(xml, "headerLength", sub.path("headerLength").asText(""));
        String bitmap = isBitmap(sub.path("0")) ? "0" : isBitmap(sub.path("1")) ? "1" : "";
        attribute(xml, "bitmapField", bitmap);
        if (bitmap.isEmpty()) {
            attribute(xml, "emitBitmap", "false");
            attribute(xml, "firstField", "0");
        }
        xml.append(">\n");
        fields(xml, sub);
        xml.append("</isofieldpackager>\n");
    }

    private static boolean isBitmap(JsonNode field) {
        return field.path("class").asText().contains("_BITMAP");
    }

    private static void attribute(StringBuilder xml, String key, String value) {
        if (!value.isEmpty()) {
            String escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
            xml.append(' ').append(key).append("=\"").append(escaped).append('"');
        }
    }
}
