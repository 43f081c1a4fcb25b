package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gears.LogBudget;
import io.fluxrig.engine.gears.LogBudgets;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.engine.message.References;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.util.HashMap;
import java.util.Map;

/**
 * The {@code error} port: messages leave on it with their reason, and are counted; those of another conductor's requests on
 * {@code error_<origin>} where that is wired. Strip thread only.
 */
final class ErrorExit {
    /** One line for each kind and class of messages in that time: echo answers hide no authorization. */
    private static final long UNMATCHED_LINE_EACH_NS = 10_000_000_000L;

    /** Each is a transaction to be looked after; a dialect that cannot say any answer fills no disk. */
    private static final int UNUSABLE_LINES_MAX = 5;

    private static final String ERROR = "error";
    /** Origins whose errors may leave on a port of their own. */
    private static final int ORIGINS_MAX = 256;

    private final GearContext context;
    /** Second and third digit of a type: 01 of authorization requests, 11 of their answers. */
    private static final int TYPES = 100;

    /** The second digit of a type: 0810. */
    private static final int NETWORK_MANAGEMENT = 8;

    private final LogBudget[] unmatchedLines = new LogBudget[Unmatched.values().length * TYPES];
    private final LogBudgets lines;
    private final LogBudget unusableLines;
    private final Output error;
    private final Map<String, Output> errorOf = new HashMap<>();
    private final ConductorMetrics metrics;

    ErrorExit(GearContext context, ConductorMetrics metrics, LogBudgets lines) {
        this.context = context;
        this.lines = lines;
        this.unusableLines = lines.of(
                context.log(),
                "answers that cannot be written for their terminals; if code 00 the issuer approved: reverse them",
                UNUSABLE_LINES_MAX);
        this.error = context.output(ERROR);
        this.metrics = metrics;
    }

    /**
     * Hands a message on with its reason, and counts it.
     *
     * @return ACCEPTED, also if its requester is gone; FULL or STALLED, and nothing counted, if it may be offered again; REFUSED if
     *     nothing behind the port took it
     */
    int leave(FluxMsg message, ErrorReason reason) {
        return leave(message, reason, true);
    }

    /** As {@link #leave}, of a request that was counted before: a retransmission, or one that is told late. */
    int tell(FluxMsg message, ErrorReason reason) {
        return leave(message, reason, false);
    }

    private int leave(FluxMsg message, ErrorReason reason, boolean counts) {
        message.meta().set(MetaKey.ERROR_REASON, reason.text());
        int outcome = emit(message);
        if (Outcome.isWithoutRoom(outcome)) {
            return outcome;
        }
        if (counts) {
            metrics.error(reason).increment();
        }
        if (outcome == Outcome.ACCEPTED) {
            return Outcome.ACCEPTED;
        }
        if (Outcome.isGone(outcome)) {
            metrics.withoutTerminal.increment();
            return Outcome.ACCEPTED;
        }
        metrics.errorsNotTaken.increment();
        return Outcome.REFUSED;
    }

    private int emit(FluxMsg message) {
        String origin = message.meta().text(MetaKey.CONDUCTOR_ORIGIN);
        Output own = origin == null ? null : errorOf.get(origin);
        if (origin != null && own == null && errorOf.size() < ORIGINS_MAX) {
            own = context.output(ERROR + "_" + origin);
            errorOf.put(origin, own);
        }
        int outcome = own == null ? Outcome.NOT_WIRED : own.emit(message);
        return outcome == Outcome.NOT_WIRED ? error.emit(message) : outcome;
    }

    /** Hands on an answer that redeems no ticket. It is never offered again: there is nobody it is for. */
    int unmatched(FluxMsg message, Unmatched kind) {
        metrics.unmatched(kind).increment();
        LogBudget budget = unmatchedLines(kind, message);
        if (budget.allows(context.clock().nanoTime())) {
            context.log()
                    .warn(
                            "{} {}{} from {} belongs to no request: {}{}",
                            kind == Unmatched.REQUEST ? "message" : "answer",
                            mti(message),
                            References.of(message),
                            source(message),
                            kind.words(moves(type(message))),
                            budget.takeSuppressed());
        }
        if (Outcome.isWithoutRoom(leave(message, ErrorReason.UNMATCHED_REPLY))) {
            metrics.errorsNotTaken.increment();
        }
        return Outcome.ACCEPTED;
    }

    /** Tells of an answer that redeems a ticket and that the requester's side cannot be given: its dialect cannot say it. */
    void unusable(FluxMsg answer) {
        if (unusableLines.allows(context.clock().nanoTime())) {
            context.log()
                    .warn(
                            "answer {}{} from {} cannot be written for its terminal (the log of its encoder says why): its"
                                    + " terminal is declined; if code 00 the issuer approved: reverse it{}",
                            mti(answer),
                            References.of(answer),
                            source(answer),
                            unusableLines.takeSuppressed());
        }
    }

    private LogBudget unmatchedLines(Unmatched kind, FluxMsg message) {
        int type = type(message);
        int index = kind.ordinal() * TYPES + type;
        if (unmatchedLines[index] == null) {
            String what = String.format("messages of type x%02dx that belong to no request: ", type);
            unmatchedLines[index] = lines.of(context.log(), what + kind.words(moves(type)), 1, UNMATCHED_LINE_EACH_NS);
        }
        return unmatchedLines[index];
    }

    /** Second and third digit; 0 of what has no type. */
    private static int type(FluxMsg message) {
        return message.payload() instanceof IsoPayload payload
                ? Math.floorMod(payload.message().mti() / 10, TYPES)
                : 0;
    }

    private static boolean moves(int type) {
        return type / 10 != NETWORK_MANAGEMENT;
    }

    private static String mti(FluxMsg message) {
        return message.payload() instanceof IsoPayload payload
                ? String.format("%04d", payload.message().mti())
                : "without a type";
    }

    private static String source(FluxMsg message) {
        String source = message.meta().text(MetaKey.FLUXRIG_SOURCE);
        return source == null ? "inside the rack" : source;
    }
}
