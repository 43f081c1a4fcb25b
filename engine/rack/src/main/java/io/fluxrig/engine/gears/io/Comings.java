package io.fluxrig.engine.gears.io;

import java.util.Arrays;

/**
 * When it is worth a line that a link which was up is closed, and that it is up again: where it is closed more than once in a minute for one
 * reason, once a minute, with how often. Strip thread only; allocates nothing but texts.
 */
final class Comings {
    static final long REMIND_NS = 60_000_000_000L;

    private static final long NS_PER_S = 1_000_000_000L;

    private final boolean[] told;
    private final long[] toldNs;
    private final String[] reasons;
    private final int[] untold;

    Comings(int links) {
        told = new boolean[links];
        toldNs = new long[links];
        reasons = new String[links];
        untold = new int[links];
        Arrays.fill(told, true);
    }

    /** Counts in that the link was closed; whether to tell of it. */
    boolean closed(int link, String reason, long nowNs) {
        boolean again = reason.equals(reasons[link]) && nowNs - toldNs[link] < REMIND_NS;
        told[link] = !again;
        if (again) {
            untold[link]++;
        }
        return !again;
    }

    /** The close is told: {@code " (59 more in 60s were not told)"}, nothing if there were none. */
    String soFar(int link, String reason, long nowNs) {
        String text = untold[link] == 0
                ? ""
                : " (" + untold[link] + " more in " + (nowNs - toldNs[link]) / NS_PER_S + "s were not told)";
        untold[link] = 0;
        toldNs[link] = nowNs;
        reasons[link] = reason;
        return text;
    }

    /** Whether to tell that the link is up: not if nobody was told that it was closed. */
    boolean tellsUp(int link) {
        return told[link];
    }
}
