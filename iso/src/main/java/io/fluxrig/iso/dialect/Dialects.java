package io.fluxrig.iso.dialect;

import io.fluxrig.iso.packager.Packager;
import io.fluxrig.iso.spec.SpecDocument;
import io.fluxrig.iso.spec.SpecFault;
import io.fluxrig.iso.spec.SpecLoad;
import io.fluxrig.iso.spec.SpecLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a description of a dialect, of any {@link DialectKind}. Stateless; start-up and tools only.
 *
 * <p>Bounded: files above 4 MiB are refused, and whatever stands in one costs time and memory in proportion to its size.
 */
public final class Dialects {
    private static final int BYTES_MAX = 4 << 20;

    private Dialects() {}

    /** Reads a file. One that cannot be read is a fault in {@link Dialect#load} like any other. */
    public static Dialect read(Path file) {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(BYTES_MAX + 1);
        } catch (IOException unreadable) {
            return failed(DialectKind.FLUXRIG_YAML, SpecLoader.load(file).faults());
        }
        return read(file.toString(), content, file.toAbsolutePath().getParent());
    }

    /**
     * Reads from memory; a spec that names files beside it does not load.
     *
     * @param name what faults call it, and where the spec's id comes from if the description has none
     */
    public static Dialect read(String name, byte[] content) {
        return read(name, content, null);
    }

    private static Dialect read(String name, byte[] content, Path beside) {
        if (Packager.isXml(content)) {
            return new PackagerDialect(name).read(content);
        }
        SpecDocument document = SpecDocument.read(name, content, beside);
        return document.form() == SpecDocument.Form.MOOV
                ? new MoovDialect(name).read(document)
                : ours(name, content, beside, document);
    }

    private static Dialect ours(String name, byte[] content, Path beside, SpecDocument document) {
        SpecLoad load = beside == null ? SpecLoader.load(name, content) : SpecLoader.load(Path.of(name));
        if (!document.merged()) {
            return new Dialect(DialectKind.FLUXRIG_YAML, new String(content, StandardCharsets.UTF_8), List.of(), load);
        }
        List<ImportNote> notes = List.of(new ImportNote(
                ImportNote.Severity.CHANGED,
                "spec.wire.source",
                1,
                "the wire layer builds on another file",
                "that file is merged in, and comments are not kept"));
        return new Dialect(DialectKind.FLUXRIG_YAML, YamlText.of(document.words()), notes, load);
    }

    static Dialect failed(DialectKind kind, List<SpecFault> faults) {
        return new Dialect(kind, "", List.of(), new SpecLoad(null, faults));
    }
}
