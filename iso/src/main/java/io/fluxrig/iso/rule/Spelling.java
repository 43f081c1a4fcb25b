package io.fluxrig.iso.rule;

import java.util.Collection;
import java.util.Locale;

/** Finds the name that somebody probably meant. */
public final class Spelling {
    private static final int NAME_MAX = 64;

    private Spelling() {}

    /** The candidate fewest edits away, if it is near enough to be what was meant; otherwise null. */
    public static String nearest(String name, Collection<String> candidates) {
        if (name.length() > NAME_MAX) {
            return null;
        }
        String best = null;
        int bestEdits = Math.max(1, name.length() / 3) + 1;
        for (String candidate : candidates) {
            int edits = edits(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (edits < bestEdits) {
                best = candidate;
                bestEdits = edits;
            }
        }
        return best;
    }

    /** Insertions, deletions, replacements and swaps of neighbours from one to the other. */
    private static int edits(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int same = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[from.length()][to.length()];
    }
}
