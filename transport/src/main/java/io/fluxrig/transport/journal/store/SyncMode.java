package io.fluxrig.transport.journal.store;

/** When a journal's promise holds: what must have happened before the sender is told yes. */
public enum SyncMode {
    /** Written to the page cache: survives the death of the process, not of the machine. */
    OS("os"),
    /** On the disk, with one fsync for all records that waited together. */
    GROUP("group"),
    /** On the disk, with an fsync of its own for every record. */
    EACH("each");

    private final String word;

    SyncMode(String word) {
        this.word = word;
    }

    /** As it stands in a scenario. */
    public String word() {
        return word;
    }

    /** The mode of that word; null for none. */
    public static SyncMode of(String word) {
        for (SyncMode mode : values()) {
            if (mode.word.equals(word)) {
                return mode;
            }
        }
        return null;
    }
}
