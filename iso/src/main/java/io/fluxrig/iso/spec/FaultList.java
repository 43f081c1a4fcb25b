package io.fluxrig.iso.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, so that all of it is told at once. Single threaded. */
final class FaultList {
    /** More than this many are not told; the file is broken anyhow. */
    static final int FAULTS_MAX = 200;

    private final List<SpecFault> faults = new ArrayList<>();
    private int errors;

    void error(SourceNode.Place at, String path, String message, String fix) {
        add(SpecFault.Severity.ERROR, at, path, message, fix);
    }

    void warning(SourceNode.Place at, String path, String message, String fix) {
        add(SpecFault.Severity.WARNING, at, path, message, fix);
    }

    private void add(SpecFault.Severity severity, SourceNode.Place at, String path, String message, String fix) {
        if (severity == SpecFault.Severity.ERROR) {
            errors++;
        }
        if (faults.size() == FAULTS_MAX) {
            return;
        }
        SpecFault fault = new SpecFault(severity, at.file(), at.line(), at.column(), path, message, fix);
        if (!faults.contains(fault)) {
            faults.add(fault);
        }
    }

    boolean hasErrors() {
        return errors > 0;
    }

    /** Errors so far, those above {@link #FAULTS_MAX} too. */
    int errors() {
        return errors;
    }

    List<SpecFault> sorted() {
        List<SpecFault> sorted = new ArrayList<>(faults);
        sorted.sort(Comparator.comparing(SpecFault::file)
                .thenComparing(SpecFault::line)
                .thenComparing(SpecFault::column));
        return sorted;
    }
}
