package io.fluxrig.engine.gears.responder;

import io.fluxrig.iso.spec.MessageType;
import io.fluxrig.iso.spec.Spec;
import java.util.Arrays;

/**
 * The message type of an answer.
 *
 * <pre>
 *   0100 -> 0110    0101 (repeat) -> 0110    0420 -> 0430    0421 -> 0430    0800 -> 0810    1804 -> 1814
 *      ||
 *      |+- origin: a repeat's last bit is dropped
 *      +-- function: even asks, the odd number above it answers
 * </pre>
 *
 * A catalog that says {@code pairs_with} decides instead. Remembers what it found for one dialect. Strip thread only.
 */
final class ResponseMti {

    private static final int MTIS = 10_000;

    private final short[] answers = new short[MTIS];
    private Spec spec;

    /** Whether messages of that type answer others, and so are never answered. */
    static boolean isAnswer(int mti) {
        return (mti / 10 & 1) != 0;
    }

    /** @param dialect whose catalog is asked, may be null */
    @SuppressWarnings(
            "ReferenceEquality") // a dialect is one object; comparing what two say would cost more than asking
    int of(int requestMti, Spec dialect) {
        if (dialect != spec) {
            Arrays.fill(answers, (short) 0);
            spec = dialect;
        }
        if (answers[requestMti] == 0) {
            answers[requestMti] = (short) find(requestMti);
        }
        return answers[requestMti];
    }

    private int find(int requestMti) {
        MessageType type = spec == null ? null : spec.catalog().get(requestMti);
        if (type != null && type.pairsWith() > 0) {
            return type.pairsWith();
        }
        int function = requestMti / 10 % 10;
        int origin = requestMti % 10;
        return requestMti / 100 * 100 + (function | 1) * 10 + (origin & ~1);
    }
}
