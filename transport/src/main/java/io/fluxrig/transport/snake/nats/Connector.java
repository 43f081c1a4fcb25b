package io.fluxrig.transport.snake.nats;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.bus.ConnectReason;
import io.fluxrig.transport.bus.NatsDial;
import io.fluxrig.transport.bus.ServerNames;
import io.fluxrig.transport.bus.TlsTrouble;
import io.nats.client.Connection;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has connections made on a thread of its own, for as long as each takes. That thread stays: another one may not be had at the moment in which it is
 * needed. Any thread.
 */
final class Connector {
    private static final Logger LOG = LoggerFactory.getLogger(NatsBus.class);

    private final SnakeSettings settings;
    private final TlsTrouble trouble;
    private final Dial dial;
    private final Use use;
    private final SparingLog unreachable;
    /** Guarded by this, as the next two. */
    private Thread thread;

    private boolean wanted;
    private boolean closing;

    /** Makes a connection, or says why there is none. */
    @FunctionalInterface
    interface Dial {
        /** Waits for the server. */
        Connection now() throws IOException, InterruptedException;
    }

    /** Takes a connection into use; has closed it where it throws. */
    @FunctionalInterface
    interface Use {
        /** On the connecting thread. */
        void begin(Connection made) throws IOException;
    }

    /** @param trouble what the client has met while it tried */
    Connector(SnakeSettings settings, TlsTrouble trouble, Clock clock, Dial dial, Use use) {
        this.settings = settings;
        this.trouble = trouble;
        this.dial = dial;
        this.use = use;
        this.unreachable = new SparingLog(clock);
    }

    /** Has one more connection made. */
    synchronized void want() {
        wanted = true;
        if (thread == null) {
            thread = new Thread(this::run, "snake-connect");
            thread.setDaemon(true);
            thread.start();
        } else {
            notifyAll();
        }
    }

    /** Makes none any more. */
    synchronized void close() {
        closing = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void run() {
        try {
            while (isWanted()) {
                NatsDial.Pause pause = new NatsDial.Pause();
                while (!isClosing() && !connects()) {
                    pause.await();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until it is; false once none is made any more. */
    private synchronized boolean isWanted() throws InterruptedException {
        while (!wanted && !closing) {
            wait();
        }
        wanted = false;
        return !closing;
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private boolean connects() throws InterruptedException {
        try {
            use.begin(dial.now());
            return true;
        } catch (IOException | IllegalStateException notNow) {
            if (unreachable.due()) {
                LOG.warn(
                        "NATS cannot be reached at {}{}; tried again until it can",
                        ServerNames.of(settings.urls()),
                        reason(notNow));
            }
        } catch (RuntimeException | Error failed) { // a thread that could not be had, say
            if (unreachable.due()) {
                LOG.error(
                        "connecting to NATS at {} has failed; tried again until it does not",
                        ServerNames.of(settings.urls()),
                        failed);
            }
        }
        return false;
    }

    /** Without what the client says, which may hold a password. */
    private String reason(Exception failure) {
        String tls = trouble.take(failure, settings.urls(), settings.tls());
        if (!tls.isEmpty()) {
            return ": " + tls;
        }
        return ConnectReason.of(failure);
    }
}
