package io.fluxrig.engine.gears.conductor.correlation;

import io.fluxrig.iso.spec.MessageType;
import io.fluxrig.iso.spec.Spec;

/**
 * Which message types ask, which answer, and which answer belongs to which request (ISO 8583, message function and
 * origin). Types are decimal numbers: 0421 is 421.
 */
public final class MessageTypes {
    private MessageTypes() {}

    /** Whether the type answers another: its function, the third digit, is odd. */
    public static boolean isAnswer(int mti) {
        return (mti / 10 & 1) == 1;
    }

    /** A request's type with its repeat cleared, the same for all its sendings: 0420 of 0421. */
    public static int withoutRepeat(int mti) {
        return mti & ~1; // the origin is odd in a repeat, and so is the whole number
    }

    /**
     * How well an answer's type suits a request's: best as the answer's dialect pairs them in its catalog; then the same
     * version, class and origin with the function that follows the request's; then whatever the origin, since hosts answer
     * 0422 with 0430. 0 if it does not answer that request. A request's repeat is answered as the request is.
     */
    public static int pairing(int requestMti, int answerMti, Spec answerDialect) {
        int request = withoutRepeat(requestMti);
        MessageType type =
                answerDialect == null ? null : answerDialect.catalog().get(answerMti);
        if (type != null && type.pairsWith() == request) {
            return 3;
        }
        if (request + 10 == withoutRepeat(answerMti)) {
            return 2;
        }
        return request / 10 + 1 == answerMti / 10 && isAnswer(answerMti) ? 1 : 0;
    }
}
