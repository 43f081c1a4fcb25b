package io.fluxrig.engine.gears.responder;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gear.GearStartException;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gears.StartFaults;
import io.fluxrig.engine.gears.macro.MacroState;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.count.Level;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;

/**
 * One strip's copy of {@code responder} or {@code sim_responder}: turns a request in place into the answer of the first
 * rule that takes it, and lets it leave at once or after the rule's delay.
 *
 * <p>What no rule takes goes on at {@code pass}; so does what is itself an answer, which is never answered: where
 * {@code pass} leads nowhere both end in a counter. Strip thread only.
 */
final class AnswerGear implements Gear {
    private final GearContext context;
    private final AnswerRules rules;
    private final MacroState state;
    private final Delayed delayed;
    private final Output out;
    private final Output pass;
    private final boolean stopsWhenDraining;
    private final Counter answersSeen;
    private final Counter unmatched;
    private final Counter withoutFields;
    private final Counter unsent;
    private final Counter overflow;
    private final Level waiting;
    private final StartFaults faults;
    private boolean draining;

    /**
     * @param stopsWhenDraining whether new requests are refused during a drain; a gear that declines must go on
     */
    AnswerGear(GearContext context, boolean stopsWhenDraining) {
        this.context = context;
        this.stopsWhenDraining = stopsWhenDraining;
        faults = new StartFaults(context);
        GearMetrics metrics = context.metrics();
        Spec spec = context.config().has("spec_path")
                ? context.specs().bySpecPath(context.config().text("spec_path"))
                : null;
        rules = AnswerRules.compile(context.config(), spec, metrics, faults);
        state = new MacroState(context.clock(), context.config().number("seed"), context.strip(), context.stripCount());
        int delayedMax = (int) context.config().number("delayed_max");
        delayed = new Delayed(context.clock(), context.timers(), delayedMax, this::leave);
        out = context.output("out");
        pass = context.output("pass");
        answersSeen = metrics.counter("responder_ignored_total", "answers, which are not answered");
        unmatched = metrics.counter("responder_unmatched_total", "requests that no rule took");
        withoutFields = metrics.counter("responder_refused_total", "messages that were not decoded");
        unsent = metrics.counter("responder_unsent_total", "answers that nobody took");
        overflow = metrics.counter("responder_overflow_total", "requests refused because too many answers wait");
        waiting = metrics.level("responder_waiting", "answers that wait for their delay");
    }

    @Override
    public void start() throws GearStartException {
        faults.check("rules");
    }

    @Override
    public int onMessage(int inPort, FluxMsg message) {
        if (!(message.payload() instanceof IsoPayload payload)) {
            withoutFields.increment();
            return Outcome.REFUSED;
        }
        if (ResponseMti.isAnswer(payload.message().mti())) {
            return passOn(message, answersSeen, Outcome.ACCEPTED);
        }
        if (draining && stopsWhenDraining) {
            return Outcome.DRAINING;
        }
        String reason = message.meta().text(MetaKey.ERROR_REASON);
        AnswerRule rule = rules.find(payload.message(), reason, state);
        return rule == null ? passOn(message, unmatched, Outcome.REFUSED) : answer(rule, message, payload, reason);
    }

    @Override
    public void drain() {
        draining = true;
    }

    @Override
    public int inFlight() {
        return delayed.held();
    }

    private int passOn(FluxMsg message, Counter otherwise, int outcomeOtherwise) {
        int outcome = pass.emit(message);
        if (outcome != Outcome.NOT_WIRED) {
            return outcome;
        }
        otherwise.increment();
        return outcomeOtherwise;
    }

    private int answer(AnswerRule rule, FluxMsg message, IsoPayload payload, String reason) {
        rule.count().increment();
        if (rule.answers() == 0) {
            return Outcome.ACCEPTED;
        }
        state.reason(reason);
        rules.apply(rule, payload.message(), payload.spec(), state);
        message.refId(message.id());
        message.id(context.ids().next());
        message.srcId(context.ordinal());
        message.meta().unset(MetaKey.ERROR_REASON);
        int outcome = send(rule, message);
        for (int more = 1; more < rule.answers() && outcome == Outcome.ACCEPTED; more++) {
            outcome = send(rule, message);
        }
        return outcome;
    }

    private int send(AnswerRule rule, FluxMsg message) {
        long delayNs = rule.delay(state);
        if (delayNs > 0) {
            return hold(message, delayNs);
        }
        int outcome = out.emit(message);
        if (outcome != Outcome.ACCEPTED) {
            unsent.increment();
        }
        return outcome;
    }

    private int hold(FluxMsg message, long delayNs) {
        boolean held = delayed.hold(message, delayNs);
        waiting.set(delayed.held());
        if (!held) {
            overflow.increment();
        }
        return held ? Outcome.ACCEPTED : Outcome.FULL;
    }

    private void leave(FluxMsg answer) {
        waiting.set(delayed.held());
        if (out.emit(answer) != Outcome.ACCEPTED) {
            unsent.increment();
        }
    }
}
