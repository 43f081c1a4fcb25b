package io.fluxrig.cli;

import io.fluxrig.engine.config.Quantity;
import io.fluxrig.load.pace.Rate;

/** Refuses option values that no run could make sense of, before anything is started: wrong usage, exit code 2. */
final class OptionRange {

    private OptionRange() {}

    static void number(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw wrong(option, Long.toString(value), "write a number from " + min + " to " + max);
        }
    }

    static void duration(String option, long ns, long minNs, long maxNs) {
        if (ns < minNs || ns > maxNs) {
            String range = Quantity.durationText(minNs) + " to " + Quantity.durationText(maxNs);
            throw wrong(option, Quantity.durationText(ns), "write a time from " + range);
        }
    }

    /** The rate that the text names. */
    static Rate rate(String option, String text, boolean poisson, long rampNs) {
        try {
            return Rate.parse(text, poisson, rampNs);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, option + " " + text + ": " + e.getMessage());
        }
    }

    static CommandFailure wrong(String option, String value, String fix) {
        return new CommandFailure(ExitCode.USAGE, option + " " + value + ": " + fix);
    }
}
