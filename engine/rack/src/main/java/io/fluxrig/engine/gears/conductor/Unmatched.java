package io.fluxrig.engine.gears.conductor;

import java.util.Locale;

/** Why an answer redeems no ticket; all leave on {@code error} as {@code unmatched_reply}. */
enum Unmatched {
    /** Its request has timed out. */
    LATE("it came after the request's deadline; its terminal was declined; if code 00 the issuer approved: reverse it"),
    /** Its request was answered before. */
    DUPLICATE("its request was answered before"),
    /** No request has its key. */
    UNKNOWN("no request has its correlation_key"),
    /** The request of its key was sent to another destination, or differs in a value that an answer repeats. */
    FOREIGN("its request was sent to another destination, or differs in a value of confirm_fields (see hosts)"),
    /** Its spec says what it repeats of its request, and it does not. */
    INVALID("it does not repeat its request as the response_value in its spec says"),
    /** No request of its key is of a type that it answers. */
    WRONG_TYPE("its message type answers none of the requests with its key"),
    /** It is no answer: a host asks something itself, such as a sign-on. */
    REQUEST("it is a request of the host's own: wire a responder behind its decoder, whose pass leads to in_reply");

    private final String words;

    Unmatched(String words) {
        this.words = words;
    }

    /** For people. */
    String words() {
        return words;
    }

    /** As it stands in a metric's label. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
