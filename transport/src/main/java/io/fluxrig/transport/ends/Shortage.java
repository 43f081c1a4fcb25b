package io.fluxrig.transport.ends;

/**
 * Why a journal, or whoever else carries a wire, takes nothing at present.
 *
 * @param cause what it lacks
 * @param sinceEpochNs when that began, by the wall clock
 * @param refusing whether senders are refused by now; they are held back before
 * @param detail what the disk says, or how much of it is free; empty where the cause says it all
 */
public record Shortage(Cause cause, long sinceEpochNs, boolean refusing, String detail) {
    /** What is lacking. */
    public enum Cause {
        /** Space on the disk. */
        DISK_FULL("disk full"),
        /** Space on the disk beyond what {@code store.free_min_bytes} leaves to others. */
        FREE_MIN("store.free_min_bytes reached"),
        /** A file to write to, which the disk does not let be made though it has space. */
        NO_FILE("no file can be made"),
        /** A disk that answers: its thread hangs in a write, an fsync or the like. */
        NO_ANSWER("the disk does not answer"),
        /** Space within {@code store.backlog_bytes}. */
        BACKLOG("store.backlog_bytes reached"),
        /** A way out of the rack: nothing gets to NATS, or NATS does not take it. */
        NOTHING_LEAVES("nothing gets away"),
        /** A NATS that takes a message of that length: those behind it go on until as many wait as may be under way. */
        TOO_LONG("a message is longer than NATS takes"),
        /** Its thread, which has ended in a fault. */
        FAILED("failed");

        private final String words;

        Cause(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /** Whose cause says it all. */
    public Shortage(Cause cause, long sinceEpochNs, boolean refusing) {
        this(cause, sinceEpochNs, refusing, "");
    }

    /** Why, for people. */
    public String words() {
        return cause.words() + (detail.isEmpty() ? "" : " (" + detail + ")");
    }

    /** A fault that ended everything, now. */
    public static Shortage failed(long epochNs) {
        return failed(epochNs, true);
    }

    /**
     * A fault that ended something, now.
     *
     * @param refusing not where a journal takes messages on
     */
    public static Shortage failed(long epochNs, boolean refusing) {
        return new Shortage(Cause.FAILED, epochNs, refusing);
    }
}
