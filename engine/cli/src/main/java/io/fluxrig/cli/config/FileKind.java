package io.fluxrig.cli.config;

import io.fluxrig.iso.packager.Packager;
import io.fluxrig.iso.spec.SpecDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells by a file's name and its beginning what it is, whether or not anything is wrong with it. */
public final class FileKind {
    private static final Pattern TOP_KEY =
            Pattern.compile("(?m)^[\uFEFF{\\s]*\"?(spec|meta|racks|gears|wires|mix|fields)\"?\\s*:");
    /** Sections that only a mixer's file has. */
    private static final Pattern MIXER_SECTION = Pattern.compile("(?m)^\\s*\\[\\s*(mixer|api|enrollment)\\s*\\]");

    private static final int PEEK_BYTES = 64 * 1024;
    /** Longer ones are no dialects. */
    private static final int DIALECT_BYTES_MAX = 4 << 20;

    private FileKind() {}

    /** What a message calls a file of that kind. */
    public static String noun(String kind) {
        return switch (kind) {
            case "node" -> "node file";
            case "mix" -> "load mix";
            default -> kind;
        };
    }

    /** Scenario, spec, node or mix; unknown if the file cannot be told. */
    public static String of(Path file) {
        if (file.toString().endsWith(".toml")) {
            return "node";
        }
        if (!Files.isRegularFile(file)) {
            return "unknown";
        }
        Matcher key = TOP_KEY.matcher(head(file));
        if (!key.find()) {
            return isDialect(file) ? "spec" : "unknown";
        }
        return switch (key.group(1)) {
            case "spec", "fields" -> "spec";
            case "mix" -> "mix";
            default -> "scenario";
        };
    }

    /** Whether a node file is a mixer's. */
    static boolean isMixers(Path file) {
        return Files.isRegularFile(file) && MIXER_SECTION.matcher(head(file)).find();
    }

    /** Whether it is a packager, or a spec or moov file on one line. */
    private static boolean isDialect(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(DIALECT_BYTES_MAX);
            return Packager.isXml(content)
                    || SpecDocument.read(file.toString(), content, null).form() != SpecDocument.Form.OTHER;
        } catch (IOException e) {
            return false;
        }
    }

    private static String head(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(PEEK_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
