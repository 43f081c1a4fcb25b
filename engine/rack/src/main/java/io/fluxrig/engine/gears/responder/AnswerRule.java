package io.fluxrig.engine.gears.responder;

import io.fluxrig.engine.gears.macro.FieldValues;
import io.fluxrig.engine.gears.macro.MacroState;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.rule.Condition;
import io.fluxrig.perf.count.Counter;
import java.util.List;

/**
 * One rule, compiled: whom it answers and how. Strip thread only.
 *
 * @param when null for every request
 * @param reasons {@code error.reason}s that it is for; empty for any and for none
 * @param percent how many of those it takes, 1 to 100
 * @param values what it sets
 * @param answers how many answers it gives: 0, 1 or 2
 * @param delayNs least time until the answer
 * @param delayMaxNs most time
 * @param count requests it took
 */
record AnswerRule(
        Condition when,
        List<String> reasons,
        int percent,
        FieldValues values,
        int answers,
        long delayNs,
        long delayMaxNs,
        Counter count) {

    boolean takes(IsoMessage request, String reason, MacroState state) {
        return (reasons.isEmpty() || reason != null && reasons.contains(reason))
                && (when == null || when.test(request))
                && (percent == 100 || state.below(100) < percent);
    }

    /** The time until this answer leaves. */
    long delay(MacroState state) {
        return delayMaxNs > delayNs ? delayNs + state.below(delayMaxNs - delayNs + 1) : delayNs;
    }
}
