package io.fluxrig.iso.codec;

import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.TrailingBytes;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireSpec;
import java.util.Map;

/**
 * Finds where a message ends by reading it as its dialect says, for streams that tell no length.
 *
 * <p>Reads again from the message's first byte whenever more has arrived: little at first and twice as much each time, so that
 * what stands behind the message costs no more than the message. Single threaded; keeps nothing of what it read.
 */
public final class MessageLength {
    /** The message is not there yet. */
    public static final int NEED_MORE = 0;

    /** This is no message of the dialect. */
    public static final int REFUSED = -1;

    private static final int FIRST_BYTES = 512;

    private final IsoCodec codec;
    private final int bytesMax;
    private final IsoMessage message = new IsoMessage();

    /**
     * Reads messages of a dialect.
     *
     * @throws IllegalArgumentException if {@link #endless} names a field of it
     */
    public MessageLength(WireSpec wire) {
        if (endless(wire) != null) {
            throw new IllegalArgumentException("DE " + endless(wire) + " takes whatever is left");
        }
        bytesMax = wire.limits().messageBytesMax();
        codec = new IsoCodec(new WireSpec(
                wire.name(),
                wire.mti(),
                wire.bitmap(),
                wire.fields(),
                wire.limits(),
                TrailingBytes.IGNORE,
                wire.tolerance(),
                wire.header()));
    }

    /** The first field that takes whatever is left, so that nothing tells where such a message ends; null if none does. */
    public static Integer endless(WireSpec wire) {
        for (Map.Entry<Integer, WireField> field : wire.fields().entrySet()) {
            if (field.getValue().prefix().kind() == Prefix.Kind.NONE) {
                return field.getKey();
            }
        }
        return null;
    }

    /** Bytes of the message that begins at {@code offset}, {@link #NEED_MORE} or {@link #REFUSED}. */
    public int of(byte[] src, int offset, int limit) {
        int there = Math.min(limit - offset, bytesMax);
        int tried = Math.min(there, FIRST_BYTES);
        int used = codec.decode(src, offset, tried, message);
        while (used < 0 && codec.error().code() == CodecError.TRUNCATED && tried < there) {
            tried = Math.min(there, 2 * tried);
            used = codec.decode(src, offset, tried, message);
        }
        message.wipe();
        if (used >= 0) {
            return used;
        }
        return codec.error().code() == CodecError.TRUNCATED && there < bytesMax ? NEED_MORE : REFUSED;
    }
}
