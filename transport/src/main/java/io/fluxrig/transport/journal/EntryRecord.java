package io.fluxrig.transport.journal;

/**
 * The layout of a record of an {@link EntryLog}, in a ring and in a {@link Block}: what it does to its entry stands in the flags, the
 * rest in the body.
 *
 * <pre>
 *   flags  bits 2 and 3: 1 opens, 2 adds, 3 ends
 *   body   0  8  id of the entry
 *          8     bytes; none where it ends
 * </pre>
 *
 * <p>Numbers are big-endian. Static and stateless.
 */
final class EntryRecord {
    static final int OPENS = 1 << 2;
    static final int ADDS = 2 << 2;
    static final int ENDS = 3 << 2;
    static final int ID_LENGTH = 8;

    static final int KIND_MASK = 3 << 2;

    private EntryRecord() {}
}
