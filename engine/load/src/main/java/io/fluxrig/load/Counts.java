package io.fluxrig.load;

import io.fluxrig.load.net.LoadLoop;
import io.fluxrig.load.tally.AnswerClass;
import io.fluxrig.load.tally.Tally;
import java.util.Collection;

/**
 * The counts of a run, all loops together, at one moment.
 *
 * @param sent requests handed to a socket
 * @param approved first right answers with a code that approves, see {@link AnswerClass#APPROVED}
 * @param declined with any other code
 * @param timeouts with a code that says that no issuer answered, see {@link AnswerClass#TIMEOUT}
 * @param open requests not answered (yet); at the end of a run these are lost
 * @param crossWired answers that belong to another connection, card or reference
 * @param duplicates second answers
 * @param unknown answers to what was never sent
 * @param wrongType answers whose MTI does not pair
 * @param unreadable answers that are no frames or no messages of the spec, or have no response code
 * @param disconnects connections lost
 * @param late right answers after the deadline
 * @param unsent due within the run, but never sent for want of room in flight
 * @param refused of the timeouts, those told at once: nobody was waited for, see {@link AnswerClass#AT_ONCE_NS}
 * @param cutOff of the requests not answered, those whose connection the other side closed or reset
 */
public record Counts(
        long sent,
        long approved,
        long declined,
        long timeouts,
        long open,
        long crossWired,
        long duplicates,
        long unknown,
        long wrongType,
        long unreadable,
        long disconnects,
        long late,
        long unsent,
        long refused,
        long cutOff) {

    static Counts of(Collection<LoadLoop> loops) {
        long[] sums = new long[15];
        for (LoadLoop loop : loops) {
            Tally tally = loop.tally();
            add(
                    sums,
                    tally.sent.get(),
                    tally.answers.get(AnswerClass.APPROVED).get(),
                    tally.answers.get(AnswerClass.DECLINED).get(),
                    tally.answers.get(AnswerClass.TIMEOUT).get(),
                    loop.table().open(),
                    tally.crossWired.get(),
                    tally.duplicates.get(),
                    tally.unknown.get(),
                    tally.wrongType.get(),
                    tally.unreadable.get(),
                    tally.disconnects.get(),
                    tally.late.get(),
                    tally.unsent.get(),
                    tally.refused.get(),
                    tally.cutOff.get());
        }
        return new Counts(
                sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7], sums[8], sums[9], sums[10],
                sums[11], sums[12], sums[13], sums[14]);
    }

    private static void add(long[] sums, long... values) {
        for (int i = 0; i < values.length; i++) {
            sums[i] += values[i];
        }
    }

    /** Requests answered once and rightly. */
    public long answered() {
        return approved + declined + timeouts;
    }

    /** Answers and connections that went wrong otherwise than by the wrong or a second answer. */
    public long errors() {
        return strays() + disconnects;
    }

    /** Answers that are wrong in themselves. */
    public long strays() {
        return unknown + wrongType + unreadable;
    }

    /** Whether every request was answered exactly once, on its own connection, with its own numbers. */
    public boolean exact() {
        return open == 0 && crossWired == 0 && duplicates == 0 && answered() == sent;
    }
}
