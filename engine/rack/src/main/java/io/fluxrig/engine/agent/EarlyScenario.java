package io.fluxrig.engine.agent;

import io.fluxrig.engine.control.ScenarioPush;

/** A scenario that a rack was sent, until it has the keys for its wires, which may come a moment later. The agent's thread only. */
final class EarlyScenario {
    /** It waits for keys that long at most. */
    private static final long KEYS_WAIT_MS = 10_000;

    private ScenarioPush push;
    private long untilMs;

    /** It came, and none that came before counts any more. */
    void keep(ScenarioPush came, long nowMs) {
        push = came;
        untilMs = nowMs + KEYS_WAIT_MS;
    }

    void forget() {
        push = null;
    }

    /**
     * What is to be run now, once; null for nothing.
     *
     * @param behind whether keys are missing
     */
    ScenarioPush take(boolean behind, long nowMs) {
        if (push == null || behind && nowMs < untilMs) {
            return null;
        }
        ScenarioPush due = push;
        push = null;
        return due;
    }
}
