package io.fluxrig.load.net;

import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.wire.DataElement;
import io.fluxrig.iso.wire.WireSpec;
import io.fluxrig.load.tally.AnswerCheck;
import io.fluxrig.load.tally.Tally;
import java.io.IOException;

/** What one loop's connections bring: reads every answer, holds it against its request and counts it. Loop's thread only. */
final class Arrivals {
    private static final int SIGN_ON_ANSWER = 810;

    private final RunClock clock;
    private final long warmupNs;
    private final Connections connections;
    private final Tally tally;
    private final AnswerCheck check;
    private final IsoCodec codec;
    private final IsoMessage answer = new IsoMessage();
    private long arrivedNs;

    /** @param warmupNs answers that arrive before are counted, their latency is not */
    Arrivals(RunClock clock, long warmupNs, WireSpec spec, Connections connections, Tally tally, AnswerCheck check) {
        this.clock = clock;
        this.warmupNs = warmupNs;
        this.connections = connections;
        this.tally = tally;
        this.check = check;
        this.codec = new IsoCodec(spec);
    }

    /** A read has brought bytes: the answers that end in them came now. */
    void read() {
        arrivedNs = clock.nowNs();
    }

    /** Checks one answer; the bytes are the caller's again when this returns. */
    void answer(LoadConnection connection, byte[] bytes, int offset, int length) {
        if (codec.decode(bytes, offset, length, answer) < 0) {
            tally.unreadable.increment();
        } else if (answer.mti() == SIGN_ON_ANSWER && !connection.isReady()) {
            connections.signedOn(connection, answer.text(DataElement.RESPONSE_CODE));
        } else {
            judge(connection);
        }
    }

    private void judge(LoadConnection connection) {
        switch (check.judge(answer, connection.number(), arrivedNs, arrivedNs >= warmupNs)) {
            case RIGHT -> connection.answered();
            case CROSS_WIRED, DUPLICATE, UNKNOWN, WRONG_TYPE -> {}
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
