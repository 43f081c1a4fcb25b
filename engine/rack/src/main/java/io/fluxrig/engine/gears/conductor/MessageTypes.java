package io.fluxrig.engine.gears.conductor;

import io.fluxrig.iso.spec.MessageType;
import io.fluxrig.iso.spec.Spec;

/** Which message types ask, which answer, and which answer belongs to which request (ISO 8583, message function). */
final class MessageTypes {
    private MessageTypes() {}

    /** Whether the type answers another: its function, the third digit, is odd. */
    static boolean isAnswer(int mti) {
        return (mti / 10 & 1) == 1;
    }

    /**
     * Whether an answer's type belongs to a request's: same version and class, and the function that follows the request's,
     * whoever the origin; or what the dialect's catalog says.
     */
    static boolean pairs(int requestMti, int answerMti, Spec answerDialect) {
        if (requestMti / 100 == answerMti / 100 && requestMti / 10 % 10 + 1 == answerMti / 10 % 10) {
            return true;
        }
        MessageType type =
                answerDialect == null ? null : answerDialect.catalog().get(answerMti);
        return type != null && type.pairsWith() == requestMti;
    }
}
