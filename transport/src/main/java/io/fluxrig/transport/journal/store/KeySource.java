package io.fluxrig.transport.journal.store;

import java.util.List;

/** Where the keys of a rack's journals come from: a {@link KeyFile}, or the mixer that admitted the rack. */
@FunctionalInterface
public interface KeySource {
    /** Length of a key: AES-256. */
    int KEY_LENGTH = 32;

    /**
     * The key that seals, {@link #KEY_LENGTH} bytes. What it has sealed must be opened at later starts: it is the same then, or
     * one of {@link #others}. The caller owns the array and wipes it.
     *
     * @throws JournalException if there is none that may be used; the text says why and what to do
     */
    byte[] key() throws JournalException;

    /**
     * Keys that have sealed before, and open still. The caller owns the arrays and wipes them.
     *
     * @throws JournalException if one cannot be read; the text says why and what to do
     */
    default List<byte[]> others() throws JournalException {
        return List.of();
    }
}
