package io.fluxrig.iso.check;

import io.fluxrig.iso.codec.FieldSet;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.rule.Condition;
import io.fluxrig.perf.buffer.Bytes;

/**
 * What is left to look at in messages of one type with just these fields, once all is set aside that the bitmap decides: most
 * messages of a sender have one of a few bitmaps. Learnt from a message and used for those like it; its arrays have room for
 * everything, so that learning allocates nothing.
 */
final class BitmapRules {
    final Violation[] certain;
    final UsageRule[] usages;
    final int[] fields;
    final int[] parts;
    final Condition[] checks;
    final Violation[] unmet;
    int certainCount;
    int usageCount;
    int fieldCount;
    int partCount;
    int checkCount;
    private boolean learnt;
    private int mti;
    private final long[] words = new long[FieldSet.WORDS];

    BitmapRules(int usagesMax, int fieldsMax, int partsMax, int checksMax) {
        certain = new Violation[FieldSet.WORDS * Long.SIZE + 1];
        usages = new UsageRule[usagesMax];
        fields = new int[fieldsMax];
        parts = new int[partsMax];
        checks = new Condition[checksMax];
        unmet = new Violation[checksMax];
    }

    /** A number that messages of one type and bitmap share, and few others. */
    static long hash(IsoMessage message) {
        long hash = message.mti();
        for (int word = 0; word < FieldSet.WORDS; word++) {
            hash = Bytes.mix64(hash ^ FieldSet.all(message, word));
        }
        return hash;
    }

    boolean isFor(IsoMessage message) {
        return learnt
                && mti == message.mti()
                && words[0] == FieldSet.all(message, 0)
                && words[1] == FieldSet.all(message, 1)
                && words[2] == FieldSet.all(message, 2);
    }

    /** Forgets what it knows, to learn of a message. */
    void begin(IsoMessage message) {
        learnt = true;
        mti = message.mti();
        for (int word = 0; word < FieldSet.WORDS; word++) {
            words[word] = FieldSet.all(message, word);
        }
        certainCount = 0;
        usageCount = 0;
        fieldCount = 0;
        partCount = 0;
        checkCount = 0;
    }
}
