package io.fluxrig.iso.packager;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects findings while a packager is read, each once. What is lost is always told; of faults and of differences that lose
 * nothing the first {@value #KIND_MAX} are, and how many more there were. Single threaded.
 */
final class Findings {
    static final int KIND_MAX = 500;

    private final Set<Finding> findings = new LinkedHashSet<>();
    private final Map<Finding.Kind, Integer> counts = new EnumMap<>(Finding.Kind.class);
    private int lastLine = 1;

    void fault(String path, int line, String what, String instead) {
        add(Finding.Kind.FAULT, path, line, what, instead);
    }

    void lost(String path, int line, String what, String instead) {
        add(Finding.Kind.LOST, path, line, what, instead);
    }

    void changed(String path, int line, String what, String instead) {
        add(Finding.Kind.CHANGED, path, line, what, instead);
    }

    void aside(String path, int line, String what, String instead) {
        add(Finding.Kind.ASIDE, path, line, what, instead);
    }

    private void add(Finding.Kind kind, String path, int line, String what, String instead) {
        lastLine = Math.max(lastLine, line);
        Finding finding = new Finding(kind, path, line, what, instead);
        if (findings.contains(finding)) {
            return;
        }
        int count = counts.merge(kind, 1, Integer::sum);
        if (kind == Finding.Kind.LOST || count <= KIND_MAX) {
            findings.add(finding);
        }
    }

    boolean hasFault() {
        return counts.containsKey(Finding.Kind.FAULT);
    }

    /** In the order of the file. */
    List<Finding> sorted() {
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.comparing(Finding::line));
        counts.forEach((kind, count) -> {
            if (kind != Finding.Kind.LOST && count > KIND_MAX) {
                String more = count - KIND_MAX + " more of " + kind;
                sorted.add(new Finding(kind, "", lastLine, more, "not listed; see to those above first"));
            }
        });
        return sorted;
    }
}
