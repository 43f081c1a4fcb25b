package io.fluxrig.iso.wire;

/**
 * What one message may cost; beyond it a message is refused with {@code LIMIT}.
 *
 * @param messageBytesMax bytes of a message
 * @param depthMax composites inside composites
 * @param partsMax sub-fields of one message, over all its composites
 */
public record Limits(int messageBytesMax, int depthMax, int partsMax) {

    /** 64 KiB (the most that a 2-byte frame length can tell), 8 deep, 4096 sub-fields. */
    public static final Limits DEFAULT = new Limits(65_536, 8, 4096);

    public Limits {
        if (messageBytesMax < 1 || depthMax < 1 || depthMax > 32 || partsMax < 1) {
            throw new IllegalArgumentException("limits messageBytesMax=" + messageBytesMax + " depthMax=" + depthMax
                    + " partsMax=" + partsMax + ", expected at least 1, depth at most 32");
        }
    }
}
