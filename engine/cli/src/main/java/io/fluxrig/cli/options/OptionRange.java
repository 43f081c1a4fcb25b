package io.fluxrig.cli.options;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.config.Quantity;
import io.fluxrig.load.pace.Rate;

/** Refuses option values that no run could make sense of, before anything is started: wrong usage, exit code 2. */
public final class OptionRange {

    private OptionRange() {}

    /** @throws CommandFailure unless the value is of the range, ends included */
    public static void number(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw wrong(option, Long.toString(value), "write a number from " + min + " to " + max);
        }
    }

    /** As {@link #number}, of a time in nanoseconds. */
    public static void duration(String option, long ns, long minNs, long maxNs) {
        if (ns < minNs || ns > maxNs) {
            String range = Quantity.durationText(minNs) + " to " + Quantity.durationText(maxNs);
            throw wrong(option, Quantity.durationText(ns), "write a time from " + range);
        }
    }

    /**
     * The rate that the text names.
     *
     * @throws CommandFailure if it names none
     */
    public static Rate rate(String option, String text, boolean poisson, long rampNs) {
        try {
            return Rate.parse(text, poisson, rampNs);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, option + " " + text + ": " + e.getMessage());
        }
    }

    /** What to throw: the option, its value, what to write instead. */
    public static CommandFailure wrong(String option, String value, String fix) {
        return new CommandFailure(ExitCode.USAGE, option + " " + value + ": " + fix);
    }
}
