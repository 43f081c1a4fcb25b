package io.fluxrig.iso.packager;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects findings while a packager is read. Single threaded. */
final class Findings {
    /** More than this many are not kept; the last says so. */
    static final int FINDINGS_MAX = 500;

    private final List<Finding> findings = new ArrayList<>();
    private boolean fault;

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
        fault |= kind == Finding.Kind.FAULT;
        Finding finding = new Finding(kind, path, line, what, instead);
        if (findings.size() < FINDINGS_MAX && !findings.contains(finding)) {
            findings.add(finding);
        } else if (findings.size() == FINDINGS_MAX) {
            findings.add(new Finding(
                    Finding.Kind.FAULT, "", line, "more than " + FINDINGS_MAX + " differences", "split the packager"));
            fault = true;
        }
    }

    boolean hasFault() {
        return fault;
    }

    /** In the order of the file. */
    List<Finding> sorted() {
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.comparing(Finding::line));
        return sorted;
    }
}
