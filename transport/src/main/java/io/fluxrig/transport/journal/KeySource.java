package io.fluxrig.transport.journal;

/** Where the key of a rack's journals comes from: {@link KeyFile}, or later whoever holds the rack's passport. */
@FunctionalInterface
public interface KeySource {
    /** Length of a key: AES-256. */
    int KEY_LENGTH = 32;

    /**
     * The key, {@link #KEY_LENGTH} bytes, the same for the life of the rack's journals. The caller owns the array and wipes
     * it.
     *
     * @throws JournalException if there is none that may be used; the text says why and what to do
     */
    byte[] key() throws JournalException;
}
