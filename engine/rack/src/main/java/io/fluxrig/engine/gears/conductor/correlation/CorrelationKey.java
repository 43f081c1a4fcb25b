package io.fluxrig.engine.gears.conductor.correlation;

import io.fluxrig.engine.gears.conductor.field.NamedPaths;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.perf.buffer.Bytes;
import java.util.List;

/**
 * Reads the values by which a request and its answer find each other.
 *
 * <pre>
 *   key bytes  | length (2) | value | length (2) | value | ...    canonical values, in the order of correlation_key
 * </pre>
 *
 * The bytes are this object's own and hold until the next read; {@link #wipe} zeroes them. Strip thread only; allocates
 * nothing.
 */
public final class CorrelationKey {
    /** Bytes of a key at most; a request with a longer one has none. */
    static final int LENGTH_MAX = 512;
    /** What {@link #read} returns where a value is missing or the key is too long. */
    public static final int NO_KEY = -1;

    private static final int LENGTH_BYTES = 2;
    private static final int MTI_CLASS_LENGTH = 2;

    private final NamedPaths paths;
    private final byte[] bytes = new byte[LENGTH_MAX];
    private int length;

    /** @param names aliases, paths or {@code iso8583.mti_class}, in the order of the key */
    public CorrelationKey(List<String> names) {
        paths = new NamedPaths(names);
    }

    /** Reads the key of a message: its length, or {@link #NO_KEY}. */
    public int read(IsoPayload payload) {
        IsoMessage message = payload.message();
        FieldPath[] resolved = paths.of(payload.spec());
        length = 0;
        for (int i = 0; i < resolved.length; i++) {
            int at = length + LENGTH_BYTES;
            int room = LENGTH_MAX - at;
            int valueLength = paths.isMtiClass(i) ? mtiClass(message, at, room) : value(message, resolved[i], at, room);
            if (valueLength < 0 || valueLength > room) {
                return NO_KEY;
            }
            Bytes.putShortBe(bytes, length, valueLength);
            length = at + valueLength;
        }
        return length;
    }

    /** The key of the last read, borrowed until the next one; its first {@link #length} bytes count. */
    public byte[] bytes() {
        return bytes;
    }

    /** Bytes of the key, 0 once it is wiped. */
    public int length() {
        return length;
    }

    /** The hash under which tickets are found. */
    public long hash() {
        return Bytes.hash64(bytes, 0, length);
    }

    /** Zeroes the key, which may hold a card number. */
    public void wipe() {
        Bytes.wipe(bytes, 0, length);
        length = 0;
    }

    private int value(IsoMessage message, FieldPath path, int at, int room) {
        return path == null ? IsoMessage.ABSENT : message.copyTo(path, bytes, at, room);
    }

    private int mtiClass(IsoMessage message, int at, int room) {
        if (MTI_CLASS_LENGTH <= room) {
            int classOf = message.mti() / 100;
            bytes[at] = (byte) ('0' + classOf / 10);
            bytes[at + 1] = (byte) ('0' + classOf % 10);
        }
        return MTI_CLASS_LENGTH;
    }
}
