package io.fluxrig.engine.gears.io;

/** Why a connection ended: the label of its counter, the word in its log line and in {@code conn.down}. */
enum CloseReason {
    PEER_CLOSED("peer_closed", false),
    PEER_RESET("peer_reset", false),
    LENGTH_TOO_LARGE("length_too_large", true),
    BAD_FRAME("bad_frame", true),
    NOT_AN_MTI("not_an_mti", true),
    READ_TIMEOUT("read_timeout", true),
    WRITE_TIMEOUT("write_timeout", true),
    IDLE_TIMEOUT("idle_timeout", false),
    NOT_ALLOWED("not_allowed", true),
    TOO_MANY("too_many_connections", true),
    CONNECT_FAILED("connect_failed", false),
    TLS_FAILED("tls_failed", true),
    SIGNAL("signal", false),
    INTERNAL("internal_error", false),
    REPLACED("replaced", false),
    STOPPED("stopped", false);

    private final String label;
    private final boolean peersFault;

    CloseReason(String label, boolean peersFault) {
        this.label = label;
        this.peersFault = peersFault;
    }

    /** Whether this side closed it for something the peer did. */
    boolean isPeersFault() {
        return peersFault;
    }

    String label() {
        return label;
    }
}
