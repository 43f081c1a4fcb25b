package io.fluxrig.transport.snake.nats;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the ends of wires need of NATS. Any thread; what is marked as blocking is called on a wire's own thread.
 */
public interface Bus {
    /** {@link #connection}: there is none. */
    long DOWN = 0;

    /** {@link #stranded}: there is none. */
    long NONE = -1;

    /** {@link #stranded}: it cannot be told now. */
    long UNKNOWN = -2;

    /** {@link #ensureStream}, {@link #ensureConsumer}: another wire is asking just now, whose answer will do; nothing is wrong. */
    String ASKED_FOR = "another wire is asking for the stream";

    /** So often {@link #ensureBucket} sees to copies that a bucket lacks. */
    long RAISE_NS = StreamCopies.RAISE_NS;

    /** After so long without a word about it a stream gives a message to whoever asks next. */
    long ACK_WAIT_NS = FluxStream.ACK_WAIT.toNanos();

    /** Where every end of a wire asks about the stream. */
    String STREAM_INFO = "$JS.API.STREAM.INFO." + FluxStream.NAME;

    /** Where a receiver makes its consumer: behind it that one's name, and the wire's subject. */
    String CONSUMER_CREATE = "$JS.API.CONSUMER.CREATE." + FluxStream.NAME + ".";

    /** Where a receiver asks about its consumer: behind it that one's name. */
    String CONSUMER_INFO = "$JS.API.CONSUMER.INFO." + FluxStream.NAME + ".";

    /** Where a receiver asks for messages: behind it its consumer's name. */
    String CONSUMER_NEXT = "$JS.API.CONSUMER.MSG.NEXT." + FluxStream.NAME + ".";

    /** Where a receiver forgets its consumer: behind it that one's name. */
    String CONSUMER_DELETE = "$JS.API.CONSUMER.DELETE." + FluxStream.NAME + ".";

    /** Below it a stream waits for the acknowledgement of a message, each on a subject of its own; for {@link #refusals} they are one. */
    String ACK = "$JS.ACK.";

    /** Below it a sender waits for confirmations, each on a subject of its own; for {@link #refusals} they are one. */
    String CONFIRM = "flux.confirm.";

    /** The number of the connection, one higher after every reconnect; {@link #DOWN} while there is none. */
    long connection();

    /**
     * Hands a message to the connection.
     *
     * @param replyTo where the answer goes, null for none
     * @param messageId for {@code Nats-Msg-Id}, at most 100 characters, null for none
     * @param body no longer than {@link #bodyMax}
     * @return false if there is no connection or it has no room; nothing was sent
     */
    boolean publish(String subject, String replyTo, String messageId, byte[] body);

    /**
     * Hands a message to the connection that a stream takes only if the last one of its subject is still that.
     *
     * @param replyTo where the stream's answer goes
     * @param lastSequence of the subject's last message in the stream, 0 for none
     * @return as {@link #publish}
     */
    boolean publishAfter(String subject, String replyTo, long lastSequence, byte[] body);

    /** Longest body that the server takes with a message id beside it; a longer one would cost the connection. No limit without a connection. */
    long bodyMax();

    /** Whether the server is one of a cluster, as far as it has said; false without a connection. */
    boolean ofMany();

    /** How often the server has said that this rack may not publish to a subject, or anything below {@link #ACK} or {@link #CONFIRM}. */
    long refusals(String subject);

    /** Under which subject a refusal counts. */
    static String refused(String subject) {
        if (subject.startsWith(ACK)) {
            return ACK;
        }
        return subject.startsWith(CONFIRM) ? CONFIRM : subject;
    }

    /** A subject that nobody else has, without a dot at its end. */
    String newInbox();

    /** From now on, and over reconnects, hands over what comes on that subject; on the connection's threads. */
    void listen(String subject, Consumer<BusMessage> to);

    /** Blocking: makes the stream if it is missing; null, {@link #ASKED_FOR}, or what is wrong. */
    String ensureStream();

    /** Blocking: makes a bucket that keeps entries that long, if it is missing, and sees to its copies. One thread for a bucket. */
    Bucket ensureBucket(String bucket, Duration kept);

    /** Blocking: makes stream and consumer if they are missing; null, {@link #ASKED_FOR}, or what is wrong. */
    String ensureConsumer(String subject, String consumer, int inFlightMax);

    /** Asks for messages of a consumer; answers and heartbeats come on {@code replyTo}. False as {@link #publish}. */
    boolean pull(String consumer, String replyTo, int count, long expiresNs, long heartbeatNs);

    /**
     * Blocking: the place in the stream of a message of that subject that the consumer takes for acknowledged; {@link #NONE} if
     * there is none, {@link #UNKNOWN} if it cannot be told.
     */
    long stranded(String subject, String consumer);

    /**
     * Blocking: how many messages the stream holds under each subject below that one; null if it cannot be told.
     *
     * @param above without a dot at its end
     */
    Map<String, Long> waiting(String above);

    /** Blocking: whether a server leads a consumer, where one leads its stream; without one nobody is offered anything. */
    Lead lead(String consumer);

    /** Blocking: forgets a consumer, so that the next one of that name is offered all that the stream holds; null, or what is wrong. */
    String forgetConsumer(String consumer);

    /** Whether a server leads a consumer. */
    enum Lead {
        /** Or it does not matter, since nobody leads the stream either, or it cannot be told. */
        SOMEBODY,
        /** As a server of a cluster says, whose stream is led. */
        NOBODY,
        /** There was no answer, as where nobody leads it, where its leader is busy, or where this rack may not ask. */
        UNANSWERED
    }

    /**
     * A bucket that is there.
     *
     * @param fault what is wrong, null if nothing is
     * @param kept how long it keeps entries: as wanted, or less
     */
    record Bucket(String fault, Duration kept) {
        static Bucket unusable(String fault) {
            return new Bucket(fault, Duration.ZERO);
        }
    }
}
