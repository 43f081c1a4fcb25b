package io.fluxrig.transport.snake.wire;

import io.fluxrig.transport.snake.nats.SnakeSettings;

/**
 * The numbers of a sending end.
 *
 * @param rack name of this rack, ASCII, 1 to 64 characters
 * @param subject of the receiving gear's port
 * @param confirm whether a message is kept until its receiver has it
 * @param inFlightMax messages in hand, a power of two
 * @param inFlightBytesMax bytes of them
 * @param ackWaitNs an acknowledgement of the stream that has not come by then does not come
 * @param confirmWaitNs after that, unconfirmed, the stream is asked whether it has the message still; doubled each time
 * @param stallNs so long may nothing get away before senders are refused
 */
record SenderSettings(
        String rack,
        String subject,
        boolean confirm,
        int inFlightMax,
        long inFlightBytesMax,
        long ackWaitNs,
        long confirmWaitNs,
        long stallNs) {
    /** Bytes of messages that a sending end has in hand. */
    static final long IN_FLIGHT_BYTES_MAX = 16L << 20;

    static SenderSettings of(SnakeSettings settings, String subject, boolean confirm) {
        return new SenderSettings(
                settings.rack(),
                subject,
                confirm,
                settings.inFlightMax(),
                IN_FLIGHT_BYTES_MAX,
                settings.ackWaitNs(),
                settings.confirmWaitNs(),
                settings.stallNs());
    }
}
