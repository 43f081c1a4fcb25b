package io.fluxrig.iso.spec;

import io.fluxrig.iso.rule.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds what {@code wire.source} names and lays the spec's own wire layer over it. Files that are merged in count for the
 * spec's hash, behind the spec itself.
 */
final class WireSource {
    private static final int CHAIN_MAX = 8;
    private static final String JPOS = "jpos:";

    /** Name to resource. */
    private static final Map<String, String> BASES = new LinkedHashMap<>();

    static {
        BASES.put("moov:spec87ascii", "v87-ascii");
        BASES.put("moov:spec87hex", "v87-hex");
        BASES.put("fluxrig:v87-ascii", "v87-ascii");
        BASES.put("fluxrig:v87-binary", "v87-binary");
        BASES.put("fluxrig:v87-ebcdic", "v87-ebcdic");
        BASES.put("fluxrig:v93-ascii", "v93-ascii");
        BASES.put("fluxrig:v93-binary", "v93-binary");
    }

    private final FaultList faults;
    private final Function<String, Path> beside;
    private final MessageDigest digest;
    /** What was merged in from files, in the order in which they were read. */
    private final List<SpecSource> files = new ArrayList<>();

    WireSource(FaultList faults, Function<String, Path> beside, MessageDigest digest) {
        this.faults = faults;
        this.beside = beside;
        this.digest = digest;
    }

    /** The files that were read. */
    List<SpecSource> files() {
        return List.copyOf(files);
    }

    static List<String> bases() {
        return List.copyOf(BASES.keySet());
    }

    /** The bytes of a built-in base. */
    static byte[] base(String name) {
        String resource = BASES.get(name);
        if (resource == null) {
            throw new IllegalArgumentException("no base " + name + ", there are " + BASES.keySet());
        }
        try (InputStream in = WireSource.class.getResourceAsStream("base/" + resource + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("base " + resource + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The wire layer with its sources beneath it, or null with faults in the list. */
    SourceNode.Branch merge(SourceNode.Branch wire, String path) {
        return merge(wire, path, beside, 0);
    }

    private SourceNode.Branch merge(SourceNode.Branch wire, String path, Function<String, Path> directory, int depth) {
        SourceNode.Leaf source = Values.leaf(wire, "source");
        if (source == null) {
            return wire;
        }
        String name = source.text();
        if (depth >= CHAIN_MAX) {
            return fault(source, path, "more than " + CHAIN_MAX + " sources on top of each other", "break the circle");
        }
        if (BASES.containsKey(name)) {
            SourceNode base = SourceReader.read(name, base(name), faults);
            return base instanceof SourceNode.Branch below ? below.mergedWith(wire) : null;
        }
        if (name.startsWith(JPOS)) {
            return mergePackager(wire, source, path, directory);
        }
        if (!name.endsWith(".json") && !name.endsWith(".yaml") && !name.endsWith(".yml")) {
            String nearest = Spelling.nearest(name, BASES.keySet());
            return fault(
                    source,
                    path,
                    "no base and no file: " + name,
                    nearest == null
                            ? "use one of " + String.join(", ", BASES.keySet())
                            : "did you mean " + nearest + "?");
        }
        return mergeFile(wire, source, path, directory, depth);
    }

    private SourceNode.Branch mergeFile(
            SourceNode.Branch wire, SourceNode.Leaf source, String path, Function<String, Path> directory, int depth) {
        Path file = file(source, source.text(), path, directory);
        byte[] bytes = file == null ? null : bytes(file, source, path);
        if (bytes == null
                || !(SourceReader.read(file.toString(), bytes, faults) instanceof SourceNode.Branch document)) {
            return null;
        }
        SourceNode.Branch below = Values.branch(Values.branch(document, "spec"), "wire");
        below = below == null ? document : below;
        new ManifestCheck(faults).check(below, SpecManifest.wire(), "");
        Path parent = file.toAbsolutePath().getParent();
        SourceNode.Branch merged = merge(below, "source", parent::resolve, depth + 1);
        return merged == null ? null : merged.mergedWith(wire);
    }

    private SourceNode.Branch mergePackager(
            SourceNode.Branch wire, SourceNode.Leaf source, String path, Function<String, Path> directory) {
        Path file = file(source, fileName(source.text()), path, directory);
        byte[] bytes = file == null ? null : bytes(file, source, path);
        if (bytes == null) {
            return null;
        }
        SourceNode.Branch below =
                new PackagerSource(file.toString(), faults).read(bytes, Values.branch(wire, "fields"));
        return below == null ? null : below.mergedWith(wire);
    }

    private static String fileName(String source) {
        return source.startsWith(JPOS) ? source.substring(JPOS.length()) : source;
    }

    private Path file(SourceNode.Leaf source, String name, String path, Function<String, Path> directory) {
        try {
            Path file = directory.apply(name);
            if (file == null) {
                fault(source, path, "this spec has no files beside it", "use a built-in base");
            }
            return file;
        } catch (InvalidPathException noPath) {
            fault(source, path, "no file can be called that: " + noPath.getReason(), "name a file");
            return null;
        }
    }

    private byte[] bytes(Path file, SourceNode.Leaf source, String path) {
        try {
            byte[] bytes = SpecSource.read(file);
            files.add(SpecSource.of(file, Path.of(fileName(source.text())).isAbsolute(), bytes));
            digest.update(bytes);
            return bytes;
        } catch (IOException unreadable) {
            fault(source, path, "cannot read " + file, "check path and permissions");
            return null;
        }
    }

    private SourceNode.Branch fault(SourceNode.Leaf source, String path, String message, String fix) {
        faults.error(source.place(), path, message, fix);
        return null;
    }
}
