package io.fluxrig.transport.journal.entry;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.entry.EntryRecord;
import io.fluxrig.transport.journal.store.Block;

/** Reads the records of an {@link EntryLog} out of a {@link Block}'s plain part. Static and stateless. */
final class EntryBlocks {

    /** Sees the records of a block. */
    interface Visitor {
        /** One record; its bytes lie in {@code plain}, behind the id. */
        void record(int kind, long id, byte[] plain, int offset, int length);
    }

    private EntryBlocks() {}

    /** Shows every record of a block's plain part. */
    static void each(byte[] plain, int plainLength, Visitor visitor) {
        int at = 0;
        while (at < plainLength) {
            int body = Bytes.intBe(plain, at);
            int kind = Bytes.intBe(plain, at + 4) & EntryRecord.KIND_MASK;
            int bodyAt = at + Block.RECORD_HEADER_LENGTH;
            visitor.record(
                    kind,
                    Bytes.longBe(plain, bodyAt),
                    plain,
                    bodyAt + EntryRecord.ID_LENGTH,
                    body - EntryRecord.ID_LENGTH);
            at = bodyAt + body;
        }
    }
}
