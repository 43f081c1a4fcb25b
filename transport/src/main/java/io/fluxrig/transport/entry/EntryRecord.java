package io.fluxrig.transport.entry;

/**
 * The layout of a record of an {@code EntryLog}, in a ring and in a {@code Block}: what it does to its entry stands in the flags, the
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
public final class EntryRecord {
    public static final int OPENS = 1 << 2;
    public static final int ADDS = 2 << 2;
    public static final int ENDS = 3 << 2;
    public static final int ID_LENGTH = 8;

    public static final int KIND_MASK = 3 << 2;

    private EntryRecord() {}
}
