package io.fluxrig.engine.fault;

import io.fluxrig.engine.fault.Fault.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the faults of one check; keeps the first {@value #FAULTS_MAX} and counts the rest. Not thread safe. */
public final class Faults {
    /** Faults kept; a file with more is not being edited by a person. */
    public static final int FAULTS_MAX = 500;

    private final List<Fault> kept = new ArrayList<>();
    private int errors;
    private int left;

    public void error(Place place, String key, String what, String fix) {
        add(new Fault(Severity.ERROR, place, key, what, fix));
    }

    public void warning(Place place, String key, String what, String fix) {
        add(new Fault(Severity.WARNING, place, key, what, fix));
    }

    public void add(Fault fault) {
        if (fault.isError()) {
            errors++;
        }
        if (kept.size() < FAULTS_MAX) {
            kept.add(fault);
        } else {
            left++;
        }
    }

    public boolean hasErrors() {
        return errors > 0;
    }

    /** Whether an error was found in the value of that fault's key before: under its whole path, or its name alone on its line. */
    public boolean hasErrorWhere(Fault fault) {
        return kept.stream()
                .anyMatch(before -> before.isError()
                        && (before.key().equals(fault.key())
                                || before.place().file().equals(fault.place().file())
                                        && before.place().line()
                                                == fault.place().line()
                                        && fault.key().endsWith("." + before.key())));
    }

    /** Everything found, ordered by file and line. */
    public List<Fault> all() {
        List<Fault> ordered = new ArrayList<>(kept);
        ordered.sort(Comparator.comparing((Fault fault) -> fault.place().file())
                .thenComparingInt(fault -> fault.place().line())
                .thenComparingInt(fault -> fault.place().column()));
        if (left > 0) {
            ordered.add(new Fault(
                    Severity.ERROR,
                    ordered.get(0).place(),
                    "",
                    left + " more faults are not shown",
                    "mend the ones above first"));
        }
        return List.copyOf(ordered);
    }
}
