package io.fluxrig.load;

import io.fluxrig.load.tally.AnswerClass;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a run found.
 *
 * @param startedEpochMs wall clock at the first message
 * @param sendingNs how long messages were sent
 * @param answeringNs until the last answer, or until waiting ended
 * @param transport kind of sockets
 * @param counts final counts; {@code open} are the lost
 * @param codes answers by response code
 * @param latency by class, from the intended time of sending, warm-up left out
 * @param headline approved and declined together
 * @param service as headline, from the actual time of sending
 * @param lag from intended to actual sending
 * @param seconds the run in intervals
 * @param brokenBy what a connection broke by, such as {@code connection reset}; empty if none broke
 * @param ending whether it took its whole time
 */
public record LoadResult(
        LoadPlan plan,
        long startedEpochMs,
        long sendingNs,
        long answeringNs,
        String transport,
        Counts counts,
        Map<String, Long> codes,
        Map<AnswerClass, Histogram> latency,
        Histogram headline,
        Histogram service,
        Histogram lag,
        List<Second> seconds,
        String brokenBy,
        Ending ending) {

    /** Why a run ended. */
    public enum Ending {
        /** Its time was over. */
        WHOLE,
        /** The user ended it. */
        STOPPED,
        /** No connection was left. */
        DISCONNECTED
    }

    /** Answers a second over the time of sending. */
    public double tps() {
        return sendingNs == 0 ? 0 : counts.answered() * 1e9 / sendingNs;
    }

    /** Messages that the schedule wanted; what was sent in a closed loop. */
    public long wanted() {
        return counts.sent() + counts.unsent();
    }
}
