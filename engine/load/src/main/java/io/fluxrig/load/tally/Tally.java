package io.fluxrig.load.tally;

import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.latency.LatencyRecorder;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Everything one loop counts. Written by that loop, read by the sampler at any time. */
public final class Tally {
    /** Requests handed to a socket. */
    public final Counter sent = new Counter();
    /** Messages that were due within the run but for which there was no room in flight until it ended. */
    public final Counter unsent = new Counter();
    /** First right answers, by class. */
    public final Map<AnswerClass, Counter> answers = new EnumMap<>(AnswerClass.class);
    /** Answers on a connection that did not ask, or with another request's card, terminal or reference. */
    public final Counter crossWired = new Counter();
    /** Second answers to a request. */
    public final Counter duplicates = new Counter();
    /** Answers with a STAN that was never sent. */
    public final Counter unknown = new Counter();
    /** Answers whose MTI does not pair with the request's. */
    public final Counter wrongType = new Counter();
    /** Answers that the spec cannot read or that have no response code, or no frames at all. */
    public final Counter unreadable = new Counter();
    /** Connections lost while the run went on. */
    public final Counter disconnects = new Counter();
    /** Requests that were open on a connection when the other side closed or reset it. */
    public final Counter cutOff = new Counter();
    /** Timeouts that were told within {@link AnswerClass#AT_ONCE_NS}: nobody was waited for. */
    public final Counter refused = new Counter();
    /** Right answers that came after the user's deadline. */
    public final Counter late = new Counter();

    public final ResponseCodes codes;

    /** What the first connection that broke broke by; empty while none did. */
    private volatile String brokenBy = "";

    /** From the intended time of sending to the answer, by class: corrected for coordinated omission. */
    public final Map<AnswerClass, LatencyRecorder> latency = new EnumMap<>(AnswerClass.class);
    /** From the actual sending to the answer, timeouts left out: what a closed-loop tool would have shown. */
    public final LatencyRecorder service = new LatencyRecorder();
    /** From the intended to the actual time of sending: how far the tool, or the room in flight, fell behind. */
    public final LatencyRecorder lag = new LatencyRecorder();

    public Tally(Set<String> timeoutCodes) {
        codes = new ResponseCodes(timeoutCodes);
        for (AnswerClass answerClass : AnswerClass.values()) {
            answers.put(answerClass, new Counter());
            latency.put(answerClass, new LatencyRecorder());
        }
    }

    /** A connection broke; only the first reason is kept. Called by the loop. */
    public void broken(String reason) {
        if (brokenBy.isEmpty()) {
            brokenBy = reason;
        }
    }

    /** What the first connection that broke broke by; empty if the other side only closed them. Any thread. */
    public String brokenBy() {
        return brokenBy;
    }

    /** First right answers, of all classes. */
    public long answered() {
        long sum = 0;
        for (Counter counter : answers.values()) {
            sum += counter.get();
        }
        return sum;
    }

    /** Answers that are wrong in themselves. */
    public long errors() {
        return unknown.get() + wrongType.get() + unreadable.get() + disconnects.get();
    }
}
