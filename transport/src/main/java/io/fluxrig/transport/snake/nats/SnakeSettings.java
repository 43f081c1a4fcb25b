package io.fluxrig.transport.snake.nats;

import io.fluxrig.transport.bus.BusLogin;
import io.fluxrig.transport.bus.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The numbers of a rack's snake.
 *
 * @param urls of NATS servers, {@code nats://host:port} or {@code tls://host:port}; at least one
 * @param credentials file with the rack's NATS credentials, null for none
 * @param login whose login is used where there are no credentials; null for none
 * @param tls for addresses with {@code tls://}; null where there are none
 * @param rack name of this rack, 1 to 64 of a-z, 0-9, '_' and '-'
 * @param replicas of the stream; 0 for three where the cluster has as many servers, and one until then
 * @param streamBytes the most the stream holds, if this rack is the one that makes it; beyond, senders are held back
 * @param inFlightMax messages that one end of a wire has in hand, a power of two, 16 to 4096
 * @param ackWaitNs an acknowledgement of the stream that has not come by then does not come
 * @param confirmWaitNs after that, unconfirmed, the stream is asked whether it has the message still
 * @param stallNs so long may nothing get away before a sender without a journal is refused
 */
public record SnakeSettings(
        List<String> urls,
        Path credentials,
        BusLogin login,
        TlsFiles tls,
        String rack,
        int replicas,
        long streamBytes,
        int inFlightMax,
        long ackWaitNs,
        long confirmWaitNs,
        long stallNs) {
    /** Fewest and most messages that one end of a wire may have in hand. */
    public static final int IN_FLIGHT_MIN = 16;

    public static final int IN_FLIGHT_MAX = 4096;

    public SnakeSettings {
        urls = List.copyOf(urls);
        Objects.requireNonNull(rack, "rack");
        if (urls.isEmpty() || !rack.matches("[a-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("urls=" + urls.size() + " rack=" + rack);
        }
        if (Integer.bitCount(inFlightMax) != 1 || inFlightMax < IN_FLIGHT_MIN || inFlightMax > IN_FLIGHT_MAX) {
            throw new IllegalArgumentException("inFlightMax=" + inFlightMax + " must be a power of two, min="
                    + IN_FLIGHT_MIN + " max=" + IN_FLIGHT_MAX);
        }
    }
}
