package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gears.LogBudget;
import io.fluxrig.engine.gears.LogBudgets;
import io.fluxrig.engine.gears.codec.ViolationCounters;
import io.fluxrig.engine.gears.conductor.field.PerDialect;
import io.fluxrig.engine.gears.conductor.kept.Rebuilder;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.check.AnswerCheck;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;

/**
 * Holds answers against their requests, as the {@code response_value} of the answer's spec says. The request is read again
 * from the bytes that its ticket keeps, but only for types of answers of which the spec says anything. There is one where
 * {@code validation} is not off. Strip thread only; allocates when it meets a dialect for the first time.
 */
final class AnswerValidation {
    private static final int LINES_MAX = 1;
    private static final long LINE_EACH_NS = 10_000_000_000L;

    private final GearContext context;
    private final boolean enforce;
    private final TicketStore store;
    private final Rebuilder requests;
    private final ViolationCounters counters;
    private final PerDialect<AnswerCheck> checks =
            new PerDialect<>(spec -> spec == null ? null : new AnswerCheck(spec));
    private final LogBudget lines;

    /** @param requests its own, since another's message may be on its way while an answer comes back */
    AnswerValidation(GearContext context, boolean enforce, TicketStore store, Rebuilder requests, LogBudgets lines) {
        this.context = context;
        this.enforce = enforce;
        this.store = store;
        this.requests = requests;
        this.lines = lines.of(
                context.log(),
                "answers that do not repeat their requests (response_value in their specs)",
                LINES_MAX,
                LINE_EACH_NS);
        this.counters = new ViolationCounters(context.metrics());
    }

    /** Checks the answer of an open ticket, says in {@code codec.violations} what it found, and whether that refuses the answer. */
    boolean refuses(int ticket, FluxMsg answer, IsoPayload payload) {
        AnswerCheck check = checks.of(payload.spec());
        int mti = payload.message().mti();
        if (check == null || !check.asksAbout(mti)) {
            return false;
        }
        IsoPayload request = (IsoPayload) requests.request(store, ticket).payload();
        int found = check.check(payload.message(), request.message());
        requests.wipe();
        if (found == 0) {
            return false;
        }
        counters.count(check.violations(), mti);
        String text = check.violations().text();
        String before = answer.meta().text(MetaKey.CODEC_VIOLATIONS);
        answer.meta().set(MetaKey.CODEC_VIOLATIONS, before == null ? text : before + "; " + text);
        tell(mti, text);
        return enforce && check.violations().reject();
    }

    private void tell(int mti, String text) {
        if (lines.allows(context.clock().nanoTime())) {
            context.log()
                    .warn(
                            "answer {} {}: {} (response_value in its spec){}",
                            String.format("%04d", mti),
                            enforce ? "refused, its request times out" : "does not repeat its request",
                            text,
                            lines.takeSuppressed());
        }
    }
}
