package io.fluxrig.transport.journal.thread;

/** Is shown what a journal's thread has written. That thread only. */
public interface WrittenBlocks {

    /**
     * A block was written.
     *
     * @param plain its records, borrowed for the call
     * @param segment into which
     */
    void written(byte[] plain, int length, int segment);
}
