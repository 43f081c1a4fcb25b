package io.fluxrig.load.net;

import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.load.LoadPlan;
import io.fluxrig.load.tally.AnswerCheck;
import io.fluxrig.load.tally.Tally;
import io.fluxrig.load.tally.Verdict;
import java.io.IOException;

/** Reads every answer that one loop's connections bring, holds it against its request and counts it. Loop's thread only. */
final class AnswerReader {
    private final RunClock clock;
    private final long warmupNs;
    private final SignOn signOn;
    private final Connections connections;
    private final Tally tally;
    private final AnswerCheck check;
    private final IsoCodec codec;
    private final IsoMessage answer = new IsoMessage();
    private long arrivedNs;

    /**
     * @param plan has the spec, and how long the warm-up is: answers that arrive before its end are counted, their latency is not
     * @param signOn null for none
     */
    AnswerReader(
            LoadPlan plan, RunClock clock, SignOn signOn, Connections connections, Tally tally, AnswerCheck check) {
        this.clock = clock;
        this.warmupNs = plan.warmupNs();
        this.signOn = signOn;
        this.connections = connections;
        this.tally = tally;
        this.check = check;
        this.codec = new IsoCodec(plan.wire().spec());
    }

    /** A read begins: the answers that end in its bytes came now. */
    void beginRead() {
        arrivedNs = clock.nowNs();
    }

    /** Checks one answer; the bytes are the caller's again when this returns. */
    void answer(LoadConnection connection, byte[] bytes, int offset, int length) {
        if (codec.decode(bytes, offset, length, answer) < 0) {
            tally.unreadable.increment();
        } else if (signOn != null && !connection.isReady() && signOn.isAnswer(answer)) {
            signedOn(connection);
        } else {
            judge(connection);
        }
    }

    private void signedOn(LoadConnection connection) {
        int stan = connection.signOnStan();
        if (signOn.accepts(answer, stan)) {
            connections.established(connection);
        } else {
            connections.failed(new IOException(signOn.refusal(answer, stan)));
        }
    }

    private void judge(LoadConnection connection) {
        Verdict verdict = check.judge(answer, connection.number(), arrivedNs, arrivedNs >= warmupNs);
        if (verdict == Verdict.RIGHT) {
            connection.answered();
        }
    }

    /** What a connection brings is no stream of frames: it is counted and closed. */
    void notAFrame(LoadConnection connection, String reason) {
        tally.unreadable.increment();
        connections.failed(new IOException("what arrives is no frame: " + reason));
        connection.close();
    }

    /** Zeroes the last answer and what was looked at of it. */
    void wipe() {
        answer.wipe();
        check.wipe();
    }
}
