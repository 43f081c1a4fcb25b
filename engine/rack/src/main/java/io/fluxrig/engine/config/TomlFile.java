package io.fluxrig.engine.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import io.fluxrig.engine.config.ScalarReader.Form;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.fault.Nearest;
import io.fluxrig.engine.fault.Place;
import io.fluxrig.engine.gear.ConfigKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads a TOML file's keys with the line of each; whatever is wrong with the file becomes a fault. */
final class TomlFile {
    private static final int BYTES_MAX = 1 << 20;
    /** What some editors begin a file with; it says nothing in UTF-8. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final NodeFileKeys keys;
    private final Faults faults;

    TomlFile(Path file, NodeFileKeys keys, Faults faults) {
        this.file = file;
        this.keys = keys;
        this.faults = faults;
    }

    /** Takes one key of a known section. */
    interface KeyTaker {

        /**
         * @param name section and key, such as {@code rack.strips}; not checked
         * @param place of the key, for what the taker finds wrong with it
         */
        void take(String name, String text, Form form, Place place);
    }

    /** Hands on every key that can be read; throws nothing, whatever is in the file. */
    void read(KeyTaker taker) {
        String text = text();
        if (text == null || isBeyondLimits(text)) {
            return;
        }
        // Tokens, and no tree of a mapper's: setting up that mapper takes longer than all else that is done with the
        // file.
        try (JsonParser tokens = new TomlFactory().createParser(text)) {
            TomlLines lines = new TomlLines(text);
            tokens.nextToken();
            while (tokens.nextToken() == JsonToken.FIELD_NAME) {
                String name = tokens.currentName();
                tokens.nextToken();
                section(name, tokens, lines, taker);
            }
        } catch (JsonProcessingException broken) {
            JsonLocation at = broken.getLocation();
            Place place = at == null
                    ? Place.ofFile(file.toString())
                    : new Place(file.toString(), at.getLineNr(), Math.max(0, at.getColumnNr()));
            faults.error(
                    place,
                    "",
                    "no TOML: " + firstLine(broken.getOriginalMessage()),
                    "mend this line; what stands below it was not checked");
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", impossible);
        } catch (StackOverflowError broken) {
            faults.error(Place.ofFile(file.toString()), "", "no TOML: nested too deeply", "flatten it");
        }
    }

    private boolean isBeyondLimits(String text) {
        int line = TomlKeys.lineBeyond(text);
        if (line > 0) {
            faults.error(
                    new Place(file.toString(), line, 1),
                    "",
                    "a key of more than " + TomlKeys.PARTS_MAX + " parts or " + TomlKeys.LENGTH_MAX + " characters",
                    "write [section] and key = value");
        }
        return line > 0;
    }

    /** Null, and a fault, if there is none. */
    private String text() {
        Place place = Place.ofFile(file.toString());
        try {
            if (Files.size(file) > BYTES_MAX) {
                faults.error(place, "", "is larger than " + BYTES_MAX + " bytes", "check that it is the node file");
                return null;
            }
            String text = Files.readString(file);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
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

    private void section(String name, JsonParser tokens, TomlLines lines, KeyTaker taker) throws IOException {
        List<String> known = keys.sections().stream().map(ConfigKey::name).toList();
        Place place = new Place(file.toString(), lines.ofSection(name), 1);
        boolean isSection = tokens.currentToken() == JsonToken.START_OBJECT;
        if (!known.contains(name)) {
            faults.error(place, name, isSection ? "unknown section" : "unknown key", Nearest.fix(name, known));
        } else if (!isSection) {
            faults.error(place, name, "is a section, not a value", "write [" + name + "] and its keys below");
        } else {
            while (tokens.nextToken() == JsonToken.FIELD_NAME) {
                String key = tokens.currentName();
                tokens.nextToken();
                key(name + "." + key, tokens, lines.ofKey(name, key), taker);
            }
            return;
        }
        tokens.skipChildren();
    }

    private void key(String name, JsonParser tokens, int line, KeyTaker taker) throws IOException {
        Place place = new Place(file.toString(), line, 1);
        JsonToken value = tokens.currentToken();
        if (value.isScalarValue()) {
            taker.take(name, tokens.getText(), value == JsonToken.VALUE_STRING ? Form.QUOTED : Form.VALUE, place);
            return;
        }
        if (keys.find(name) == null) {
            faults.error(place, name, "unknown key", Nearest.fix(name, keys.names()));
        } else {
            faults.error(place, name, "a single value is needed", "write " + name + " = value");
        }
        tokens.skipChildren();
    }

    private static String firstLine(String text) {
        return text == null ? "cannot be read" : text.lines().findFirst().orElse("cannot be read");
    }
}
