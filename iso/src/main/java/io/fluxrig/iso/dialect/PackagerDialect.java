package io.fluxrig.iso.dialect;

import io.fluxrig.iso.packager.Finding;
import io.fluxrig.iso.packager.Packager;
import io.fluxrig.iso.packager.WireNode;
import io.fluxrig.iso.spec.SpecFault;
import io.fluxrig.iso.spec.SpecLoad;
import io.fluxrig.iso.spec.SpecLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A jPOS packager as a spec: its bytes in the wire layer, its names among the meanings. */
final class PackagerDialect {
    private final String file;

    PackagerDialect(String file) {
        this.file = file;
    }

    Dialect read(byte[] content) {
        Packager packager = Packager.read(content);
        List<ImportNote> notes = new ArrayList<>();
        List<SpecFault> faults = new ArrayList<>();
        for (Finding finding : packager.findings()) {
            if (finding.kind() == Finding.Kind.FAULT) {
                faults.add(new SpecFault(
                        SpecFault.Severity.ERROR,
                        file,
                        finding.line(),
                        1,
                        finding.path(),
                        finding.what(),
                        finding.instead()));
            } else {
                notes.add(note(finding));
            }
        }
        if (packager.wire() == null) {
            return new Dialect(DialectKind.JPOS_XML, "", notes, new SpecLoad(null, faults));
        }
        String yaml = SpecText.of(file, "a jPOS packager", notes, document(packager.wire()));
        SpecLoad load = SpecLoader.load(file, yaml.getBytes(StandardCharsets.UTF_8));
        List<SpecFault> ofWire = SpecLoader.faults(file, packager.wire());
        faults.addAll(ofWire.isEmpty() ? load.faults() : ofWire); // the spec's own are at places of its text
        boolean broken = faults.stream().anyMatch(fault -> fault.severity() == SpecFault.Severity.ERROR);
        return new Dialect(DialectKind.JPOS_XML, yaml, notes, new SpecLoad(broken ? null : load.spec(), faults));
    }

    private static ImportNote note(Finding finding) {
        ImportNote.Severity severity = switch (finding.kind()) {
            case FAULT, LOST -> ImportNote.Severity.LOST;
            case CHANGED -> ImportNote.Severity.CHANGED;
            case ASIDE -> ImportNote.Severity.KEPT_ASIDE;
        };
        return new ImportNote(severity, finding.path(), finding.line(), finding.what(), finding.instead());
    }

    private Map<String, Object> document(WireNode wire) {
        Map<String, Object> meanings = new LinkedHashMap<>();
        Map<String, Object> spec = SpecText.head(file, "");
        spec.put("wire", words(wire));
        for (Map.Entry<String, Object> each : wire.node("fields").entries().entrySet()) {
            Map<String, Object> meaning = meaning((WireNode) each.getValue());
            if (!meaning.isEmpty()
                    && !each.getKey().equals("0")
                    && !each.getKey().equals("1")) {
                meanings.put(each.getKey(), meaning);
            }
        }
        if (!meanings.isEmpty()) {
            spec.put("fields", meanings);
        }
        return new LinkedHashMap<>(Map.of("spec", spec));
    }

    /** What a field and its parts are called. */
    private static Map<String, Object> meaning(WireNode node) {
        Map<String, Object> meaning = new LinkedHashMap<>();
        if (node.text("description") != null) {
            meaning.put("name", node.text("description"));
        }
        WireNode subfields = node.node("subfields");
        if (subfields != null) {
            Map<String, Object> parts = new LinkedHashMap<>();
            List<WireNode> nodes = new ArrayList<>(subfields.nodes("lead"));
            nodes.addAll(subfields.nodes("parts"));
            for (WireNode part : nodes) {
                Map<String, Object> below = meaning(part);
                if (!below.isEmpty()) {
                    parts.put(part.text("tag"), below);
                }
            }
            if (!parts.isEmpty()) {
                meaning.put("subfields", parts);
            }
        }
        return meaning;
    }

    /** The words of the wire layer, without the names, which stand among the meanings. */
    private static Map<String, Object> words(WireNode node) {
        Map<String, Object> words = new LinkedHashMap<>();
        node.entries().forEach((key, value) -> {
            if (value instanceof WireNode below) {
                words.put(key, words(below));
            } else if (value instanceof List<?>) {
                words.put(
                        key,
                        node.nodes(key).stream().map(PackagerDialect::words).toList());
            } else if (!key.equals("description")) {
                words.put(key, value);
            }
        });
        return words;
    }
}
