package io.fluxrig.iso.codec;

/**
 * What is known of each DE as one bit a field, 64 to a word, DE 1 in the top bit of the first: as bitmaps have it.
 */
final class FieldBits {

    static final int WORDS = 3;

    /** The fields that are there. */
    final long[] present = new long[WORDS];

    /** The fields that came, whatever became of them. */
    final long[] arrived = new long[WORDS];

    /** The fields set or unset since. */
    final long[] touched = new long[WORDS];

    /** Where each step of the plan began. */
    final int[] bases = new int[Slots.FIELDS];

    /** What the message was walked by; null if field by field. */
    BitmapPlan plan;

    /** The fields whose slots the plan still has to fill. */
    private final long[] unfilled = new long[WORDS];

    void clear() {
        for (int word = 0; word < WORDS; word++) {
            present[word] = 0;
            arrived[word] = 0;
            touched[word] = 0;
            unfilled[word] = 0;
        }
    }

    /** What is present came by this plan. */
    void arrive(BitmapPlan walked) {
        if (plan != walked) { // a store of a reference costs more than this question
            plan = walked;
        }
        for (int word = 0; word < WORDS; word++) {
            arrived[word] = present[word];
            unfilled[word] = walked == null ? 0 : walked.inRuns[word];
        }
    }

    void copyFrom(FieldBits other) {
        for (int word = 0; word < WORDS; word++) {
            present[word] = other.present[word];
            arrived[word] = other.arrived[word];
            touched[word] = other.touched[word];
            unfilled[word] = other.unfilled[word];
        }
        System.arraycopy(other.bases, 0, bases, 0, bases.length);
        plan = other.plan;
    }

    static int word(int field) {
        return field - 1 >> 6;
    }

    static long bit(int field) {
        return Long.MIN_VALUE >>> (field - 1 & 63);
    }

    boolean has(int field) {
        return (present[word(field)] & bit(field)) != 0;
    }

    void add(int field) {
        present[word(field)] |= bit(field);
    }

    void remove(int field) {
        present[word(field)] &= ~bit(field);
    }

    /** Takes that field and all above it for absent. */
    void keepBelow(int field) {
        int last = word(field);
        present[last] &= ~(-1L >>> (field - 1 & 63));
        for (int word = last + 1; word < WORDS; word++) {
            present[word] = 0;
        }
    }

    void touch(int field) {
        touched[word(field)] |= bit(field);
    }

    /** Whether a field's slot is still to be filled. */
    boolean isUnfilled(int field) {
        return (unfilled[word(field)] & bit(field)) != 0;
    }

    /** Whether a field's slot is still to be filled; after this it is not. */
    boolean takeUnfilled(int field) {
        boolean still = (unfilled[word(field)] & bit(field)) != 0;
        if (still) {
            unfilled[word(field)] &= ~bit(field);
        }
        return still;
    }

    /** The next field present above this one, or -1. */
    int next(int after) {
        return next(present, after);
    }

    /** The next field that came above this one, or -1. */
    int nextArrived(int after) {
        return next(arrived, after);
    }

    private static int next(long[] words, int after) {
        int word = after >> 6;
        if (after >= Slots.FIELDS - 1) {
            return -1;
        }
        long rest = words[word] & -1L >>> (after & 63);
        while (rest == 0) {
            if (++word == WORDS) {
                return -1;
            }
            rest = words[word];
        }
        return first(word, rest);
    }

    /** The lowest field of a word's bits, of which there is one. */
    static int first(int word, long bits) {
        return (word << 6) + Long.numberOfLeadingZeros(bits) + 1;
    }
}
