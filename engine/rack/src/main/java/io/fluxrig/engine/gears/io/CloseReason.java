package io.fluxrig.engine.gears.io;

/** Why a connection ended: the label of its counter, the word in its log line and in {@code conn.down}. */
enum CloseReason {
    PEER_CLOSED("peer_closed"),
    PEER_RESET("peer_reset"),
    LENGTH_TOO_LARGE("length_too_large"),
    BAD_FRAME("bad_frame"),
    NOT_AN_MTI("not_an_mti"),
    READ_TIMEOUT("read_timeout"),
    WRITE_TIMEOUT("write_timeout"),
    IDLE_TIMEOUT("idle_timeout"),
    NOT_ALLOWED("not_allowed"),
    TOO_MANY("too_many_connections"),
    CONNECT_FAILED("connect_failed"),
    TLS_FAILED("tls_failed"),
    SIGNAL("signal"),
    INTERNAL("internal_error"),
    STOPPED("stopped");

    private final String label;

    CloseReason(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
