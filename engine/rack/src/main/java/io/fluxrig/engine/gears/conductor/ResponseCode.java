package io.fluxrig.engine.gears.conductor;

import io.fluxrig.iso.codec.IsoMessage;
import java.nio.charset.StandardCharsets;

/** What an answer's DE 39 says, as far as counters tell apart. */
enum ResponseCode {
    APPROVED,
    DECLINED,
    OTHER;

    private static final int FIELD = 39;
    private static final byte[] OK_1987 = "00".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OK_1993 = "000".getBytes(StandardCharsets.US_ASCII);

    static ResponseCode of(IsoMessage answer) {
        if (!answer.has(FIELD)) {
            return OTHER;
        }
        return answer.valueEquals(FIELD, OK_1987) || answer.valueEquals(FIELD, OK_1993) ? APPROVED : DECLINED;
    }

    void count(ConductorMetrics metrics) {
        switch (this) {
            case APPROVED -> metrics.approved.increment();
            case DECLINED -> metrics.declined.increment();
            case OTHER -> metrics.otherAnswers.increment();
        }
    }
}
