package io.fluxrig.engine.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.fluxrig.engine.config.ScalarReader.Form;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.fault.Nearest;
import io.fluxrig.engine.fault.Place;
import io.fluxrig.engine.gear.ConfigKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads a TOML file's keys with the line of each; whatever is wrong with the file becomes a fault. */
final class TomlFile {
    private static final int BYTES_MAX = 1 << 20;

    private final Path file;
    private final Faults faults;

    TomlFile(Path file, Faults faults) {
        this.file = file;
        this.faults = faults;
    }

    /** Takes one key. */
    interface KeyTaker {
        void take(String name, String text, Form form, Place place);
    }

    void read(KeyTaker taker) {
        String text = text();
        if (text == null) {
            return;
        }
        try {
            JsonNode root = new TomlMapper().readTree(text);
            TomlLines lines = new TomlLines(text);
            for (Map.Entry<String, JsonNode> section : root.properties()) {
                section(section.getKey(), section.getValue(), lines, taker);
            }
        } catch (JsonProcessingException broken) {
            JsonLocation at = broken.getLocation();
            Place place = at == null
                    ? Place.ofFile(file.toString())
                    : new Place(file.toString(), at.getLineNr(), Math.max(0, at.getColumnNr()));
            faults.error(place, "", "no TOML: " + firstLine(broken.getOriginalMessage()), "mend this line");
        } catch (StackOverflowError broken) {
            faults.error(Place.ofFile(file.toString()), "", "no TOML: nested too deeply", "flatten it");
        }
    }

    private String text() {
        Place place = Place.ofFile(file.toString());
        try {
            if (Files.size(file) > BYTES_MAX) {
                faults.error(place, "", "is larger than " + BYTES_MAX + " bytes", "check that it is the node file");
                return null;
            }
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            faults.error(place, "", "no such file", "check the path, or leave it out to run on defaults");
        } catch (IOException broken) {
            faults.error(
                    place,
                    "",
                    "cannot be read: " + FileReason.of(broken),
                    FileReason.readFix(broken) + "; it must be UTF-8");
        }
        return null;
    }

    private void section(String name, JsonNode node, TomlLines lines, KeyTaker taker) {
        List<String> known = NodeKeys.SECTIONS.stream().map(ConfigKey::name).toList();
        Place place = new Place(file.toString(), lines.ofSection(name), 1);
        if (!known.contains(name)) {
            faults.error(place, name, node.isObject() ? "unknown section" : "unknown key", Nearest.fix(name, known));
            return;
        }
        if (!node.isObject()) {
            faults.error(place, name, "is a section, not a value", "write [" + name + "] and its keys below");
            return;
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            key(name + "." + entry.getKey(), entry.getValue(), lines.ofKey(name, entry.getKey()), taker);
        }
    }

    private void key(String name, JsonNode node, int line, KeyTaker taker) {
        Place place = new Place(file.toString(), line, 1);
        if (node.isValueNode()) {
            taker.take(name, node.asText(), node.isTextual() ? Form.QUOTED : Form.PLAIN, place);
        } else if (NodeKeys.find(name) == null) {
            faults.error(place, name, "unknown key", Nearest.fix(name, NodeKeys.names()));
        } else {
            faults.error(place, name, "a single value is needed", "write " + name + " = value");
        }
    }

    private static String firstLine(String text) {
        return text == null ? "cannot be read" : text.lines().findFirst().orElse("cannot be read");
    }
}
