package io.fluxrig.transport.snake;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.journal.EntryRings;
import io.fluxrig.transport.journal.SharedEntry;
import io.fluxrig.transport.journal.SharedEntry.Verdict;
import io.fluxrig.transport.snake.HeldEntry.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;
import org.slf4j.Logger;

/**
 * Shares the entries of a rack's strips with other racks, in turns: writes each into a bucket, unless there is one of its name, tells the
 * strip which are its own, and writes what became of those. Waits for no answer; what comes from NATS waits in a queue.
 *
 * <p>Where NATS does not answer in time, nobody can tell whether an entry is the strip's own: it is told so, or goes on alone. From the
 * first such until the next answer nobody waits any more.
 *
 * <p>One thread.
 */
final class EntrySharer implements SnakeTurns, EntryRings.Visitor {
    private static final int POLL_MAX = 256;
    /** Questions under way beyond which nothing more is taken in. */
    private static final int QUESTIONS_MAX = 4096;

    private static final long LOOK_NS = 5_000_000;
    /** After this an answer does not come any more. */
    private static final long ANSWER_NS = 2_000_000_000;

    private static final long WRITE_AGAIN_NS = 200_000_000;
    /** How long an outcome is worth being written. */
    private static final long WRITE_FOR_NS = 10_000_000_000L;

    private static final int CLAIMS_MAX = 3;
    private static final byte[] NOTHING = {};

    private final EntrySettings settings;
    private final Bus bus;
    private final EntryRings rings;
    private final EntryCodec codec;
    private final EntryNames names;
    private final Clock clock;
    private final EntryFigures figures;
    private final IntConsumer wakeStrip;
    private final SnakeKey key;
    private final Logger log;
    private final SparingLog trouble;

    private final Queue<BusMessage> mail = new ConcurrentLinkedQueue<>();
    private final Map<Long, HeldEntry> entries = new HashMap<>();
    private final Map<Long, HeldEntry> questions = new HashMap<>();
    /** Questions in the order in which they were asked: number, and when an answer does not come any more. */
    private final Deque<long[]> asked = new ArrayDeque<>();

    private final List<Deque<EntryTurn>> turns = new ArrayList<>();
    private final BitSet news = new BitSet();
    private final Queue<HeldEntry> writeAgain = new ArrayDeque<>();
    private final String acks;
    private long question;
    private long nowNs;
    private long lookedNs;
    private boolean silent;

    EntrySharer(
            EntrySettings settings,
            Bus bus,
            EntryRings rings,
            EntryCodec codec,
            EntryNames names,
            SnakeKey key,
            Clock clock,
            EntryFigures figures,
            IntConsumer wakeStrip,
            Logger log) {
        this.settings = settings;
        this.bus = bus;
        this.rings = rings;
        this.codec = codec;
        this.names = names;
        this.key = key;
        this.clock = clock;
        this.figures = figures;
        this.wakeStrip = wakeStrip;
        this.log = log;
        this.trouble = new SparingLog(clock);
        this.acks = bus.newInbox();
        for (int strip = 0; strip < rings.strips(); strip++) {
            turns.add(new ArrayDeque<>());
        }
        bus.listen(acks + ".*", answer -> {
            mail.add(answer);
            rings.gate().wake();
        });
    }

    @Override
    public boolean turn() {
        nowNs = clock.nanoTime();
        boolean busy = readMail();
        busy |= names.turn(nowNs);
        busy |= takeIn();
        if (nowNs - lookedNs >= LOOK_NS) {
            lookedNs = nowNs;
            lookAround();
        }
        tellStrips();
        figures.held.set(entries.size());
        return busy;
    }

    @Override
    public boolean idle() {
        return questions.isEmpty() && writeAgain.isEmpty() && turns.stream().allMatch(Deque::isEmpty);
    }

    @Override
    public boolean hopeless() {
        return bus.connection() == Bus.DOWN;
    }

    private boolean takeIn() {
        boolean any = false;
        for (int strip = 0; strip < rings.strips(); strip++) {
            for (int i = 0; i < POLL_MAX && questions.size() < QUESTIONS_MAX && rings.poll(strip, this); i++) {
                any = true;
            }
        }
        return any;
    }

    @Override
    public void opens(int strip, long id, byte[] bytes, int nameLength) {
        if (!codec.hasNames()) {
            Bytes.wipe(bytes);
            unknown(strip, id);
            done(strip);
            return;
        }
        HeldEntry entry = new HeldEntry(id, strip, codec.token(bytes, nameLength), codec.seal(id, bytes, nameLength));
        Bytes.wipe(bytes);
        entries.put(id, entry);
        await(entry);
        if (!names.ready()) {
            unknown(entry);
            return;
        }
        if (silent) {
            tellUnknown(entry); // it is asked all the same, to hear whether answers come again
        }
        claim(entry, 0);
    }

    @Override
    public void adds(int strip, long id, byte[] bytes) {
        done(strip);
        HeldEntry entry = entries.get(id);
        if (entry != null && entry.state != State.FOUND) {
            byte[] sealed = codec.seal(id, bytes, 0);
            byte[] value = Arrays.copyOf(entry.opened, entry.opened.length + sealed.length);
            System.arraycopy(sealed, 0, value, entry.opened.length, sealed.length);
            comesTo(entry, value);
        }
        Bytes.wipe(bytes);
    }

    @Override
    public void ends(int strip, long id) {
        done(strip);
        HeldEntry entry = entries.get(id);
        if (entry != null && entry.last == null) {
            comesTo(entry, NOTHING);
        }
    }

    @Override
    public void looks(int strip, long id) {
        done(strip);
        HeldEntry entry = entries.get(id);
        if (entry != null && entry.state == State.FOUND && names.ready()) {
            ask(entry);
        }
    }

    @Override
    public void takesOver(int strip, long id) {
        HeldEntry entry = entries.get(id);
        if (entry == null || entry.state != State.FOUND) {
            unknown(strip, id);
            done(strip);
            return;
        }
        await(entry);
        claim(entry, entry.revision);
    }

    private void done(int strip) {
        turns.get(strip).add(EntryTurn.DONE);
    }

    private void await(HeldEntry entry) {
        entry.turn = new EntryTurn(entry, nowNs + settings.waitNs());
        turns.get(entry.strip).add(entry.turn);
    }

    /** What is to stand there in the end. */
    private void comesTo(HeldEntry entry, byte[] last) {
        entry.last = last;
        boolean open = entry.state == State.OURS || entry.state == State.UNKNOWN && last.length > 0;
        if (open) {
            entry.giveUpNs = nowNs + WRITE_FOR_NS;
            write(entry);
        } else if (entry.question == 0) {
            entries.remove(entry.id);
        }
    }

    private void claim(HeldEntry entry, long after) {
        entry.state = State.CLAIMING;
        entry.revision = after;
        entry.claims++;
        if (!bus.publishAfter(subject(entry), nextQuestion(entry), after, entry.opened)) {
            forgetQuestion(entry);
            unknown(entry);
        }
    }

    private void ask(HeldEntry entry) {
        boolean looks = entry.state == State.FOUND;
        entry.state = State.ASKING;
        String what = "{\"last_by_subj\":\"" + subject(entry) + "\"}";
        String at = "$JS.API.STREAM.MSG.GET." + EntryBucket.stream(settings.bucket());
        if (!bus.publish(at, nextQuestion(entry), null, what.getBytes(StandardCharsets.US_ASCII))) {
            forgetQuestion(entry);
            if (looks) {
                entry.state = State.FOUND;
            } else {
                unknown(entry);
            }
        }
    }

    private void write(HeldEntry entry) {
        entry.state = State.WRITING;
        if (!names.ready() || !bus.publishAfter(subject(entry), nextQuestion(entry), entry.revision, entry.last)) {
            forgetQuestion(entry);
            laterAgain(entry);
        }
    }

    private void laterAgain(HeldEntry entry) {
        entry.dueNs = nowNs + WRITE_AGAIN_NS;
        writeAgain.add(entry);
    }

    private String subject(HeldEntry entry) {
        return EntryBucket.subject(settings.bucket(), entry.token);
    }

    private String nextQuestion(HeldEntry entry) {
        entry.question = ++question;
        questions.put(question, entry);
        asked.add(new long[] {question, nowNs + ANSWER_NS});
        return acks + "." + question;
    }

    private void forgetQuestion(HeldEntry entry) {
        questions.remove(entry.question);
        entry.question = 0;
    }

    private boolean readMail() {
        boolean any = false;
        for (BusMessage answer = mail.poll(); answer != null; answer = mail.poll()) {
            any = true;
            HeldEntry entry = questions.get(Long.parseLong(answer.subject().substring(acks.length() + 1)));
            if (entry == null) {
                continue;
            }
            forgetQuestion(entry);
            answered();
            switch (entry.state) {
                case CLAIMING -> claimed(entry, PublishAnswer.of(answer));
                case ASKING -> found(entry, StoredMessage.of(answer));
                case WRITING -> written(entry, PublishAnswer.of(answer));
                default -> throw new IllegalStateException("nothing was asked of an entry that is " + entry.state);
            }
        }
        return any;
    }

    private void answered() {
        if (silent) {
            silent = false;
            log.info("{}: NATS answers again", settings.bucket());
        }
    }

    private void claimed(HeldEntry entry, PublishAnswer answer) {
        if (answer.fault() == null) {
            ours(entry, answer.sequence());
        } else if (answer.superseded()) {
            ask(entry);
        } else {
            refused(answer);
            unknown(entry);
        }
    }

    private void found(HeldEntry entry, StoredMessage answer) {
        if (answer.fault() != null) {
            complain(answer.fault());
            foundNothingOut(entry);
            return;
        }
        byte[] value = answer.body();
        if (value.length > 0) {
            read(entry, value, answer.sequence());
        } else if (entry.turn != null && entry.claims < CLAIMS_MAX) {
            claim(entry, answer.sequence());
        } else {
            another(entry, answer.sequence(), Verdict.FOUND, List.of());
        }
    }

    private void foundNothingOut(HeldEntry entry) {
        if (entry.turn == null && entry.revision != 0) {
            entry.state = State.FOUND;
            leaveIfEnded(entry);
        } else {
            unknown(entry);
        }
    }

    private void read(HeldEntry entry, byte[] value, long revision) {
        EntryCodec.Read read = codec.read(value, entry.token, entry.id);
        switch (read.kind()) {
            case OWN -> ours(entry, revision);
            case ANOTHERS -> another(entry, revision, Verdict.FOUND, read.records());
            default -> {
                figures.unreadable.increment();
                complain(
                        read.kind() == EntryCodec.Read.Kind.OTHER_KEY
                                ? "a ticket of another rack is sealed with a key that this one has not: " + key.advice()
                                : "a ticket that no rack with these keys wrote");
                another(entry, revision, Verdict.UNREADABLE, List.of());
            }
        }
    }

    private void ours(HeldEntry entry, long revision) {
        figures.opened.increment();
        entry.state = State.OURS;
        entry.revision = revision;
        told(entry);
        if (entry.last != null) {
            comesTo(entry, entry.last);
        }
    }

    private void another(HeldEntry entry, long revision, Verdict verdict, List<byte[]> records) {
        boolean first = entry.turn != null;
        entry.state = State.FOUND;
        entry.revision = revision;
        if (first) {
            figures.found.increment();
        }
        rings.found(entry.strip, new SharedEntry(entry.id, verdict, records));
        news.set(entry.strip);
        told(entry);
        leaveIfEnded(entry);
    }

    private void leaveIfEnded(HeldEntry entry) {
        if (entry.last != null) {
            entries.remove(entry.id);
        }
    }

    private void written(HeldEntry entry, PublishAnswer answer) {
        if (answer.fault() == null) {
            figures.settled.increment();
            entries.remove(entry.id);
        } else if (answer.superseded()) {
            lost(entry, "another rack has written what became of it");
        } else {
            refused(answer);
            laterAgain(entry);
        }
    }

    private void lost(HeldEntry entry, String why) {
        entries.remove(entry.id);
        figures.lost.increment();
        if (trouble.due()) {
            log.warn(
                    "{}: what became of a ticket is not shared: {}; a repeat on another rack is declined or sent again",
                    settings.bucket(),
                    why);
        }
    }

    private void refused(PublishAnswer answer) {
        if (answer.noStream()) {
            names.bucketGone();
        }
        complain(answer.fault());
    }

    private void complain(String what) {
        if (trouble.due()) {
            log.warn("{}: tickets are not shared with other racks: {}", settings.bucket(), what);
        }
    }

    /** The strip's record is done: it knows all that there is to know of the entry now. */
    private static void told(HeldEntry entry) {
        if (entry.turn != null) {
            entry.turn.done = true;
            entry.turn = null;
        }
    }

    /** Nobody can tell whose it is, and no answer is under way. */
    private void unknown(HeldEntry entry) {
        tellUnknown(entry);
        entry.state = State.UNKNOWN;
        entry.revision = 0;
        if (entry.last != null) {
            comesTo(entry, entry.last);
        }
    }

    private void tellUnknown(HeldEntry entry) {
        if (entry.turn != null) {
            told(entry);
            unknown(entry.strip, entry.id);
        }
    }

    private void unknown(int strip, long id) {
        figures.unshared.increment();
        if (!settings.alone()) {
            rings.found(strip, SharedEntry.of(id, Verdict.UNKNOWN));
            news.set(strip);
        }
    }

    private void lookAround() {
        for (Deque<EntryTurn> ofStrip : turns) {
            tellLate(ofStrip);
        }
        while (!asked.isEmpty() && nowNs - asked.peek()[1] >= 0) {
            HeldEntry entry = questions.get(asked.poll()[0]);
            if (entry != null) {
                forgetQuestion(entry);
                unanswered(entry);
            }
        }
        for (int i = writeAgain.size(); i > 0 && nowNs - writeAgain.peek().dueNs >= 0; i--) {
            HeldEntry entry = writeAgain.poll();
            if (nowNs - entry.giveUpNs >= 0) {
                lost(entry, "NATS did not take it for " + WRITE_FOR_NS / 1_000_000_000 + " s");
            } else {
                write(entry);
            }
        }
    }

    /** Those of a strip wait equally long: the first is the first whose time is over. */
    private void tellLate(Deque<EntryTurn> ofStrip) {
        for (EntryTurn turn : ofStrip) {
            if (turn.entry == null || turn.done) {
                continue;
            }
            if (nowNs - turn.untilNs < 0) {
                return;
            }
            tellUnknown(turn.entry);
            if (!silent) {
                silent = true;
                log.warn(
                        "{}: NATS does not answer within {} ms: {}",
                        settings.bucket(),
                        settings.waitNs() / 1_000_000,
                        settings.alone()
                                ? "requests are sent without asking whether another rack has sent them, until it does"
                                : "requests are declined until it does");
            }
        }
    }

    private void unanswered(HeldEntry entry) {
        switch (entry.state) {
            case WRITING -> laterAgain(entry);
            case ASKING -> foundNothingOut(entry);
            default -> unknown(entry);
        }
    }

    private void tellStrips() {
        for (int strip = 0; strip < turns.size(); strip++) {
            Deque<EntryTurn> ofStrip = turns.get(strip);
            boolean wake = news.get(strip);
            while (!ofStrip.isEmpty() && ofStrip.peek().done) {
                ofStrip.poll();
                wake |= rings.kept(strip);
            }
            if (wake) {
                wakeStrip.accept(strip);
            }
        }
        news.clear();
    }
}
