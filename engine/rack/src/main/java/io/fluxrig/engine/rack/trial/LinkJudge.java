package io.fluxrig.engine.rack.trial;

import io.fluxrig.engine.rack.trial.Closings.Closing;

/**
 * Whether a client's links do not hold since a change where they did before: each is closed by its host time and again, and nothing comes
 * over them. A host that is started again closes each once. Immutable.
 */
record LinkJudge(Baseline baseline) {
    /** How often each link is closed before that is more than chance. */
    private static final int TIMES_MIN = 3;

    /** That they do not, with the figures; empty if that is not so, or if none was up before. */
    String objectionTo(String client, Closings now) {
        Closing applied = baseline.applied().closings().at(client);
        Closing since = now.at(client).since(applied);
        Closing until = baseline.until().closings().at(client);
        Closing minute = until.since(baseline.minuteBefore().closings().at(client));
        long linksBefore = Math.max(
                Math.max(applied.up(), until.up()),
                baseline.lastBefore().closings().at(client).up());
        boolean holds = linksBefore == 0
                || since.closed() < TIMES_MIN * linksBefore
                || since.framesIn() >= since.closed()
                || since.closed() <= 2 * minute.closed();
        return holds
                ? ""
                : client + ": links closed " + since.closed() + " times by its host since the change, "
                        + since.framesIn() + " messages came over them; closed " + minute.closed()
                        + " times in the minute before";
    }
}
