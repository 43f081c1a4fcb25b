package io.fluxrig.transport.snake.nats;

import io.fluxrig.perf.clock.Clock;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ClusterInfo;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.ServerInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfoOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream that all wires between racks share: a message lies there until a receiver has taken it. Made by the first rack that
 * needs it; one that is there is used if it can be. Every method waits for the server. Any thread.
 */
final class FluxStream {
    static final String NAME = "flux-msg";
    static final String SUBJECTS = "flux.msg.>";

    private static final Logger LOG = LoggerFactory.getLogger(FluxStream.class);
    private static final Duration DUPLICATE_WINDOW = Duration.ofMinutes(2);
    /** What a receiver had in hand when it died comes to another, or to it again, after this; see {@code Puller}, which speaks more often. */
    static final Duration ACK_WAIT = Duration.ofSeconds(5);

    /**
     * Racks of a group whose hands may all be full. So many times one rack's share a group may have unacknowledged: one that cannot pass
     * anything on, or has just been killed, must not keep the others from what comes.
     */
    private static final long GROUP_RACKS = 64;

    /** nats-server 2.9 removes the files of a deleted stream late, and with them those of one made too soon in its place. */
    private static final long MISSING_NS = 1_000_000_000L;

    /** For so long the answer to one wire is that to all. */
    private static final long FRESH_NS = 500_000_000;

    /** Answers that took longer leave no time to see to copies before whoever asks must say that it works: {@link #ACK_WAIT}. */
    private static final long QUICK_NS = 250_000_000;

    private static final int STREAM_NOT_FOUND = 10059;
    private static final int CONSUMER_NOT_FOUND = 10014;
    private static final int NO_MESSAGE_FOUND = 10037;
    /** What a server says of a consumer that nobody leads. */
    private static final int UNAVAILABLE = 10008;

    private static final List<Integer> NOTHING_THERE = List.of(STREAM_NOT_FOUND, CONSUMER_NOT_FOUND, NO_MESSAGE_FOUND);

    private final JetStreamManagement management;
    private final SnakeSettings settings;
    private final Clock clock;
    private final StreamCopies copies;
    private final Supplier<ServerInfo> server;
    /** Guarded by itself. */
    private final SparingLog refusals;

    /** Held by whoever asks whether the stream is there: for as long as the server lets him wait. */
    private final ReentrantLock asking = new ReentrantLock();

    private volatile Answer answer;
    /** By whoever holds {@link #asking}, as the next. */
    private volatile long missingSinceNs;

    private volatile boolean missing;

    /**
     * Whether the stream is there.
     *
     * @param fault null, or what is wrong
     * @param atNs when that was said
     */
    private record Answer(String fault, long atNs) {}

    /**
     * @param server that there is a connection to now; of it is asked whether it is one of a cluster
     * @param refusals as {@link Bus#refusals}
     */
    FluxStream(
            JetStreamManagement management,
            SnakeSettings settings,
            Clock clock,
            Supplier<ServerInfo> server,
            ToLongFunction<String> refusals) {
        this.clock = clock;
        this.refusals = new SparingLog(clock);
        this.management = management;
        this.settings = settings;
        this.server = server;
        this.copies = new StreamCopies(management, NAME, settings.replicas(), clock, server, refusals);
    }

    /**
     * Makes the stream if it is missing; null, or what is wrong. Waits for the server, and for nobody else: what somebody was told a moment ago holds for all,
     * and while somebody asks it is {@link Bus#ASKED_FOR}.
     */
    String ensure() {
        String fault = ensureThere();
        if (fault == null) {
            copies.raise();
        }
        return fault;
    }

    private String ensureThere() {
        Answer last = answer;
        if (last != null && clock.nanoTime() - last.atNs() < FRESH_NS) {
            return last.fault();
        }
        if (!asking.tryLock()) {
            return Bus.ASKED_FOR;
        }
        try {
            String fault = lookOrMake();
            answer = new Answer(fault, clock.nanoTime());
            return fault;
        } finally {
            asking.unlock();
        }
    }

    private String lookOrMake() {
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

    /**
     * Makes stream and consumer if they are missing; null, or what is wrong. Takes no longer than {@link #ACK_WAIT} where the consumer is there, and
     * may have given out messages.
     */
    String ensureConsumer(String subject, String consumer, int inFlightMax) {
        long askedNs = clock.nanoTime();
        String fault = ensureThere();
        if (fault == null) {
            fault = makeConsumer(subject, consumer, inFlightMax);
            raiseInTime(askedNs);
        }
        return fault;
    }

    private void raiseInTime(long askedNs) {
        if (clock.nanoTime() - askedNs < QUICK_NS) {
            copies.raise();
        }
    }

    private String makeConsumer(String subject, String consumer, int inFlightMax) {
        ConsumerConfiguration wanted = ConsumerConfiguration.builder()
                .durable(consumer)
                .filterSubject(subject)
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(ACK_WAIT)
                .maxAckPending(GROUP_RACKS * inFlightMax)
                .build();
        try {
            if (!isThere(wanted)) {
                management.addOrUpdateConsumer(NAME, wanted);
            }
            return null;
        } catch (JetStreamApiException refused) {
            return refused.getMessage();
        } catch (IOException | IllegalStateException gone) { // its message may be null, which means that all is well
            return gone.toString();
        }
    }

    /**
     * Whether there is such a consumer, which is left alone then. Making one that is there needs more of a cluster than the consumer itself
     * does, its leader among others, and may cost the consumer where a server has just come back and does not have the stream yet.
     */
    private boolean isThere(ConsumerConfiguration wanted) throws IOException, JetStreamApiException {
        try {
            ConsumerConfiguration found =
                    management.getConsumerInfo(NAME, wanted.getDurable()).getConsumerConfiguration();
            return wanted.getFilterSubject().equals(found.getFilterSubject())
                    && wanted.getAckPolicy() == found.getAckPolicy()
                    && wanted.getAckWait().equals(found.getAckWait())
                    && wanted.getMaxAckPending() == found.getMaxAckPending();
        } catch (JetStreamApiException refused) {
            if (refused.getApiErrorCode() == CONSUMER_NOT_FOUND) {
                return false;
            }
            throw refused;
        }
    }

    /**
     * The place of the subject's oldest message, if that is not above what the consumer has seen acknowledged without a gap. Asked now
     * and then while there are wires, so that the stream is also put on more servers here. Takes no longer than {@link #ACK_WAIT}.
     */
    long stranded(String subject, String consumer) {
        long askedNs = clock.nanoTime();
        long found = oldestAcknowledged(subject, consumer);
        raiseInTime(askedNs);
        return found;
    }

    private long oldestAcknowledged(String subject, String consumer) {
        try {
            long oldest = management.getFirstMessage(NAME, subject).getSeq();
            long acknowledged =
                    management.getConsumerInfo(NAME, consumer).getAckFloor().getStreamSequence();
            return oldest <= acknowledged ? oldest : Bus.NONE;
        } catch (JetStreamApiException noneOrRefused) {
            if (NOTHING_THERE.contains(noneOrRefused.getApiErrorCode())) {
                return Bus.NONE;
            }
            tell(subject, noneOrRefused.getMessage());
            return Bus.UNKNOWN;
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("stream {} was not asked for stranded messages of {}: {}", NAME, subject, gone.toString());
            return Bus.UNKNOWN;
        }
    }

    private void tell(String subject, String refusal) {
        boolean due;
        synchronized (refusals) {
            due = refusals.due();
        }
        if (due) {
            LOG.warn(
                    "{}: the stream {} does not say whether it holds messages that nobody is offered: {}",
                    subject,
                    NAME,
                    refusal);
        }
    }

    /** As {@link Bus#waiting}. */
    Map<String, Long> waiting(String above) {
        try {
            return management
                    .getStreamInfo(NAME, StreamInfoOptions.filterSubjects(above + ".>"))
                    .getStreamState()
                    .getSubjectMap();
        } catch (JetStreamApiException refused) {
            return refused.getApiErrorCode() == STREAM_NOT_FOUND ? Map.of() : null;
        } catch (IOException | IllegalStateException unanswered) {
            LOG.debug("stream {} was not asked what waits below {}: {}", NAME, above, unanswered.toString());
            return null;
        }
    }

    /** A server that stands alone leads all that it has. */
    Bus.Lead lead(String consumer) {
        return StreamCopies.isOfMany(server.get()) && isLed() ? leadOf(consumer) : Bus.Lead.SOMEBODY;
    }

    private boolean isLed() {
        try {
            ClusterInfo cluster = management.getStreamInfo(NAME).getClusterInfo();
            return cluster != null && cluster.getLeader() != null;
        } catch (JetStreamApiException | IOException | IllegalStateException unanswered) {
            return false;
        }
    }

    /** Somebody also where there is no such consumer. */
    private Bus.Lead leadOf(String consumer) {
        try {
            ClusterInfo cluster = management.getConsumerInfo(NAME, consumer).getClusterInfo();
            return cluster == null || cluster.getLeader() != null ? Bus.Lead.SOMEBODY : Bus.Lead.NOBODY;
        } catch (JetStreamApiException refused) {
            return refused.getApiErrorCode() == UNAVAILABLE ? Bus.Lead.NOBODY : Bus.Lead.SOMEBODY;
        } catch (IOException silence) {
            return Bus.Lead.UNANSWERED;
        } catch (IllegalStateException closing) {
            return Bus.Lead.SOMEBODY;
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
        if (clock.nanoTime() - missingSinceNs < MISSING_NS) {
            return "the stream " + NAME + " is not there yet";
        }
        String fault = make();
        missing = fault != null; // who deletes that one begins anew
        return fault;
    }

    private String make() {
        return copies.make(replicas -> StreamConfiguration.builder()
                .name(NAME)
                .subjects(SUBJECTS)
                .storageType(StorageType.File)
                .retentionPolicy(RetentionPolicy.WorkQueue)
                .discardPolicy(DiscardPolicy.New)
                .maxBytes(settings.streamBytes())
                .replicas(replicas)
                .duplicateWindow(DUPLICATE_WINDOW)
                .build());
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
