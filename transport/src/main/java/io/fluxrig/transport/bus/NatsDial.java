package io.fluxrig.transport.bus;

import io.nats.client.Nats;
import io.nats.client.Options;
import java.time.Duration;

/**
 * How every connection to NATS is made, and how soon one is given up that nobody answers on any more.
 *
 * <p>A server whose network is cut off says nothing: it is pinged each second, and after three pings without an answer, 4 s at most,
 * the client goes to another server. Which one is drawn by lot.
 *
 * <p>Any thread; stateless but for {@link Pause}.
 */
public final class NatsDial {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RECONNECT_WAIT = Duration.ofMillis(250);
    private static final Duration PING_INTERVAL = Duration.ofSeconds(1);
    private static final int PINGS_OUT_MAX = 3;

    private NatsDial() {}

    /** What all connections have in common; listeners and limits are the caller's. Nothing is kept for later while there is none. */
    public static Options.Builder options(BusSettings settings) {
        Options.Builder builder = new Options.Builder()
                .servers(settings.urls().toArray(new String[0]))
                .connectionName(settings.name())
                .inboxPrefix(settings.inboxes())
                .connectionTimeout(CONNECT_TIMEOUT)
                .maxReconnects(-1)
                .reconnectWait(RECONNECT_WAIT)
                .reconnectBufferSize(0)
                .pingInterval(PING_INTERVAL)
                .maxPingsOut(PINGS_OUT_MAX);
        if (settings.tls() != null) {
            builder.sslContext(settings.tls().context());
        }
        if (settings.credentials() != null) {
            builder.authHandler(Nats.credentials(settings.credentials().toString()));
        } else if (settings.login() != null) {
            builder.authHandler(new NkeyLogin(settings.login()));
        }
        return builder;
    }

    /**
     * The waits between tries to connect for the first time: short at first, since a server that was started beside this one is up in a
     * moment, and doubled up to half a second. One thread.
     */
    public static final class Pause {
        static final long MIN_MS = 40;
        static final long MAX_MS = 500;

        private long ms = MIN_MS;

        /** Length of the next wait, in milliseconds. */
        long next() {
            long now = ms;
            ms = Math.min(MAX_MS, ms * 2);
            return now;
        }

        /** Waits; an interrupt ends it and is kept for the caller. */
        public void await() {
            try {
                Thread.sleep(next());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
