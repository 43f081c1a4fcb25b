package io.fluxrig.engine.gears.conductor;

import java.util.Locale;

/** Why an answer redeems no ticket; all leave on {@code error} as {@code unmatched_reply}. */
enum Unmatched {
    /** Its request has timed out. */
    LATE(
            "it came after the request's deadline; its terminal was declined",
            "; if code 00 the issuer approved: reverse it"),
    /** Its request was answered before. */
    DUPLICATE("its request was answered before", ""),
    /** No request has its key; one that had it, and has timed out, may be forgotten by now. */
    UNKNOWN("no request has its correlation_key, or it came so late that its request is forgotten", Unmatched.MAYBE),
    /** The request of its key was sent to another destination, or differs in a value that an answer repeats. */
    FOREIGN(
            "its request was sent to another destination, or differs in a value of confirm_fields (see hosts)",
            Unmatched.MAYBE),
    /** Its spec says what it repeats of its request, and it does not. */
    INVALID("it does not repeat its request as the response_value in its spec says", Unmatched.MAYBE),
    /** No request of its key is of a type that it answers. */
    WRONG_TYPE("its message type answers none of the requests with its key", Unmatched.MAYBE),
    /** It is no answer: a host asks something itself, such as a sign-on. */
    REQUEST("it is a request of the host's own: wire a responder behind its decoder, whose pass leads to in_reply", "");

    private static final String MAYBE =
            "; if code 00 the issuer may have approved what its terminal is declined: find it in the"
                    + " issuer's books and reverse it";

    private final String words;
    private final String money;

    Unmatched(String words, String money) {
        this.words = words;
        this.money = money;
    }

    /**
     * For people.
     *
     * @param moves whether its type may move money: a sign-on or an echo does not
     */
    String words(boolean moves) {
        return moves ? words + money : words;
    }

    /** As it stands in a metric's label. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
