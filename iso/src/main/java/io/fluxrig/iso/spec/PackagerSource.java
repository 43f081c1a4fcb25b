package io.fluxrig.iso.spec;

import io.fluxrig.iso.packager.Finding;
import io.fluxrig.iso.packager.Packager;
import io.fluxrig.iso.packager.WireNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a jPOS packager file as the base of a wire layer. A field that cannot be carried over is an error, unless the spec
 * describes that field itself or takes it out.
 */
final class PackagerSource {
    private final String file;
    private final FaultList faults;

    PackagerSource(String file, FaultList faults) {
        this.file = file;
        this.faults = faults;
    }

    /**
     * The packager's wire layer, or null with faults in the list.
     *
     * @param over the fields that the spec itself describes, or null
     */
    SourceNode.Branch read(byte[] source, SourceNode.Branch over) {
        Packager packager = Packager.read(source);
        for (Finding finding : packager.findings()) {
            report(finding, over);
        }
        if (packager.wire() == null) {
            return null;
        }
        SourceNode.Branch wire = branch(packager.wire());
        new ManifestCheck(faults).check(wire, SpecManifest.wire(), "");
        return wire;
    }

    private void report(Finding finding, SourceNode.Branch over) {
        boolean settled =
                !finding.field().isEmpty() && over != null && over.entries().containsKey(finding.field());
        SourceNode.Place place = new SourceNode.Place(file, finding.line(), 1);
        switch (finding.kind()) {
            case FAULT, LOST -> {
                if (!settled) {
                    faults.error(place, finding.path(), finding.what(), fix(finding));
                }
            }
            case CHANGED -> {
                if (!settled && !finding.path().isEmpty()) {
                    faults.warning(place, finding.path(), finding.what(), finding.instead());
                }
            }
            case ASIDE -> {}
        }
    }

    private static String fix(Finding finding) {
        String field = finding.field();
        return finding.kind() == Finding.Kind.FAULT || field.isEmpty()
                ? finding.instead()
                : finding.instead() + "; describe field " + field
                        + " under wire.fields of a spec with source: jpos: and this file, or take it out there with "
                        + field + ": null";
    }

    /** The nodes with the places of the packager file. */
    SourceNode.Branch branch(WireNode node) {
        SourceNode.Place place = new SourceNode.Place(file, node.line(), 1);
        Map<String, SourceNode.Entry> entries = new LinkedHashMap<>();
        node.entries().forEach((key, value) -> entries.put(key, new SourceNode.Entry(place, value(place, value))));
        return new SourceNode.Branch(place, entries);
    }

    private SourceNode value(SourceNode.Place place, Object value) {
        if (value instanceof WireNode node) {
            return branch(node);
        }
        if (value instanceof List<?> list) {
            List<SourceNode> items = new ArrayList<>();
            list.forEach(item -> items.add(value(place, item)));
            return new SourceNode.Series(place, items);
        }
        return new SourceNode.Leaf(place, (String) value, false);
    }
}
