package io.fluxrig.iso.spec;

import io.fluxrig.iso.packager.Packager;
import io.fluxrig.iso.packager.WireNode;
import io.fluxrig.iso.rule.Spelling;
import io.fluxrig.iso.wire.WireSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Loads specs: a spec YAML file, or a moov-io/iso8583 JSON or YAML file or a jPOS packager XML file as it is.
 *
 * <p>All faults of a file are found in one go, each with line, column, path and what to do. A spec with an error does not
 * load. {@code wire.source} names a built-in base ({@link #bases}) or a file beside the spec; what the spec's own
 * {@code wire} says is merged over it, maps into maps, and {@code null} removes a field.
 *
 * <p>Start-up and tools only. Stateless.
 */
public final class SpecLoader {
    private static final String MOOV_VERSION = "0.0.0";

    private SpecLoader() {}

    /** The built-in bases, as {@code wire.source} names them. */
    public static List<String> bases() {
        return WireSource.bases();
    }

    /** Loads a file. A file that cannot be read is a fault like any other. */
    public static SpecLoad load(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        FaultList faults = new FaultList();
        byte[] source = readFile(file, faults);
        return source == null
                ? new SpecLoad(null, faults.sorted())
                : load(file.toString(), SpecSource.of(file, source), source, directory::resolve, faults);
    }

    /**
     * Loads from a stream, which is read to its end and left open. Such a spec can have a built-in base but no files
     * beside it.
     *
     * @throws IOException if the stream cannot be read
     */
    public static SpecLoad load(String name, InputStream source) throws IOException {
        return load(name, source.readNBytes(SourceReader.BYTES_MAX + 1));
    }

    /** Loads from memory; as {@link #load(String, InputStream)}. */
    public static SpecLoad load(String name, byte[] source) {
        return load(name, SpecSource.of(null, source), source, file -> null, new FaultList());
    }

    private static byte[] readFile(Path file, FaultList faults) {
        try {
            return SpecSource.read(file);
        } catch (IOException unreadable) {
            boolean there = Files.exists(file);
            faults.error(
                    new SourceNode.Place(file.toString(), 1, 1),
                    "",
                    there ? "cannot be read" : "no such file",
                    there ? "name a file, and check its permissions" : "check the path");
            return null;
        }
    }

    private static SpecLoad load(
            String file, SpecSource from, byte[] source, Function<String, Path> beside, FaultList faults) {
        MessageDigest digest = SpecSource.digest();
        digest.update(source);
        WireSource sources = new WireSource(faults, beside, digest);
        Spec spec = load(file, source, sources, digest, faults);
        List<SpecSource> all = new ArrayList<>(sources.files());
        all.add(0, from);
        return new SpecLoad(faults.hasErrors() ? null : spec, faults.sorted(), all);
    }

    /** Null, or of no use, where there is an error among the faults. */
    private static Spec load(String file, byte[] source, WireSource sources, MessageDigest digest, FaultList faults) {
        if (Packager.isXml(source)) {
            SourceNode.Branch wire = new PackagerSource(file, faults).read(source, null);
            return wire == null ? null : loadWire(wire, nameOf(file), sources, digest, faults);
        }
        SourceNode root = SourceReader.read(file, source, faults);
        if (root instanceof SourceNode.Branch document) {
            if (document.get("spec") != null) {
                return loadSpec(document, sources, digest, faults);
            }
            if (document.get("fields") != null) {
                return loadWire(document, "moov", sources, digest, faults);
            }
            noSpec(document, faults);
        } else if (root != null) {
            faults.error(root.place(), "", "expected keys and values", "begin with spec:");
        }
        return null;
    }

    /** One fault for a file of something else, and not one for each of its keys. */
    private static void noSpec(SourceNode.Branch document, FaultList faults) {
        for (Map.Entry<String, SourceNode.Entry> each : document.entries().entrySet()) {
            String nearest = Spelling.nearest(each.getKey(), List.of("spec", "fields"));
            if (nearest != null) {
                faults.error(each.getValue().place(), each.getKey(), "unknown key", "did you mean " + nearest + "?");
                return;
            }
        }
        faults.error(
                document.place(),
                "",
                "describes no dialect: neither spec: nor fields: is in it",
                "name a spec (spec:), a moov spec (fields:) or a jPOS packager (<isopackager>)");
    }

    private static Spec loadSpec(
            SourceNode.Branch document, WireSource sources, MessageDigest digest, FaultList faults) {
        new ManifestCheck(faults).check(document, SpecManifest.document(), "");
        if (!(document.get("spec") instanceof SourceNode.Branch node)) {
            return null;
        }
        String id = Values.text(node, "id", "");
        SourceNode.Branch wireNode = Values.branch(node, "wire");
        SourceNode.Branch words = wireNode == null ? null : sources.merge(wireNode, "spec.wire.source");
        WireSpec wire = words == null ? null : new WireReader(faults).read(words, "spec.wire", id);
        MeaningReader meanings = new MeaningReader(faults, wire);
        meanings.readEnums(node);
        meanings.readFields(node);
        meanings.keep(WireExtensions.ofFields(words));
        SpecResolver resolver = new SpecResolver(faults);
        Map<Integer, MessageType> catalog = resolver.catalog(node);
        List<Check> checks = resolver.checks(node);
        if (wire == null) {
            resolver.resolve(meanings, catalog.keySet(), node);
            return null;
        }
        Spec spec = new Spec(
                id,
                Values.text(node, "version", ""),
                Values.text(node, "name", id),
                HexFormat.of().formatHex(digest.digest()),
                wire,
                meanings.meanings(),
                meanings.aliases(),
                catalog,
                meanings.enums(),
                checks,
                extensions(words, node));
        resolver.resolve(spec, catalog.keySet(), node);
        return spec;
    }

    /** The file's name without folders and ending. */
    private static String nameOf(String file) {
        String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        String base = name.replaceFirst("\\.[A-Za-z]+$", "");
        return base.isEmpty() ? "packager" : base;
    }

    /** Adds what is wrong with a wire layer that stands alone, at its own places. */
    static void checkWire(SourceNode.Branch wire, FaultList faults) {
        MessageDigest digest = SpecSource.digest();
        loadWire(wire, "moov", new WireSource(faults, file -> null, digest), digest, faults);
    }

    /** What is wrong with a wire layer that was read from a packager file, at the places of that file. */
    public static List<SpecFault> faults(String file, WireNode wire) {
        FaultList faults = new FaultList();
        checkWire(new PackagerSource(file, faults).branch(wire), faults);
        return faults.sorted();
    }

    /** A wire layer on its own, as a moov file is one. */
    private static Spec loadWire(
            SourceNode.Branch document,
            String defaultName,
            WireSource sources,
            MessageDigest digest,
            FaultList faults) {
        new ManifestCheck(faults).check(document, SpecManifest.wire(), "");
        String name = Values.text(document, "name", defaultName);
        SourceNode.Branch words = sources.merge(document, "source");
        WireSpec wire = words == null ? null : new WireReader(faults).read(words, "", name);
        if (wire == null) {
            return null;
        }
        MeaningReader meanings = new MeaningReader(faults, wire);
        meanings.keep(WireExtensions.ofFields(words));
        String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
        return new Spec(
                id,
                MOOV_VERSION,
                name,
                HexFormat.of().formatHex(digest.digest()),
                wire,
                meanings.meanings(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Values.extensions(words));
    }

    /** A spec's own blocks, and those at the top of the file that its wire layer comes from. */
    private static Map<String, Object> extensions(SourceNode.Branch words, SourceNode.Branch spec) {
        Map<String, Object> kept = words == null ? new LinkedHashMap<>() : Values.extensions(words);
        kept.putAll(Values.extensions(spec));
        return kept;
    }

    /** The text of a built-in base, for {@code spec export} and skeletons. */
    public static String baseText(String name) {
        return new String(WireSource.base(name), StandardCharsets.UTF_8);
    }
}
