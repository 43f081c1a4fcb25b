package io.fluxrig.engine.gear;

/** What became of a message that was handed on: expected outcomes are values, never exceptions. */
public final class Outcome {
    /**
     * Taken: it will end in an output, on an error port or in a counter, while the process lives. Over a durable wire: on its
     * way to the disk; {@link Receipts} tell when its promise holds.
     */
    public static final int ACCEPTED = 0;
    /** A ring or an outbound buffer is full; nothing was taken, the sender may try elsewhere. */
    public static final int FULL = -1;
    /** No connection that could carry it is up; nothing was taken. */
    public static final int LINK_DOWN = -2;
    /** The message itself cannot be handled (it does not encode, say); counted and reported where it was refused. */
    public static final int REFUSED = -3;
    /** The output leads nowhere in this scenario. */
    public static final int NOT_WIRED = -4;
    /** The gear is draining and takes no new work. */
    public static final int DRAINING = -5;
    /**
     * It answers a connection of another gear, and is that one's to send: nothing was taken, nothing is wrong. Where an output is
     * wired to several I/O gears, all but one say this of an answer.
     */
    public static final int ELSEWHERE = -6;

    /** The connection that it answers is gone, and whoever asked with it: nothing was taken, and no other try can help. */
    public static final int GONE = -7;

    /**
     * What carries it has had no room for longer than anybody should be held back, or has failed; nothing was taken, the sender is to be
     * told.
     */
    public static final int STALLED = -8;

    /** How many there are; the last is {@code 1 - COUNT}. */
    public static final int COUNT = 9;

    private Outcome() {}

    /** Whether there was no room for a message, which can be taken later, or elsewhere. */
    public static boolean isWithoutRoom(int outcome) {
        return outcome == FULL || outcome == STALLED;
    }

    /** Whether the connection that a message answers is not there, or not among those that could be asked. */
    public static boolean isGone(int outcome) {
        return outcome == LINK_DOWN || outcome == ELSEWHERE || outcome == GONE;
    }

    /** The outcome's name for a log line or a metric label. */
    public static String name(int outcome) {
        return switch (outcome) {
            case ACCEPTED -> "accepted";
            case FULL -> "full";
            case LINK_DOWN -> "link_down";
            case REFUSED -> "refused";
            case NOT_WIRED -> "not_wired";
            case DRAINING -> "draining";
            case ELSEWHERE -> "elsewhere";
            case GONE -> "gone";
            case STALLED -> "stalled";
            default -> "unknown";
        };
    }
}
