package io.fluxrig.engine.rack.change;

/**
 * How a request to change the scenario ended.
 *
 * @param request the newest request that this answers, from 1; those before it that waited are answered with it
 * @param text what changed, or why it did not, and what to do; for people
 */
public record ChangeReport(int request, Outcome outcome, String text) {
    /** Nobody has asked yet. */
    static final ChangeReport NONE = new ChangeReport(0, Outcome.NONE, "");

    /** How it ended. */
    public enum Outcome {
        NONE("none"),
        /** What the files say runs already. */
        UNCHANGED("unchanged"),
        CHANGED("changed"),
        /** What ran before runs on: a gear cannot start, a link is missing, the rack stops. */
        REFUSED("refused"),
        /** What ran before runs on: a file is wrong. */
        BAD_CONFIG("bad_config"),
        /** What was new failed on its trial; what ran before runs again. */
        ROLLED_BACK("rolled_back"),
        /** The rack was asked to stop while what is new was on trial: it may work, and nothing has shown it. */
        UNPROVEN("unproven"),
        /** What was new fails, and what ran before cannot be had back: somebody has to act. */
        STUCK("stuck");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        /** As the status and heartbeats have it. */
        public String word() {
            return word;
        }
    }

    /** Whether the scenario that was asked for runs. */
    boolean ok() {
        return outcome == Outcome.CHANGED || outcome == Outcome.UNCHANGED;
    }
}
