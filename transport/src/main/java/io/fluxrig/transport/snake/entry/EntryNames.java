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
 * Since the bucket may be lost, and made again by a rack with another key, it is read on: every few seconds, and while entries are claimed
 * some times a second, so that {@link #sure} can say of each claim whether it is under the names that all racks have.
 *
 * <p>A bucket that was there is asked for its key until it answers, and made again only where NATS says that it is gone: while a cluster
 * chooses who leads its stream nobody answers, and whoever waits for one answer meanwhile waits too long.
 *
 * <p>The sharing thread only; what has to wait for NATS is left to {@link BucketCare}.
 */
final class EntryNames {
    private static final String ENTRY = "names";
    private static final long AGAIN_NS = 250_000_000;
    /** How long before a claim the key may have been read at most. */
    private static final long SURE_NS = 500_000_000;

    /** As long as no entry is claimed it is read so often. */
    private static final long READ_NS = 5_000_000_000L;
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
    /** Of the key that stands there; 0 for none. */
    private long revision;
    /** When to write the key that stands there anew. */
    private long renewNs;
    /** When the question was asked first that is not answered yet. */
    private long askedNs;
    /** Whether one is. */
    private boolean asked;
    /** When the question was asked by whose answer the key is known. */
    private long readNs;
    /** Whether there is such an answer, and nothing was against it since. */
    private boolean read;
    /** The last place in the bucket that something was written to. */
    private long wrote;

    private boolean ready;
    /** Whether the bucket was there, and nobody has said since that it is gone. */
    private boolean known;

    private enum Step {
        /** The bucket is to be seen to. */
        BUCKET,
        /** The key is to be read. */
        READ,
        /** The key is to be put there, or anew. */
        WRITE,
        /** It was written, whatever comes of that: what stands there then is to be read. */
        WRITTEN,
        /** The key is known; it is read again when that is due. */
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

    /** Whether the key is known, as far as anybody has said, of the bucket that is there. */
    boolean undoubted() {
        return ready && read;
    }

    /** Whether the key was in force that this rack uses, when an entry was claimed then. */
    boolean sure(long claimedNs) {
        return undoubted() && claimedNs - readNs <= SURE_NS;
    }

    /** Reads the key ahead, so that it is sure of claims that follow this one. */
    void keepSure(long nowNs) {
        if (!sure(nowNs + SURE_NS / 2)) {
            look(nowNs);
        }
    }

    /** Reads the key now, unless that is under way. */
    void look(long nowNs) {
        if (step == Step.KNOWN) {
            ask(nowNs);
        }
    }

    /** Something was written to that place of the bucket: one before an earlier one's is in another bucket. */
    void wrote(long sequence, long nowNs) {
        if (sequence < wrote) {
            doubt(nowNs);
        }
        wrote = sequence;
    }

    /** The bucket seems to be another one: it is not sure of any claim until the key was read there. */
    void doubt(long nowNs) {
        boolean asksAlready = !read && asked;
        read = false;
        if (ready && !asksAlready) {
            question++; // an answer that is under way may be the other bucket's
            asked = false;
            ask(nowNs);
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
        read = false;
        asked = false;
        step = known ? Step.READ : Step.BUCKET;
        under = false;
        dueNs = nowNs;
        question++; // answers to what was asked before do not count
    }

    private void act(long nowNs) {
        switch (step) {
            case BUCKET -> bucket(nowNs);
            case READ, KNOWN -> ask(nowNs);
            case WRITE -> write(nowNs);
            case WRITTEN -> {
                question++;
                ask(nowNs);
            }
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
            ask(nowNs);
        } else if (!fault.equals(BucketCare.UNDER_WAY)) {
            complain("no bucket: " + fault);
            under = false;
            dueNs = nowNs + AGAIN_NS;
        }
    }

    /** Asked again and again, it is one question: whichever answer comes first counts. */
    private void ask(long nowNs) {
        byte[] what = ("{\"last_by_subj\":\"" + subject + "\"}").getBytes(StandardCharsets.US_ASCII);
        if (!asked) {
            asked = true;
            askedNs = nowNs;
        }
        step = Step.READ;
        dueNs = nowNs + AGAIN_NS;
        bus.publish(EntryBucket.reads(settings.bucket()), answers + "." + question, null, what);
    }

    /** Over what was read just now, of which this rack has the key, or where nothing stood. */
    private void write(long nowNs) {
        byte[] value = codec.hasNames() ? codec.namesAgain() : codec.newNames();
        bus.publishAfter(subject, answers + "." + question, revision, value);
        step = Step.WRITTEN;
        dueNs = nowNs + AGAIN_NS;
    }

    private boolean readMail(long nowNs) {
        boolean any = false;
        for (BusMessage answer = mail.poll(); answer != null; answer = mail.poll()) {
            any = true;
            if (!answer.subject().equals(answers + "." + question)) {
                continue;
            }
            question++; // what else comes to the one that is answered counts no more
            asked = false;
            switch (step) {
                case READ -> onRead(StoredMessage.of(answer), nowNs);
                case WRITTEN -> onWritten(PublishAnswer.ofBucket(answer, settings.bucket()), nowNs);
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
            step = Step.WRITE;
            read = false;
            revision = answer.sequence();
            dueNs = nowNs;
        } else if (uses(answer, nowNs)) {
            boolean renew = nowNs - renewNs >= 0;
            step = renew ? Step.WRITE : Step.KNOWN;
            dueNs = renew ? nowNs : nowNs + Math.min(READ_NS, renewAfterNs());
            read = true;
            readNs = askedNs;
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

    /** Whether the key that stands there can be used, and is from now on. */
    private boolean uses(StoredMessage answer, long nowNs) {
        int before = codec.namesGiven();
        if (!codec.useNames(answer.body())) {
            return false;
        }
        if (answer.sequence() != revision || codec.namesGiven() != before) {
            revision = answer.sequence();
            renewNs = nowNs + renewAfterNs(); // whoever wrote it
        }
        return true;
    }

    private long renewAfterNs() {
        return care.keptNs() / TIMES_KEPT;
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
            ask(nowNs); // also where this rack's was taken: what stands there counts
        }
    }

    private void complain(String what) {
        if (trouble.due()) {
            log.warn("{}: tickets are not shared with other racks: {}; tried again and again", settings.bucket(), what);
        }
    }
}
