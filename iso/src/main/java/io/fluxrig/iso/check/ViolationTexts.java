package io.fluxrig.iso.check;

import java.util.Arrays;

/**
 * Texts of the combinations of violations that came lately, so that a terminal which errs the same way all day costs no
 * garbage. Of {@link #SLOTS} places each combination has one, and takes it from whoever was there.
 */
final class ViolationTexts {
    private static final int SLOTS = 64;

    private final Violation[][] combinations = new Violation[SLOTS][];
    private final int[] counts = new int[SLOTS];
    private final String[] texts = new String[SLOTS];

    String of(Violation[] found, int told, int count) {
        int slot = slot(found, told, count);
        if (!isSame(combinations[slot], found, told) || counts[slot] != count) {
            combinations[slot] = Arrays.copyOf(found, told);
            counts[slot] = count;
            texts[slot] = text(found, told, count);
        }
        return texts[slot];
    }

    private static int slot(Violation[] found, int told, int count) {
        int hash = count;
        for (int i = 0; i < told; i++) {
            hash = 31 * hash + System.identityHashCode(found[i]);
        }
        return (hash ^ hash >>> 16) & SLOTS - 1;
    }

    @SuppressWarnings("ReferenceEquality") // each violation is made once, when its rule is compiled
    private static boolean isSame(Violation[] known, Violation[] found, int told) {
        boolean same = known != null && known.length == told;
        for (int i = 0; same && i < told; i++) {
            same = known[i] == found[i];
        }
        return same;
    }

    private static String text(Violation[] found, int told, int count) {
        StringBuilder text = new StringBuilder(32 * told);
        for (int i = 0; i < told; i++) {
            text.append(i == 0 ? "" : "; ").append(found[i]);
        }
        return count > told ? text + "; and " + (count - told) + " more" : text.toString();
    }
}
