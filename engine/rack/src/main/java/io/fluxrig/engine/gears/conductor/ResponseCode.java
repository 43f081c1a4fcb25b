package io.fluxrig.engine.gears.conductor;

import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.wire.DataElement;
import java.nio.charset.StandardCharsets;

/** What an answer's DE 39 says, as far as counters tell apart. */
enum ResponseCode {
    APPROVED,
    DECLINED,
    OTHER;

    private static final int ACTION_CODE_LENGTH = 3;

    /** ISO 8583:1987: approved; honour with identification; partly; approved (VIP). */
    private static final byte[][] APPROVALS = {ascii("00"), ascii("08"), ascii("10"), ascii("11")};

    /** ISO 8583:1993: action codes 000 to 099 approve. */
    static ResponseCode of(IsoMessage answer, byte[] scratch) {
        int length = answer.length(DataElement.RESPONSE_CODE);
        if (length < 0) {
            return OTHER;
        }
        if (length == ACTION_CODE_LENGTH) {
            answer.copyTo(DataElement.RESPONSE_CODE, scratch, 0);
            return scratch[0] == '0' ? APPROVED : DECLINED;
        }
        for (byte[] approval : APPROVALS) {
            if (answer.valueEquals(DataElement.RESPONSE_CODE, approval)) {
                return APPROVED;
            }
        }
        return DECLINED;
    }

    void count(ConductorMetrics metrics) {
        switch (this) {
            case APPROVED -> metrics.approved.increment();
            case DECLINED -> metrics.declined.increment();
            case OTHER -> metrics.otherAnswers.increment();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
