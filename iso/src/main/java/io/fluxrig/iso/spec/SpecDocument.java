package io.fluxrig.iso.spec;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A spec file or a moov file as its plain words: what is written out again, shown or compared. Whether it loads is
 * {@link SpecLoader}'s to say.
 *
 * @param form what kind of file it is
 * @param words keys to texts, maps and lists of such, in the order of the file; of a spec, the wire layer with the files that
 *     it names merged in. Empty if the file cannot be taken apart
 * @param merged whether a file was merged in, so that the words are not those of the file alone
 * @param unread the words of a moov file that are not read here; they are not among {@code words}
 * @param lines where the fields and parts of a moov file stand, from 1, by paths such as {@code fields.48.subfields.2}
 * @param faults why the file cannot be taken apart; of a moov file also what is wrong with the words that are read
 */
public record SpecDocument(
        Form form,
        Map<String, Object> words,
        boolean merged,
        List<Unread> unread,
        Map<String, Integer> lines,
        List<SpecFault> faults) {

    /** What kind of file it is. */
    public enum Form {
        /** A spec, with {@code spec:} at its top. */
        SPEC,
        /** moov's JSON or YAML, with {@code fields:} at its top. */
        MOOV,
        /** Neither. */
        OTHER
    }

    /** A word that is not read, and where it stands: a path such as {@code fields.55.tag.word}, and its line from 1. */
    public record Unread(String path, int line) {}

    /**
     * Takes a file apart.
     *
     * @param beside where files that the spec names stand, or null if it can name none
     */
    public static SpecDocument read(String name, byte[] source, Path beside) {
        FaultList faults = new FaultList();
        if (!(SourceReader.read(name, source, faults) instanceof SourceNode.Branch document)) {
            return new SpecDocument(Form.OTHER, Map.of(), false, List.of(), Map.of(), faults.sorted());
        }
        if (document.get("spec") == null && document.get("fields") != null) {
            return ofMoov(document, faults);
        }
        Form form = document.get("spec") instanceof SourceNode.Branch ? Form.SPEC : Form.OTHER;
        SourceNode.Branch wire = Values.branch(Values.branch(document, "spec"), "wire");
        String base = Values.text(wire, "source", "");
        if (base.isEmpty() || WireSource.bases().contains(base)) {
            return new SpecDocument(form, words(document), false, List.of(), Map.of(), faults.sorted());
        }
        Function<String, Path> files = file -> beside == null ? null : beside.resolve(file);
        SourceNode.Branch all = new WireSource(faults, files, digest()).merge(wire, "spec.wire.source");
        Map<String, Object> words = words(document);
        if (all != null) {
            Map<String, Object> wireWords = words(all);
            wireWords.remove("source");
            place(words, wireWords);
        }
        return new SpecDocument(form, words, true, List.of(), Map.of(), faults.sorted());
    }

    private static SpecDocument ofMoov(SourceNode.Branch document, FaultList faults) {
        List<Unread> unread = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        SourceNode.Branch known = known(document, SpecManifest.wire(), "", unread, lines);
        SpecLoader.checkWire(known, faults);
        return new SpecDocument(Form.MOOV, words(known), false, unread, lines, faults.sorted());
    }

    @SuppressWarnings("unchecked")
    private static void place(Map<String, Object> document, Map<String, Object> wire) {
        ((Map<String, Object>) document.get("spec")).put("wire", wire);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> words(SourceNode.Branch branch) {
        return (Map<String, Object>) SourceNode.plain(branch);
    }

    /** Without the keys that no spec has in that place. */
    private static SourceNode.Branch known(
            SourceNode.Branch map,
            SpecManifest.Branch manifest,
            String path,
            List<Unread> unread,
            Map<String, Integer> lines) {
        Map<String, SourceNode.Entry> kept = new LinkedHashMap<>();
        map.entries().forEach((name, entry) -> {
            String at = ManifestCheck.join(path, name);
            lines.put(at, entry.place().line());
            SpecManifest.Key key = manifest.key(name);
            boolean other = manifest.others() != null && name.matches(manifest.othersPattern());
            if (key == null && !other && !name.startsWith(ManifestCheck.EXTENSION)) {
                unread.add(new Unread(at, entry.place().line()));
                return;
            }
            SpecManifest.Value below = key != null ? key.value() : manifest.others();
            if (below instanceof SpecManifest.Either either && entry.value() instanceof SourceNode.Branch) {
                below = either.first();
            }
            boolean deeper = below instanceof SpecManifest.Branch && entry.value() instanceof SourceNode.Branch;
            kept.put(
                    name,
                    deeper
                            ? new SourceNode.Entry(
                                    entry.place(),
                                    known(
                                            (SourceNode.Branch) entry.value(),
                                            (SpecManifest.Branch) below,
                                            at,
                                            unread,
                                            lines))
                            : entry);
        });
        return new SourceNode.Branch(map.place(), kept);
    }

    /** Of what is merged in; nobody asks for it here. */
    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
