package io.fluxrig.transport.entry;

import io.fluxrig.perf.buffer.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry that was opened and not ended when its run of the rack did.
 *
 * @param records what it was opened with, then what was added, in order; the owner wipes them
 */
public record OpenEntry(long id, List<byte[]> records) {

    /** An entry of one record. */
    public static OpenEntry of(long id, byte[] first) {
        List<byte[]> records = new ArrayList<>(3);
        records.add(first);
        return new OpenEntry(id, records);
    }

    /** Zeroes all of it. */
    public void wipe() {
        records.forEach(Bytes::wipe);
    }
}
