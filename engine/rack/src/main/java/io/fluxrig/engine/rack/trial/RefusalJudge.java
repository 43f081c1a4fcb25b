package io.fluxrig.engine.rack.trial;

import io.fluxrig.engine.rack.trial.Refusals.Tally;
import java.util.stream.Collectors;

/** Whether a gear that replaced another refuses most of what it gets where that one did not. Immutable. */
record RefusalJudge(Baseline baseline) {
    private static final int REASONS_MAX = 3;

    /** That it does, with the figures; empty if not. */
    String objectionTo(String gear, Refusals now) {
        Tally since = now.since(baseline.applied().refusals(), gear);
        Refusals until = baseline.until().refusals();
        Tally minute = until.since(baseline.minuteBefore().refusals(), gear);
        Share before = minute.share().isKnown()
                ? minute.share()
                : until.since(baseline.start().refusals(), gear).share();
        return before.isKnown() && since.share().isWorseThan(before) ? text(gear, since, before) : "";
    }

    private static String text(String gear, Tally since, Share before) {
        String reasons = since.reasons().entrySet().stream()
                .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
                .limit(REASONS_MAX)
                .map(reason -> reason.getKey() + " " + reason.getValue())
                .collect(Collectors.joining(", "));
        return gear + " refused " + since.share().percent() + " of "
                + since.share().of() + " (" + reasons + "), what it replaced "
                + before.percent() + " of " + before.of();
    }
}
