package io.fluxrig.transport.journal.store;

import io.fluxrig.transport.ends.StripEnds;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The numbers of one journal.
 *
 * @param folder its own folder; made if absent
 * @param identity names the wire, unique in the rack; part of every seal, so that a record cannot move to another journal
 * @param sync when the promise holds
 * @param segmentBytes size of a segment file, reserved whole before its first byte is written
 * @param segmentAgeNs a segment that holds records is closed at this age
 * @param backlogBytes all segment files together; with this much waiting the sender is held back
 * @param retainNs how long a segment stays once everything in it is acknowledged
 * @param freeBytesMin free space that must remain on the disk when a segment is reserved
 * @param ringBytes capacity of the ring from each strip, a power of two; a record is at most an eighth of it
 * @param stallNs how long a journal that is full, or whose disk does not answer, holds the sender back before it refuses
 * @param onDamage what to do about damage found at start
 */
public record JournalSettings(
        Path folder,
        String identity,
        SyncMode sync,
        long segmentBytes,
        long segmentAgeNs,
        long backlogBytes,
        long retainNs,
        long freeBytesMin,
        int ringBytes,
        long stallNs,
        DamagePolicy onDamage) {

    /** Smallest and largest segment. */
    public static final long SEGMENT_BYTES_MIN = 2L << 20;

    public static final long SEGMENT_BYTES_MAX = 1L << 30;

    /** Fewest segments: one to write, one to read, one that ends. */
    public static final int SEGMENTS_MIN = 3;

    /** Largest ring: its longest record fits one block. */
    public static final int RING_BYTES_MAX = StripEnds.RING_BYTES_MAX;

    public JournalSettings {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(sync, "sync");
        Objects.requireNonNull(onDamage, "onDamage");
        check("segmentBytes", segmentBytes, SEGMENT_BYTES_MIN, SEGMENT_BYTES_MAX);
        check("segmentAgeNs", segmentAgeNs, 1, Long.MAX_VALUE);
        check("backlogBytes", backlogBytes, SEGMENTS_MIN * segmentBytes, Long.MAX_VALUE);
        check("retainNs", retainNs, 0, Long.MAX_VALUE);
        check("freeBytesMin", freeBytesMin, 0, Long.MAX_VALUE);
        check("ringBytes", ringBytes, 1 << 12, RING_BYTES_MAX);
        check("stallNs", stallNs, 0, Long.MAX_VALUE);
    }

    /** The same, with something else done about damage. */
    public JournalSettings withOnDamage(DamagePolicy other) {
        return new JournalSettings(
                folder,
                identity,
                sync,
                segmentBytes,
                segmentAgeNs,
                backlogBytes,
                retainNs,
                freeBytesMin,
                ringBytes,
                stallNs,
                other);
    }

    private static void check(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + "=" + value + " min=" + min + " max=" + max);
        }
    }
}
