package io.fluxrig.iso.codec;

import io.fluxrig.perf.buffer.Bytes;

/**
 * Keeps a plan for each bitmap that keeps coming. A plan is made when a bitmap is seen a second time in its place, and
 * displaces another only after {@link #DISPLACE_AFTER} misses in a row, so that a sender of ever new bitmaps costs no
 * memory and hardly any time. Owned by one decoder.
 */
final class PlanCache {

    private static final int PLACES = 128;
    private static final int DISPLACE_AFTER = 1024;

    private final FieldTable table;
    private final BitmapPlan[] plans = new BitmapPlan[PLACES];
    private final long[] candidates = new long[PLACES];
    private final int[] misses = new int[PLACES];
    private BitmapPlan last;

    PlanCache(FieldTable table) {
        this.table = table;
    }

    /** The plan used last if it is for this bitmap, or null. */
    BitmapPlan recent(long[] words) {
        return last != null && last.isFor(words) ? last : null;
    }

    /** The plan for a bitmap of fields that are all defined, or null if it is to be walked field by field. */
    BitmapPlan find(long[] words) {
        long hash = Bytes.mix64(words[0] ^ Bytes.mix64(words[1] ^ Bytes.mix64(words[2])));
        int place = (int) hash & PLACES - 1;
        BitmapPlan plan = plans[place];
        if (plan == null || !plan.isFor(words)) {
            plan = candidate(hash, place, words, plan == null);
        }
        last = plan == null ? last : plan;
        return plan;
    }

    private BitmapPlan candidate(long hash, int place, long[] words, boolean free) {
        boolean again = candidates[place] == hash;
        candidates[place] = hash;
        misses[place] = again ? misses[place] + 1 : 0;
        if (!again || !free && misses[place] < DISPLACE_AFTER) {
            return null;
        }
        misses[place] = 0;
        plans[place] = new BitmapPlan(table, words);
        return plans[place];
    }
}
