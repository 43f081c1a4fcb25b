package io.fluxrig.iso.dialect;

import io.fluxrig.iso.spec.SpecDocument;
import io.fluxrig.iso.spec.SpecFault;
import io.fluxrig.iso.spec.SpecLoad;
import io.fluxrig.iso.spec.SpecLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A moov-io/iso8583 file as a spec: its words are ours, so that they go into the wire layer as they are. */
final class MoovDialect {
    private static final Set<String> FILLS = Set.of("Left", "Right");

    private final String file;

    MoovDialect(String file) {
        this.file = file;
    }

    Dialect read(SpecDocument moov) {
        List<ImportNote> notes = new ArrayList<>();
        for (SpecDocument.Unread unread : moov.unread()) {
            notes.add(new ImportNote(
                    ImportNote.Severity.LOST,
                    unread.path(),
                    unread.line(),
                    "a word that is not known here",
                    "left out; if it says anything of the bytes, say it in words of the wire layer"));
        }
        Map<String, Object> wire = new LinkedHashMap<>(moov.words());
        strips(wire, "", moov.lines(), notes);
        Object name = wire.get("name");
        Map<String, Object> spec = SpecText.head(file, name instanceof String text ? text : "");
        spec.put("wire", wire);
        String yaml = SpecText.of(file, "a moov spec", notes, new LinkedHashMap<>(Map.of("spec", spec)));
        if (moov.faults().stream().anyMatch(fault -> fault.severity() == SpecFault.Severity.ERROR)) {
            return new Dialect(DialectKind.MOOV, yaml, notes, new SpecLoad(null, moov.faults()));
        }
        SpecLoad load = SpecLoader.load(file, yaml.getBytes(StandardCharsets.UTF_8));
        List<SpecFault> faults = load.ok() ? moov.faults() : load.faults(); // the spec's own are at places of its text
        return new Dialect(DialectKind.MOOV, yaml, notes, new SpecLoad(load.spec(), faults));
    }

    /** moov takes filling off when it reads; here a value keeps it, so that it can be sent on as it came. */
    private static void strips(Object words, String path, Map<String, Integer> lines, List<ImportNote> notes) {
        if (words instanceof List<?> parts) {
            parts.forEach(part -> strips(part, path, lines, notes));
        }
        if (!(words instanceof Map<?, ?> map)) {
            return;
        }
        if (map.get("padding") instanceof Map<?, ?> padding && FILLS.contains(String.valueOf(padding.get("type")))) {
            notes.add(new ImportNote(
                    ImportNote.Severity.CHANGED,
                    path,
                    lines.getOrDefault(path, 1),
                    "moov takes filling off when it reads",
                    "the value keeps it; padding with strip: true takes it off"));
        }
        map.forEach((key, value) -> strips(value, path.isEmpty() ? "" + key : path + "." + key, lines, notes));
    }
}
