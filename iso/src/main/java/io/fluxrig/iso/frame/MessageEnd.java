package io.fluxrig.iso.frame;

/**
 * Finds where a message ends that neither a length nor a trailer tells the end of: by reading it.
 *
 * <p>Called with what has arrived, again and again until the message is whole; keeps nothing between calls. Single threaded;
 * allocates nothing.
 */
@FunctionalInterface
public interface MessageEnd {
    /**
     * Looks for the end of one message.
     *
     * @param src received bytes
     * @param offset first byte of the message
     * @param limit index after the last received byte, or where the greatest message would end
     * @return bytes of the message, {@link FrameDecoder#NEED_MORE}, or a code of {@link FrameRefusal}
     */
    int bytes(byte[] src, int offset, int limit);

    /** Bytes at {@code offset} that belong to no message and are passed over; none unless the text says so. */
    default int passedOver(byte[] src, int offset, int limit) {
        return 0;
    }
}
