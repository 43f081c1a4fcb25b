package io.fluxrig.engine.fault;

import java.util.Collection;
import java.util.Locale;

/** Finds what a mistyped word was probably meant to be. */
public final class Nearest {

    private static final int WORD_LENGTH_MAX = 100;

    private Nearest() {}

    /**
     * The fix for an unknown word: {@code did you mean 'bind'?}, or the known words if none is close.
     *
     * @param known the words allowed, listed in their order
     */
    public static String fix(String word, Collection<String> known) {
        String nearest = find(word, known);
        if (nearest != null) {
            return "did you mean '" + nearest + "'?";
        }
        return known.isEmpty() ? "remove it" : "known: " + String.join(", ", known);
    }

    /** The known word at most a third of its letters away, null if there is none. */
    public static String find(String word, Collection<String> known) {
        if (word.isEmpty() || word.length() > WORD_LENGTH_MAX) {
            return null;
        }
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(fold(word), fold(candidate));
            int allowed = Math.max(1, Math.min(word.length(), candidate.length()) / 3);
            if (distance <= allowed && distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Edits (insert, delete, replace, swap of neighbours) from one word to the other. */
    static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int cheapest(int[][] edits, String a, String b, int i, int j) {
        int replace = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
