package io.fluxrig.transport.snake.nats;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.bus.BusSettings;
import io.fluxrig.transport.bus.NatsDial;
import io.fluxrig.transport.bus.QuietErrors;
import io.fluxrig.transport.bus.TlsTrouble;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.NUID;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.impl.Headers;
import io.nats.client.support.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of a rack, on the plain NATS client: what a wire's thread sends is queued for the client's writer, what comes is
 * handed over on one thread of the client. Any thread.
 */
public final class NatsBus implements Bus {
    private static final Logger LOG = LoggerFactory.getLogger(NatsBus.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);
    private static final String NO_LOGIN =
            "; is it a mixer's own nats-server? That serves the racks that it leads ('fluxrig rack'), and no"
                    + " 'fluxrig run'";
    /** More than all wires of a rack have in hand; a full queue is a false of {@link #publish}. */
    private static final int OUTGOING_MAX = 1 << 16;
    /** What has come and is not queued for its thread yet; what was asked for comes again if it is dropped here. */
    private static final long PENDING_MAX = 1 << 18;

    private static final long PENDING_BYTES_MAX = 64L << 20;

    private static final int REFUSALS_MAX = 1024;
    /** {@code NATS/1.0}, {@code Nats-Msg-Id}, the id and the ends of lines: the server counts them, its client does not. */
    private static final int HEADERS_MAX = 160;

    private final SnakeSettings settings;
    private final Clock clock;
    private final Connector connector;
    /** Guarded by itself. */
    private final SparingLog tooLong;

    private final TlsTrouble trouble = new TlsTrouble();
    private final AtomicLong number = new AtomicLong(DOWN);
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong disconnects = new AtomicLong();
    private final Map<String, Consumer<BusMessage>> listeners = new LinkedHashMap<>();
    private final Map<String, EntryBucket> buckets = new HashMap<>();
    /** By subject; of {@value #REFUSALS_MAX}, the first. */
    private final Map<String, Long> refusals = new ConcurrentHashMap<>();

    private final String inboxPrefix;
    private final String inboxes;
    private final AtomicLong inboxNumber = new AtomicLong();
    private Dispatcher dispatcher;
    private volatile Connection connection;
    /** That its client has given up; guarded by this. */
    private Connection ended;

    private volatile FluxStream stream;
    private volatile boolean closing;

    /** Connects to nobody before {@link #start}. */
    public NatsBus(SnakeSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.connector = new Connector(settings, trouble, clock, () -> Nats.connect(options()), this::begin);
        this.tooLong = new SparingLog(clock);
        // its own, below which NATS can be told to let nobody else listen
        this.inboxPrefix = "_INBOX.rack-" + settings.rack();
        this.inboxes = inboxPrefix + "." + NUID.nextGlobal();
    }

    /** Connects on a thread of its own, for as long as it takes, and again whenever the client has given up. */
    public void start() {
        connector.want();
    }

    /** Listens over a connection that was made; closes it where that fails, or its listeners would hear what those of the next one hear. */
    synchronized void begin(Connection made) throws IOException {
        try {
            stream = new FluxStream(made.jetStreamManagement(), settings, clock, made::getServerInfo, this::refusals);
            Dispatcher listening = made.createDispatcher();
            listening.setPendingLimits(PENDING_MAX, PENDING_BYTES_MAX);
            listeners.forEach((subject, to) -> listening.subscribe(subject, message -> to.accept(read(message))));
            dispatcher = listening;
            connection = made;
            buckets.clear(); // they ask over the connection that they were made over
            number.set(connections.incrementAndGet());
            LOG.info("connected to NATS {}", made.getServerInfo().getServerName());
        } catch (IOException | RuntimeException | Error unusable) {
            abandon(made);
            throw unusable;
        }
        if (closing) {
            close();
        } else if (made.getStatus() == Connection.Status.CLOSED) { // before anybody listened to that
            onGivenUp(made);
        }
    }

    /** The client gives up where the server refuses the login twice: a mixer may let this rack in again. */
    private synchronized void onGivenUp(Connection of) {
        if (closing || of != connection || of == ended) {
            return;
        }
        ended = of;
        number.set(DOWN);
        connector.want();
    }

    private static void abandon(Connection made) {
        try {
            made.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Options options() {
        BusSettings dialled = new BusSettings(
                settings.urls(),
                "fluxrig " + settings.rack(),
                inboxPrefix,
                settings.credentials(),
                settings.login(),
                settings.tls(),
                true);
        return NatsDial.options(dialled)
                .maxMessagesInOutgoingQueue(OUTGOING_MAX)
                .connectionListener(this::onEvent)
                .errorListener(new QuietErrors(
                        trouble,
                        LOG,
                        "this rack does not take them in fast enough; they come again",
                        settings.login() == null ? NO_LOGIN : "",
                        this::heard))
                .build();
    }

    /** What comes before {@link #begin} has set the connection is not heard; that looks whether it is closed. */
    void onEvent(Connection of, ConnectionListener.Events event) {
        if (connection == null || closing) {
            return;
        }
        if (event == ConnectionListener.Events.DISCONNECTED) { // told again for every attempt to reconnect
            if (number.getAndSet(DOWN) != DOWN) {
                disconnects.incrementAndGet();
                LOG.warn(
                        "the connection to NATS is lost, tried again until there is one: what goes to other racks waits, or is"
                                + " refused; tickets are shared with none");
            }
        } else if (event == ConnectionListener.Events.RESUBSCRIBED) {
            number.set(connections.incrementAndGet());
            LOG.info("connected to NATS again");
        } else if (event == ConnectionListener.Events.CLOSED && of == connection) {
            onGivenUp(of);
        }
    }

    @Override
    public long connection() {
        return number.get();
    }

    /** Connections lost since the start. */
    public long disconnects() {
        return disconnects.get();
    }

    @Override
    public boolean publish(String subject, String replyTo, String messageId, byte[] body) {
        return send(subject, replyTo, messageId == null ? null : new Headers().put("Nats-Msg-Id", messageId), body);
    }

    @Override
    public boolean publishAfter(String subject, String replyTo, long lastSequence, byte[] body) {
        Headers after = new Headers().put("Nats-Expected-Last-Subject-Sequence", Long.toString(lastSequence));
        return send(subject, replyTo, after, body);
    }

    private boolean send(String subject, String replyTo, Headers headers, byte[] body) {
        if (number.get() == DOWN) {
            return false;
        }
        try {
            connection.publish(subject, replyTo, headers, body);
            return true;
        } catch (IllegalStateException fullOrGone) {
            LOG.debug("not published to {}: {}", subject, fullOrGone.toString());
            return false;
        } catch (IllegalArgumentException refused) {
            tellTooLong(subject, body.length);
            return false;
        }
    }

    private void tellTooLong(String subject, int length) {
        boolean due;
        synchronized (tooLong) {
            due = tooLong.due();
        }
        if (due) {
            LOG.warn(
                    "a message of {} bytes to {} is not published, since NATS takes none of that length: raise max_payload of nats-server",
                    length,
                    subject);
        }
    }

    @Override
    public long bodyMax() {
        Connection now = connection;
        long payloadMax = now == null ? 0 : now.getMaxPayload();
        return payloadMax <= 0 ? Long.MAX_VALUE : payloadMax - HEADERS_MAX;
    }

    void heard(String error) {
        String refused = QuietErrors.unpublishable(error);
        if (refused == null) {
            return;
        }
        String subject = Bus.refused(refused);
        if (refusals.containsKey(subject) || refusals.size() < REFUSALS_MAX) {
            refusals.merge(subject, 1L, Long::sum);
        }
    }

    @Override
    public boolean ofMany() {
        Connection now = connection;
        return now != null && StreamCopies.isOfMany(now.getServerInfo());
    }

    @Override
    public long refusals(String subject) {
        return refusals.getOrDefault(subject, 0L);
    }

    @Override
    public String newInbox() {
        return inboxes + "." + inboxNumber.incrementAndGet();
    }

    @Override
    public synchronized void listen(String subject, Consumer<BusMessage> to) {
        listeners.put(subject, to);
        if (dispatcher != null) {
            dispatcher.subscribe(subject, message -> to.accept(read(message)));
        }
    }

    @Override
    public String ensureStream() {
        return stream.ensure();
    }

    @Override
    public Bucket ensureBucket(String bucket, Duration kept) {
        try {
            return bucket(bucket, kept).ensure();
        } catch (IOException gone) {
            return Bucket.unusable(gone.toString());
        }
    }

    /** Asks nobody, and lets no new connection come in between: one that is made over the old one would stay. */
    private synchronized EntryBucket bucket(String bucket, Duration kept) throws IOException {
        EntryBucket known = buckets.get(bucket);
        if (known == null) {
            Connection now = connection;
            known = new EntryBucket(
                    now.jetStreamManagement(), bucket, kept, settings, clock, now::getServerInfo, this::refusals);
            buckets.put(bucket, known);
        }
        return known;
    }

    @Override
    public String ensureConsumer(String subject, String consumer, int inFlightMax) {
        return stream.ensureConsumer(subject, consumer, inFlightMax);
    }

    @Override
    public boolean pull(String consumer, String replyTo, int count, long expiresNs, long heartbeatNs) {
        String request =
                "{\"batch\":" + count + ",\"expires\":" + expiresNs + ",\"idle_heartbeat\":" + heartbeatNs + "}";
        return publish(CONSUMER_NEXT + consumer, replyTo, null, request.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public long stranded(String subject, String consumer) {
        return stream.stranded(subject, consumer);
    }

    @Override
    public Map<String, Long> waiting(String above) {
        return stream.waiting(above);
    }

    @Override
    public Lead lead(String consumer) {
        return stream.lead(consumer);
    }

    @Override
    public String forgetConsumer(String consumer) {
        return stream.forgetConsumer(consumer);
    }

    /** Sends what is queued, for a moment, and closes. */
    public synchronized void close() {
        closing = true;
        connector.close();
        Connection open = connection;
        if (open == null) {
            return;
        }
        try {
            if (number.getAndSet(DOWN) != DOWN) {
                open.flush(CLOSE_WAIT);
            }
        } catch (java.util.concurrent.TimeoutException | IllegalStateException late) {
            LOG.warn("closing the connection to NATS: not everything was sent ({})", late.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        abandon(open);
    }

    private static BusMessage read(Message message) {
        Status status = message.isStatusMessage() ? message.getStatus() : null;
        byte[] body = message.getData() == null ? new byte[0] : message.getData();
        return new BusMessage(
                message.getSubject(),
                message.getReplyTo(),
                status == null ? 0 : status.getCode(),
                status == null ? "" : status.getMessage(),
                body);
    }
}
