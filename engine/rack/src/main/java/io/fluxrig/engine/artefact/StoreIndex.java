package io.fluxrig.engine.artefact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Names and tags as a file, in the order in which they were given:
 *
 * <pre>
 *   {"format": 1, "artefacts": [{"name": "acme", "tag": "v1.0.0", "hash": "ab...", "added": "2026-11-26T12:00:00Z"}]}
 * </pre>
 */
final class StoreIndex {
    private static final int FORMAT = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StoreIndex() {}

    static byte[] write(List<Artefact> artefacts) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        ArrayNode list = root.putArray("artefacts");
        for (Artefact each : artefacts) {
            list.addObject()
                    .put("name", each.name())
                    .put("tag", each.tag())
                    .put("hash", each.hash())
                    .put("added", each.added().toString());
        }
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    /** @throws IOException if this is no index, saying what it lacks */
    static List<Artefact> read(byte[] file) throws IOException {
        JsonNode root;
        try {
            root = MAPPER.readTree(file);
        } catch (JsonProcessingException noJson) {
            throw new IOException("it is no JSON: " + noJson.getOriginalMessage(), noJson);
        }
        if (root.path("format").asInt() != FORMAT || !root.path("artefacts").isArray()) {
            throw new IOException("it has no format " + FORMAT + " and artefacts");
        }
        List<Artefact> artefacts = new ArrayList<>();
        for (JsonNode each : root.get("artefacts")) {
            artefacts.add(artefact(each, artefacts.size()));
        }
        return artefacts;
    }

    private static Artefact artefact(JsonNode each, int place) throws IOException {
        String hash = each.path("hash").asText();
        String name = each.path("name").asText();
        String tag = each.path("tag").asText();
        if (!Reference.isHash(hash) || !Reference.isName(name) || !Reference.isTag(tag)) {
            throw new IOException("entry " + place + " has no name, tag and hash");
        }
        try {
            return new Artefact(
                    name, tag, hash, Instant.parse(each.path("added").asText()));
        } catch (DateTimeException noTime) {
            throw new IOException("entry " + place + " has no time", noTime);
        }
    }
}
