package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Fault;
import java.util.List;

/**
 * What came of reading a scenario.
 *
 * @param scenario null if there is an error among the faults
 * @param faults errors and warnings, ordered by file and line
 * @param notChecked what could not be looked at because of errors; empty if there is none
 */
public record ScenarioLoad(Scenario scenario, List<Fault> faults, List<String> notChecked) {

    /** {@code not checked until the errors are mended: ...} in one line, empty if everything was looked at. */
    public String notCheckedLine() {
        return notChecked.isEmpty() ? "" : "not checked until the errors are mended: " + String.join("; ", notChecked);
    }

    public boolean ok() {
        return scenario != null;
    }

    public List<Fault> errors() {
        return faults.stream().filter(Fault::isError).toList();
    }

    public List<Fault> warnings() {
        return faults.stream().filter(fault -> !fault.isError()).toList();
    }
}
