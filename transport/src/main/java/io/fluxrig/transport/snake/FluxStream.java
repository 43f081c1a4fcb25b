package io.fluxrig.transport.snake;

import io.fluxrig.perf.clock.Clock;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.ServerInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream that all wires between racks share: a message lies there until a receiver has taken it. Made by the first rack that
 * needs it; one that is there is used if it can be. Every method waits for the server. Any thread.
 */
final class FluxStream {
    static final String NAME = "flux-msg";
    static final String SUBJECTS = "flux.msg.>";

    /** The cluster has too few servers for as many copies as it should be. */
    private static final String NO_ROOM = "too few servers";

    private static final Logger LOG = LoggerFactory.getLogger(Snake.class);
    private static final Duration DUPLICATE_WINDOW = Duration.ofMinutes(2);
    /** What a receiver had in hand when it died comes to another, or to it again, after this; see {@link Puller}. */
    private static final Duration ACK_WAIT = Duration.ofSeconds(5);

    /** nats-server 2.9 removes the files of a deleted stream late, and with them those of one made too soon in its place. */
    private static final long MISSING_NS = 1_000_000_000L;

    private static final int STREAM_NOT_FOUND = 10059;
    private static final int STREAM_NAME_IN_USE = 10058;
    private static final int NO_MESSAGE_FOUND = 10037;
    private static final int CONSUMER_NOT_FOUND = 10014;
    /** Too few servers for so many copies; not a cluster. */
    private static final List<Integer> TOO_FEW = List.of(10005, 10074);

    /** Copies where the settings name no number. */
    private static final int REPLICAS = 3;

    static final long RAISE_NS = 15_000_000_000L;
    /** Who may not ask for more copies waits in vain, and a wire with it. */
    static final long UNANSWERED_NS = 3_600_000_000_000L;

    private final JetStreamManagement management;
    private final SnakeSettings settings;
    private final Clock clock;
    private final Supplier<ServerInfo> server;
    private final AtomicLong raiseAtNs;
    private long missingSinceNs;
    private boolean missing;
    /** Whether the stream is known to be on as many servers as it should. */
    private volatile boolean whole;

    /** @param server that there is a connection to now; of it is asked whether it is one of a cluster */
    FluxStream(JetStreamManagement management, SnakeSettings settings, Clock clock, Supplier<ServerInfo> server) {
        this.clock = clock;
        this.server = server;
        this.raiseAtNs = new AtomicLong(clock.nanoTime());
        this.management = management;
        this.settings = settings;
    }

    /** Makes the stream if it is missing; null, or what is wrong. */
    String ensure() {
        String fault = ensureThere();
        if (fault == null) {
            raise();
        }
        return fault;
    }

    private synchronized String ensureThere() {
        try {
            String fault = usable(management.getStreamInfo(NAME).getConfiguration());
            missing = false;
            return fault;
        } catch (JetStreamApiException refused) {
            return refused.getApiErrorCode() == STREAM_NOT_FOUND ? makeOnceSurelyGone() : refused.getMessage();
        } catch (IOException | IllegalStateException gone) {
            return gone.toString();
        }
    }

    /** Makes stream and consumer if they are missing; null, or what is wrong. */
    String ensureConsumer(String subject, String consumer, int inFlightMax) {
        String fault = ensure();
        if (fault != null) {
            return fault;
        }
        try {
            management.addOrUpdateConsumer(
                    NAME,
                    ConsumerConfiguration.builder()
                            .durable(consumer)
                            .filterSubject(subject)
                            .ackPolicy(AckPolicy.Explicit)
                            .ackWait(ACK_WAIT)
                            .maxAckPending(inFlightMax)
                            .build());
            return null;
        } catch (IOException | JetStreamApiException | IllegalStateException refused) {
            return refused.getMessage();
        }
    }

    /** Whether the message of that id stands at that sequence. */
    Bus.Held held(long sequence, String messageId) {
        try {
            MessageInfo found = management.getMessage(NAME, sequence);
            boolean same = found.getHeaders() != null
                    && messageId.equals(found.getHeaders().getFirst("Nats-Msg-Id"));
            return same ? Bus.Held.YES : Bus.Held.NO;
        } catch (JetStreamApiException refused) {
            int code = refused.getApiErrorCode();
            return code == NO_MESSAGE_FOUND || code == STREAM_NOT_FOUND ? Bus.Held.NO : Bus.Held.UNKNOWN;
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("stream {} was not asked for {}: {}", NAME, sequence, gone.toString());
            return Bus.Held.UNKNOWN;
        }
    }

    /**
     * The place of the subject's oldest message, if that is not above what the consumer has seen acknowledged without a gap. Asked now
     * and then while there are wires, so that the stream is also put on more servers here.
     */
    long stranded(String subject, String consumer) {
        long found = oldestAcknowledged(subject, consumer);
        raise();
        return found;
    }

    private long oldestAcknowledged(String subject, String consumer) {
        try {
            long oldest = management.getFirstMessage(NAME, subject).getSeq();
            long acknowledged =
                    management.getConsumerInfo(NAME, consumer).getAckFloor().getStreamSequence();
            return oldest <= acknowledged ? oldest : Bus.NONE;
        } catch (JetStreamApiException noneOrRefused) {
            return Bus.NONE;
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("stream {} was not asked for stranded messages of {}: {}", NAME, subject, gone.toString());
            return Bus.NONE;
        }
    }

    String forgetConsumer(String consumer) {
        try {
            management.deleteConsumer(NAME, consumer);
            return null;
        } catch (JetStreamApiException refused) {
            return refused.getApiErrorCode() == CONSUMER_NOT_FOUND ? null : refused.getMessage();
        } catch (IOException | IllegalStateException gone) {
            return gone.toString();
        }
    }

    private String makeOnceSurelyGone() {
        if (!missing) {
            missing = true;
            missingSinceNs = clock.nanoTime();
        }
        return clock.nanoTime() - missingSinceNs >= MISSING_NS ? make() : "the stream " + NAME + " is not there yet";
    }

    private String make() {
        int replicas = isOfMany(server.get()) || settings.replicas() > 0 ? wanted() : 1;
        String fault = make(replicas);
        return fault != null && fault.equals(NO_ROOM) ? make(1) : fault;
    }

    /** Null, or what is wrong; {@link #NO_ROOM} where fewer copies will do. */
    private String make(int replicas) {
        try {
            management.addStream(StreamConfiguration.builder()
                    .name(NAME)
                    .subjects(SUBJECTS)
                    .storageType(StorageType.File)
                    .retentionPolicy(RetentionPolicy.WorkQueue)
                    .discardPolicy(DiscardPolicy.New)
                    .maxBytes(settings.streamBytes())
                    .replicas(replicas)
                    .duplicateWindow(DUPLICATE_WINDOW)
                    .build());
            LOG.info("made the stream {} for {}, on {}", NAME, SUBJECTS, servers(replicas));
            return null;
        } catch (JetStreamApiException refused) {
            if (refused.getApiErrorCode() == STREAM_NAME_IN_USE) {
                return null;
            }
            boolean fewerWillDo = settings.replicas() == 0 && replicas > 1;
            return fewerWillDo && TOO_FEW.contains(refused.getApiErrorCode()) ? NO_ROOM : refused.getMessage();
        } catch (IOException | IllegalStateException gone) {
            return gone.toString();
        }
    }

    /**
     * A stream that was made while a server was missing, or before there was a cluster, would be gone with the only one that has it: it
     * is put on as many as it should be on, tried every 15 s by whoever comes first.
     */
    private void raise() {
        long now = clock.nanoTime();
        long due = raiseAtNs.get();
        if (whole || now - due < 0 || !raiseAtNs.compareAndSet(due, now + RAISE_NS) || !isOfMany(server.get())) {
            return;
        }
        try {
            StreamConfiguration there = management.getStreamInfo(NAME).getConfiguration();
            if (there.getReplicas() < wanted()) {
                management.updateStream(
                        StreamConfiguration.builder(there).replicas(wanted()).build());
                LOG.info("NATS keeps the stream {} on {} from now on", NAME, servers(wanted()));
            }
            whole = true;
        } catch (JetStreamApiException tooFew) {
            LOG.debug("the stream {} stays on the servers that it is on: {}", NAME, tooFew.getMessage());
        } catch (IOException | IllegalStateException unanswered) {
            raiseAtNs.set(now + UNANSWERED_NS);
            LOG.warn(
                    "NATS was asked to keep the stream {} on {} and did not answer ({}); may this rack publish to"
                            + " $JS.API.STREAM.UPDATE.{}? Asked again in an hour",
                    NAME,
                    servers(wanted()),
                    unanswered.getMessage(),
                    NAME);
        }
    }

    private int wanted() {
        return settings.replicas() > 0 ? settings.replicas() : REPLICAS;
    }

    private static String servers(int count) {
        return count == 1 ? "1 server" : count + " servers";
    }

    /** A server that stands alone takes more copies for granted, and answers nothing about them once it was restarted (2.9). */
    private static boolean isOfMany(ServerInfo server) {
        return server != null
                && server.getCluster() != null
                && !server.getCluster().isEmpty();
    }

    private static String usable(StreamConfiguration found) {
        if (!found.getSubjects().contains(SUBJECTS)) {
            return "stream " + NAME + " does not take " + SUBJECTS + "; delete it or give it that subject";
        }
        if (found.getRetentionPolicy() != RetentionPolicy.WorkQueue) {
            return "stream " + NAME + " keeps messages that were taken (retention " + found.getRetentionPolicy()
                    + "); delete it, a rack makes it again as a work queue";
        }
        return null;
    }
}
