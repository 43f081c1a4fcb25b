package io.fluxrig.transport.snake.entry;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.nats.BusMessage;
import io.fluxrig.transport.snake.nats.EntryBucket;
import io.fluxrig.transport.snake.nats.Mailbox;
import io.fluxrig.transport.snake.nats.PublishAnswer;
import io.fluxrig.transport.snake.nats.SparingLog;
import io.fluxrig.transport.snake.nats.StoredMessage;
import io.fluxrig.transport.snake.seal.SnakeKey;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;

/**
 * Sees to the bucket of shared entries, and to the key under which they have their names there ({@link EntryCodec}): reads it on every new
 * connection, puts one there where there is none, and writes it anew well before the bucket would forget it, under the key that seals now.
 *
 * <p>A bucket that was there is asked for its key until it answers, and made again only where NATS says that it is gone: while a cluster
 * chooses who leads its stream nobody answers, and whoever waits for one answer meanwhile waits too long.
 *
 * <p>The sharing thread only; what has to wait for NATS is left to {@link BucketCare}.
 */
final class EntryNames {
    private static final String ENTRY = "names";
    private static final long AGAIN_NS = 250_000_000;
    private static final long ANSWER_NS = 2_000_000_000;
    /** Written so many times while the bucket would keep it. */
    private static final int TIMES_KEPT = 4;
    /** Answers that may wait; a question is asked at a time. */
    private static final int MAIL_MAX = 64;

    private final EntrySettings settings;
    private final Bus bus;
    private final EntryCodec codec;
    private final SnakeKey key;
    private final BucketCare care;
    private final Clock clock;
    private final Logger log;
    private final SparingLog trouble;
    private final Mailbox mail;
    private final String answers;
    private final String subject;
    private long connection = Bus.DOWN;
    private Step step = Step.BUCKET;
    private boolean under;
    private long copiesDueNs;
    private long dueNs;
    private long question;
    private long revision;
    private boolean ready;
    /** Whether the bucket was there, and nobody has said since that it is gone. */
    private boolean known;

    private enum Step {
        /** The bucket is to be seen to. */
        BUCKET,
        /** The key is to be read. */
        READ,
        /** There is no key: one is to be put there. */
        MAKE,
        /** The key is known; it is written anew when it is due. */
        KNOWN
    }

    EntryNames(
            EntrySettings settings,
            Bus bus,
            EntryCodec codec,
            SnakeKey key,
            BucketCare care,
            Clock clock,
            Runnable wake,
            EntryFigures figures,
            Logger log) {
        this.settings = settings;
        this.bus = bus;
        this.codec = codec;
        this.key = key;
        this.care = care;
        this.clock = clock;
        this.log = log;
        this.trouble = new SparingLog(clock);
        this.answers = bus.newInbox();
        this.subject = EntryBucket.subject(settings.bucket(), ENTRY);
        this.mail = new Mailbox(MAIL_MAX, wake, figures.mailDropped);
        mail.listen(bus, answers + ".*");
    }

    boolean connected() {
        return bus.connection() != Bus.DOWN;
    }

    /** Whether entries can be written and found. */
    boolean ready() {
        return ready;
    }

    /** What was to be written into the bucket was refused: begins again where that is gone. */
    void refused(PublishAnswer answer) {
        if (answer.noStream()) {
            begin(clock.nanoTime());
        }
    }

    /** One turn; whether there was anything to do. */
    boolean turn(long nowNs) {
        long now = bus.connection();
        if (now != connection) {
            connection = now;
            begin(nowNs);
        }
        if (now == Bus.DOWN) {
            return false;
        }
        boolean busy = readMail(nowNs);
        if (ready && nowNs - copiesDueNs >= 0) {
            copiesDueNs = nowNs + Bus.RAISE_NS;
            care.again();
        }
        if (nowNs - dueNs >= 0) {
            act(nowNs);
        }
        return busy;
    }

    private void begin(long nowNs) {
        ready = false;
        step = known ? Step.READ : Step.BUCKET;
        under = false;
        dueNs = nowNs;
        question++; // answers to what was asked before do not count
    }

    private void act(long nowNs) {
        switch (step) {
            case BUCKET -> bucket(nowNs);
            case READ -> read(nowNs);
            case MAKE -> write(nowNs, revision, codec.hasNames() ? codec.namesAgain() : codec.newNames());
            case KNOWN -> write(nowNs, revision, codec.namesAgain());
        }
    }

    private void bucket(long nowNs) {
        if (!under) {
            under = true;
            care.begin();
        }
        String fault = care.fault();
        if (fault == null) {
            under = false;
            read(nowNs);
        } else if (!fault.equals(BucketCare.UNDER_WAY)) {
            complain("no bucket: " + fault);
            under = false;
            dueNs = nowNs + AGAIN_NS;
        }
    }

    /** Asked again and again, it is one question: whichever answer comes first counts. */
    private void read(long nowNs) {
        byte[] what = ("{\"last_by_subj\":\"" + subject + "\"}").getBytes(StandardCharsets.US_ASCII);
        step = Step.READ;
        dueNs = nowNs + AGAIN_NS;
        bus.publish(EntryBucket.reads(settings.bucket()), answers + "." + question, null, what);
    }

    private void write(long nowNs, long after, byte[] value) {
        boolean sent = bus.publishAfter(subject, answers + "." + question, after, value);
        dueNs = nowNs + (sent ? ANSWER_NS : AGAIN_NS);
    }

    private boolean readMail(long nowNs) {
        boolean any = false;
        for (BusMessage answer = mail.poll(); answer != null; answer = mail.poll()) {
            any = true;
            if (!answer.subject().equals(answers + "." + question)) {
                continue;
            }
            question++; // what else comes to the one that is answered counts no more
            switch (step) {
                case READ -> onRead(StoredMessage.of(answer), nowNs);
                case MAKE, KNOWN -> onWritten(PublishAnswer.ofBucket(answer, settings.bucket()), nowNs);
                default -> dueNs = nowNs;
            }
        }
        return any;
    }

    private void onRead(StoredMessage answer, long nowNs) {
        if (answer.fault() != null) {
            complain(answer.fault());
            known = known && !answer.noStream();
            begin(nowNs);
            dueNs = nowNs + AGAIN_NS;
        } else if (answer.body().length == 0) {
            step = Step.MAKE;
            revision = answer.sequence();
            dueNs = nowNs;
        } else if (codec.useNames(answer.body())) {
            revision = answer.sequence();
            step = Step.KNOWN;
            dueNs = nowNs + care.keptNs() / TIMES_KEPT;
            ready = true;
            known = true;
            if (trouble.over()) {
                log.info("{}: tickets are shared with other racks again", settings.bucket());
            }
        } else {
            ready = false;
            complain("what gives tickets their names is not sealed with a key that this rack has: " + key.advice());
            dueNs = nowNs + AGAIN_NS;
        }
    }

    private void onWritten(PublishAnswer answer, long nowNs) {
        if (answer.fault() != null && answer.noStream()) {
            complain(answer.fault());
            begin(nowNs);
            dueNs = nowNs + AGAIN_NS;
        } else if (answer.fault() != null && !answer.superseded()) {
            complain(answer.fault());
            dueNs = nowNs + AGAIN_NS;
        } else {
            step = Step.READ; // also where this rack's was taken: what stands there counts
            dueNs = nowNs;
        }
    }

    private void complain(String what) {
        if (trouble.due()) {
            log.warn("{}: tickets are not shared with other racks: {}; tried again and again", settings.bucket(), what);
        }
    }
}
