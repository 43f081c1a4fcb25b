package io.fluxrig.transport.journal;

import io.fluxrig.perf.buffer.Bytes;

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

    private static final int KIND_MASK = 3 << 2;

    /** Sees the records of a block. */
    interface Visitor {
        /** One record; its bytes lie in {@code plain}, behind the id. */
        void record(int kind, long id, byte[] plain, int offset, int length);
    }

    private EntryRecord() {}

    /** Shows every record of a block's plain part. */
    static void each(byte[] plain, int plainLength, Visitor visitor) {
        int at = 0;
        while (at < plainLength) {
            int body = Bytes.intBe(plain, at);
            int kind = Bytes.intBe(plain, at + 4) & KIND_MASK;
            int bodyAt = at + Block.RECORD_HEADER_LENGTH;
            visitor.record(kind, Bytes.longBe(plain, bodyAt), plain, bodyAt + ID_LENGTH, body - ID_LENGTH);
            at = bodyAt + body;
        }
    }
}
