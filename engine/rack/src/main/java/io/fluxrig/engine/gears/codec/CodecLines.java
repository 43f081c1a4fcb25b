package io.fluxrig.engine.gears.codec;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gears.LogBudget;
import io.fluxrig.engine.gears.LogBudgets;

/** How many lines a codec gear may log of each thing that goes wrong in it; what is left out is told later. Strip thread only. */
final class CodecLines {
    private static final int LINES_MAX = 5;

    final LogBudget decode;
    final LogBudget encode;
    final LogBudget invalid;
    final LogBudget stalled;
    private final LogBudgets budgets;

    CodecLines(GearContext context) {
        budgets = new LogBudgets(context);
        decode = budgets.of(
                context.log(),
                "messages with decode refused; of answers among them the issuer may have approved any",
                LINES_MAX);
        encode = budgets.of(
                context.log(),
                "messages with encode refused; of answers among them, if code 00 the issuer approved: reverse them",
                LINES_MAX);
        invalid = budgets.of(context.log(), "messages refused for what the spec forbids", LINES_MAX);
        stalled = budgets.of(
                context.log(),
                "answers not handed on, since the wire behind had no room; if code 00 the issuer approved: reverse them",
                LINES_MAX);
    }

    /** Tells of those that were left out. */
    void close() {
        budgets.close();
    }
}
