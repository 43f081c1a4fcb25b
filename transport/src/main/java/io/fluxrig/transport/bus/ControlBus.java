package io.fluxrig.transport.bus;

import io.fluxrig.transport.lease.LeaseStore;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to NATS for short messages. It is made when there is a server to be had, and again whenever it was lost; what is
 * listened to stays so. Nothing is kept for later: what cannot be sent now is not sent, and who sent it tries again.
 *
 * <p>A server that does not know the login ends the tries, unless the settings are patient; {@link #refused()} says so, and the owner
 * makes another bus. Any thread; listeners are called on one thread of the client, those that listen apart on one each.
 */
public final class ControlBus implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlBus.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);
    /** Failures between two lines about them. */
    private static final int QUIET_TRIES = 60;

    private static final String STRANGER =
            "what listens at {} asks nobody who he is, so it is another NATS, and is not used: stop it; tried again until it is gone";

    private final BusSettings settings;
    /** What it means that there is no connection. */
    private final String meanwhile;

    private final BusListeners listeners = new BusListeners();
    private final TlsTrouble trouble = new TlsTrouble();
    private final AtomicLong connections = new AtomicLong();
    /** Whether the log was told that the connection is lost. */
    private final AtomicBoolean lost = new AtomicBoolean();

    private volatile Connection connection;
    /** That its client has given up; guarded by this. */
    private Connection ended;

    private volatile boolean refused;
    /** Whether the server has said so of this login, which its client makes known seconds later. */
    private volatile boolean unknown;
    /** Whether the last try to connect for the first time failed. */
    private volatile boolean failed;

    private volatile String told = "";
    private volatile boolean closing;
    private Thread connecting;

    public ControlBus(BusSettings settings) {
        this(settings, "nothing is heard or said meanwhile");
    }

    /** @param meanwhile what it means for whom that there is no connection, for a line in the log */
    public ControlBus(BusSettings settings, String meanwhile) {
        this.settings = settings;
        this.meanwhile = meanwhile;
    }

    /** Begins to connect, on a thread of its own; returns at once. */
    public synchronized void start() {
        connecting = new Thread(this::connect, "bus-connect");
        connecting.setDaemon(true);
        connecting.start();
    }

    /** Whether there is a connection now. */
    public boolean connected() {
        Connection now = connection;
        return now != null && now.getStatus() == Connection.Status.CONNECTED;
    }

    /** Whether the server does not know the login; there will be no connection any more. */
    public boolean refused() {
        return refused;
    }

    /** Whether the server has said that it does not know the login, or not any more: as soon as it does. */
    public boolean unknownLogin() {
        return unknown;
    }

    /** Whether there was no connection yet, and the last try found no server that could be reached. */
    public boolean unreachable() {
        return failed;
    }

    /** Why there is no TLS with the server, for people, as it was last heard; empty where that is not the reason. */
    public String trouble() {
        return told;
    }

    /** Whether servers, as they were last heard, did not take the certificate that they were shown, or wanted one. */
    public boolean certificateRefused() {
        return told.equals(TlsTrouble.HUNG_UP);
    }

    /** How often a connection was made, the first one included. */
    public long connections() {
        return connections.get();
    }

    /** The longest message that the server takes, 0 while there is no connection. */
    public long bodyMax() {
        Connection now = connection;
        return now == null ? 0 : now.getMaxPayload();
    }

    /**
     * A lease that the server keeps for whoever is connected to it. Its calls block their caller for {@code wait} at most, each some
     * few times.
     *
     * @param bucket a key-value bucket of JetStream, made where there is none
     * @param length after which it ends unless it is renewed
     */
    public LeaseStore lease(String bucket, Duration length, Duration wait) {
        return new NatsLease(() -> connected() ? connection : null, bucket, length, wait, System::nanoTime);
    }

    /** Listens to a subject from now on, also over connections to come. */
    public void listen(String subject, BusListener listener) {
        listeners.listen(subject, listener, false);
    }

    /** The same on a thread of its own: nothing else that comes keeps these waiting. For short messages. */
    public void listenApart(String subject, BusListener listener) {
        listeners.listen(subject, listener, true);
    }

    /** Messages that have come and no listener has taken yet. */
    public long waiting() {
        return listeners.waiting();
    }

    /** Messages that the client dropped since this was made, for its listeners had too many to take. */
    public long dropped() {
        return listeners.dropped();
    }

    /** Sends; false if it cannot be sent now. */
    public boolean publish(String subject, byte[] body) {
        if (!connected()) {
            return false;
        }
        try {
            connection.publish(subject, body);
            return true;
        } catch (IllegalStateException | IllegalArgumentException fullGoneOrTooLong) {
            LOG.debug("not published to {}: {}", subject, fullGoneOrTooLong.toString());
            return false;
        }
    }

    /**
     * Sends and waits for the first answer, which completes the future on a thread of the client; it fails with a
     * {@link TimeoutException} or what the client says if there is none, or nobody who listens.
     */
    public CompletableFuture<byte[]> request(String subject, byte[] body, Duration timeout) {
        if (!connected()) {
            return CompletableFuture.failedFuture(new IOException("there is no connection to NATS"));
        }
        try {
            return connection
                    .requestWithTimeout(subject, body, timeout)
                    .thenApply(answer -> answer.getData() == null ? new byte[0] : answer.getData());
        } catch (IllegalStateException | IllegalArgumentException fullGoneOrTooLong) {
            return CompletableFuture.failedFuture(new IOException(fullGoneOrTooLong.getMessage(), fullGoneOrTooLong));
        }
    }

    /** Sends what is queued, for a moment, and closes. */
    @Override
    public synchronized void close() {
        closing = true;
        if (connecting != null && connecting != Thread.currentThread()) {
            connecting.interrupt();
        }
        Connection open = connection;
        if (open != null) {
            // the client does not close on a thread that was interrupted
            boolean interrupted = Thread.interrupted();
            interrupted |= flush(open);
            interrupted |= close(open);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether the thread was interrupted meanwhile. */
    private static boolean flush(Connection open) {
        try {
            if (open.getStatus() == Connection.Status.CONNECTED) {
                open.flush(CLOSE_WAIT);
            }
            return false;
        } catch (TimeoutException | IllegalStateException late) {
            LOG.debug("closing the connection to NATS: not everything was sent ({})", late.toString());
            return false;
        } catch (InterruptedException interrupted) {
            return true;
        }
    }

    private static boolean close(Connection open) {
        try {
            open.close();
            return false;
        } catch (InterruptedException interrupted) {
            return true;
        }
    }

    private void connect() {
        int tries = 0;
        NatsDial.Pause pause = new NatsDial.Pause();
        while (!closing) {
            try {
                Connection made = Nats.connect(options());
                if (asks(made)) {
                    begin(made);
                    return;
                }
                close(made);
                if (tries++ % QUIET_TRIES == 0) {
                    LOG.error(STRANGER, ServerNames.of(settings.urls()));
                }
            } catch (AuthenticationException unknown) {
                if (!settings.patient()) {
                    refused = true;
                    return;
                }
                if (tries++ % QUIET_TRIES == 0) {
                    LOG.warn("NATS does not know this login; tried again until it does");
                }
            } catch (IOException | IllegalStateException notNow) {
                failed = true;
                tellOf(notNow, tries++);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
            pause.await();
        }
    }

    /**
     * A server says at most tries what is wrong with TLS, and not at all where it is too busy: whatever is heard of it counts at once. To ask it
     * by hand takes a connection more, so that is done less and less often.
     */
    private void tellOf(Exception notNow, int triesBefore) {
        boolean due = triesBefore % QUIET_TRIES == 0;
        boolean asks = due || Integer.bitCount(triesBefore) == 1;
        String why = asks ? trouble.take(notNow, settings.urls(), settings.tls()) : trouble.take(notNow);
        if (asks || !why.isEmpty()) {
            due |= !why.isEmpty() && !why.equals(told);
            told = why;
        }
        if (due) {
            LOG.warn(
                    "NATS cannot be reached at {}{}; tried again until it can",
                    ServerNames.of(settings.urls()),
                    why.isEmpty() ? ConnectReason.of(notNow) : ": " + why);
        }
    }

    /** Whether the server wants to know who connects, if it has to. */
    private boolean asks(Connection made) {
        BusLogin login = settings.login();
        return login == null || !login.mandatory() || made.getServerInfo().getNonce() != null;
    }

    /** Listens over a connection that was made. */
    synchronized void begin(Connection made) {
        connection = made; // before anybody hears of it: answers go over it
        told = "";
        failed = false;
        lost.set(false);
        try {
            listeners.move(made);
        } catch (IllegalStateException closed) { // who connects tries again, and need not be told so
            ended = made;
            throw closed;
        }
        connections.incrementAndGet();
        LOG.info("connected to NATS {}", made.getServerInfo().getServerName());
        if (closing) {
            close();
        } else if (made.getStatus() == Connection.Status.CLOSED) { // before anybody listened to that
            onGivenUp(made);
        }
    }

    /** The client gives up where the server refuses the login twice, and at nothing else. */
    private synchronized void onGivenUp(Connection of) {
        if (closing || of != connection || of == ended) {
            return;
        }
        ended = of;
        if (settings.patient()) {
            start();
        } else {
            refused = true;
        }
    }

    private Options options() {
        return NatsDial.options(settings)
                .connectionListener(this::onEvent)
                .errorListener(new QuietErrors(
                        trouble,
                        LOG,
                        "more of control come than are dealt with; their senders try again",
                        "",
                        this::heard))
                .build();
    }

    private void heard(String error) {
        if (QuietErrors.isUnknownLogin(error)) {
            unknown = true;
        }
    }

    private void onEvent(Connection of, ConnectionListener.Events event) {
        if (event == ConnectionListener.Events.DISCONNECTED) { // told again for every attempt to reconnect
            if (connection == of && !closing && !lost.getAndSet(true)) {
                LOG.warn("the connection to NATS is lost, tried again until there is one: {}", meanwhile);
            }
        } else if (event == ConnectionListener.Events.RESUBSCRIBED) {
            if (!asks(of)) {
                // not on the client's own thread; once it is closed another connection is made
                CompletableFuture.runAsync(() -> close(of)).exceptionally(unexpected -> {
                    LOG.error("a connection to another NATS was not closed", unexpected);
                    return null;
                });
                return;
            }
            connections.incrementAndGet();
            if (lost.getAndSet(false)) {
                LOG.info("connected to NATS again");
            }
        } else if (event == ConnectionListener.Events.CLOSED && !closing && connection == of) {
            onGivenUp(of);
        }
    }
}
