package io.fluxrig.transport.journal.store;

import io.fluxrig.perf.buffer.Bytes;

/** The block that a {@link BlockStore} has read last, as it stands in the log, and opened. The journal's thread only. */
final class ReadBlock {
    private final Seal seal;
    private final byte[] sealed = new byte[Block.LENGTH_MAX];
    private byte[] plain = new byte[Block.PLAIN_LENGTH_MAX];
    private int plainLength;
    private int length;
    private boolean sound;
    private int count;
    private long firstSequence;
    private long opening;
    private String fault = "";

    ReadBlock(Seal seal) {
        this.seal = seal;
    }

    /** Where the log puts a document that is to be opened. */
    byte[] sealed() {
        return sealed;
    }

    /** Wipes what was opened. */
    void clear() {
        sound = false;
        length = 0;
        Bytes.wipe(plain, 0, plainLength);
        plainLength = 0;
    }

    /** Opens what {@link #sealed} holds; false, with {@link #fault}, if it is no block or its seal is broken. */
    boolean open(int documentLength) {
        length = documentLength;
        if (length < 0 || !Block.plausible(sealed, length)) {
            fault = "no block (length=" + length + ")";
            return false;
        }
        firstSequence = Block.firstSequence(sealed);
        opening = Block.opening(sealed);
        count = Block.count(sealed);
        if (!opens()) {
            fault = "the seal of sequences " + firstSequence + " to " + (firstSequence + count - 1) + " is broken";
            return false;
        }
        if (!Block.holdsRecords(plain, plainLength, count)) {
            fault = "the seal of sequences " + firstSequence + " to " + (firstSequence + count - 1)
                    + " is sound, and what was sealed are no messages: the machine that sealed it computed wrongly";
            return false;
        }
        sound = true;
        return true;
    }

    /** Whether what {@link #sealed} holds is the block with that tag; it is opened to see that, and not to be used. */
    boolean is(byte[] tag, int documentLength) {
        length = documentLength;
        return length > 0
                && Block.plausible(sealed, length)
                && Bytes.equal(sealed, length - Block.TAG_LENGTH, tag, 0, Block.TAG_LENGTH)
                && opens();
    }

    private boolean opens() {
        int opened = seal.open(sealed, length, plain);
        plainLength = Math.max(0, opened);
        return opened >= 0;
    }

    /** It is the block that was appended last. */
    void take(FreshBlock fresh) {
        plain = fresh.take(plain);
        plainLength = fresh.length();
        count = fresh.count();
        firstSequence = fresh.firstSequence();
        opening = seal.opening();
    }

    /** Whether it is a block, and its seal is sound. */
    boolean sound() {
        return sound;
    }

    /** What is wrong where it is not. */
    String fault() {
        return fault;
    }

    /** As {@link Block#lacksSectors}. */
    boolean lacksSectors(long offset) {
        return Block.lacksSectors(sealed, length, offset);
    }

    /** Bytes of the document. */
    int length() {
        return length;
    }

    /** The records; valid until it is cleared. */
    byte[] plain() {
        return plain;
    }

    int plainLength() {
        return plainLength;
    }

    int count() {
        return count;
    }

    long firstSequence() {
        return firstSequence;
    }

    long lastSequence() {
        return firstSequence + count - 1;
    }

    /** Which opening of the journal wrote it. */
    long opening() {
        return opening;
    }

    void wipe() {
        Bytes.wipe(plain);
    }
}
