package io.fluxrig.transport.snake.entry;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.entry.EntryRings;
import io.fluxrig.transport.entry.SharedEntry;
import io.fluxrig.transport.entry.SharedEntry.Verdict;
import io.fluxrig.transport.snake.entry.HeldEntry.State;
import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.nats.BusMessage;
import io.fluxrig.transport.snake.nats.PublishAnswer;
import io.fluxrig.transport.snake.nats.StoredMessage;
import io.fluxrig.transport.snake.thread.SnakeTurns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Shares the entries of a rack's strips with other racks, in turns: writes each into a bucket, unless there is one of its name, tells the
 * strip which are its own, and writes what became of those. Waits for no answer; {@link HeldEntry} has the states of an entry.
 *
 * <p>Where NATS does not answer in time, nobody can tell whether an entry is the strip's own: it is told so, or goes on alone. From the
 * first such until the next answer nobody waits any more, and one question at a time is asked, to hear whether answers come again. One thread.
 */
final class EntrySharer implements SnakeTurns, EntryRings.Visitor {
    private static final int POLL_MAX = 256;
    private static final long LOOK_NS = 5_000_000;
    private static final long WRITE_AGAIN_NS = 200_000_000;
    /** How long after an entry was claimed in another's place it is looked at once more; half of what a strip waits, where that is less. */
    private static final long LOOK_AGAIN_NS = 100_000_000;
    /** How long an outcome is worth being written. */
    private static final long WRITE_FOR_NS = 10_000_000_000L;

    private static final int CLAIMS_MAX = 8;
    private static final byte[] NOTHING = {};

    private final EntrySettings settings;
    private final EntryCodec codec;
    private final EntryNames names;
    private final EntryRings rings;
    private final EntryTurns turns;
    private final EntryQuestions questions;
    private final Clock clock;
    private final EntryFigures figures;
    private final EntryTrouble trouble;
    private final Map<Long, HeldEntry> entries = new HashMap<>();
    private final EntryRetries again = new EntryRetries();
    private long nowNs;
    private long lookedNs;

    EntrySharer(
            EntrySettings settings,
            Bus bus,
            EntryRings rings,
            EntryCodec codec,
            EntryNames names,
            EntryTrouble trouble,
            Clock clock,
            EntryFigures figures,
            IntConsumer wakeStrip) {
        this.settings = settings;
        this.codec = codec;
        this.names = names;
        this.rings = rings;
        this.turns = new EntryTurns(rings, wakeStrip);
        this.questions = new EntryQuestions(bus, settings.bucket(), rings.gate()::wake, figures);
        this.clock = clock;
        this.figures = figures;
        this.trouble = trouble;
    }

    @Override
    public boolean turn() {
        nowNs = clock.nanoTime();
        boolean busy = questions.readMail(this::answered);
        busy |= names.turn(nowNs);
        trouble.way(names.ready(), names.connected());
        busy |= rings.pollAll(POLL_MAX, questions::haveRoom, this);
        if (nowNs - lookedNs >= LOOK_NS) {
            lookedNs = nowNs;
            turns.late(nowNs, this::late);
            questions.giveUp(nowNs, this::unanswered);
            again.due(nowNs, this::tryAgain);
        }
        turns.tell();
        figures.held.set(entries.size());
        figures.up.set(names.ready() ? 1 : 0);
        return busy;
    }

    @Override
    public boolean idle() {
        return questions.count() == 0 && again.isEmpty() && turns.isEmpty();
    }

    @Override
    public boolean hopeless() {
        return !names.connected();
    }

    @Override
    public void opens(int strip, long id, byte[] bytes, int nameLength) {
        if (!codec.hasNames()) {
            Bytes.wipe(bytes);
            tellUnknown(strip, id);
            turns.done(strip);
            return;
        }
        HeldEntry entry =
                new HeldEntry(id, strip, codec.token(bytes, nameLength), codec.seal(id, bytes, nameLength), nowNs);
        Bytes.wipe(bytes);
        entries.put(id, entry);
        turns.await(entry, nowNs + settings.waitNs());
        if (!names.ready() || trouble.isSilent() && questions.count() > 0) {
            unknown(entry);
            return;
        }
        if (trouble.isSilent()) {
            tellUnknown(entry);
        }
        claim(entry, 0);
    }

    @Override
    public void adds(int strip, long id, byte[] bytes) {
        turns.done(strip);
        HeldEntry entry = entries.get(id);
        if (entry != null && entry.state != State.FOUND && entry.last == null) {
            comesTo(entry, codec.sealBehind(entry.opened, id, bytes));
        }
        Bytes.wipe(bytes);
    }

    @Override
    public void ends(int strip, long id) {
        turns.done(strip);
        HeldEntry entry = entries.get(id);
        if (entry != null && entry.last == null) {
            comesTo(entry, NOTHING);
        }
    }

    @Override
    public void looks(int strip, long id) {
        turns.done(strip);
        HeldEntry entry = entries.get(id);
        if (entry != null && entry.state == State.FOUND && names.ready() && !trouble.isSilent()) {
            ask(entry);
        }
    }

    @Override
    public void takesOver(int strip, long id) {
        HeldEntry entry = entries.get(id);
        if (entry != null && entry.state == State.FOUND) {
            turns.await(entry, nowNs + settings.waitNs());
            claim(entry, entry.revision);
        } else if (entry != null && entry.state == State.ASKING && entry.turn == null) {
            turns.await(
                    entry, nowNs + settings.waitNs()); // looked at again meanwhile: what is there now is told once more
        } else {
            turns.found(strip, SharedEntry.of(id, Verdict.UNREADABLE)); // never without a claim
            turns.done(strip);
        }
    }

    /** What is to stand there in the end. */
    private void comesTo(HeldEntry entry, byte[] last) {
        entry.last = last;
        boolean claimed = entry.state == State.OURS || entry.state == State.UNKNOWN && entry.claims > 0;
        if (claimed || entry.state == State.UNKNOWN && last.length > 0) {
            entry.worthUntil(nowNs + WRITE_FOR_NS);
            write(entry);
        } else if (entry.question == 0 && entry.state != State.CLAIMING && entry.state != State.TAKEN) {
            entries.remove(entry.id);
        }
    }

    private void claim(HeldEntry entry, long after) {
        entry.state = State.CLAIMING;
        entry.revision = after;
        entry.claims++;
        if (!questions.write(entry, after, entry.opened, nowNs)) {
            unknown(entry);
        }
    }

    private void ask(HeldEntry entry) {
        boolean looks = entry.state == State.FOUND;
        entry.state = State.ASKING;
        if (!questions.read(entry, nowNs)) {
            if (looks) {
                entry.state = State.FOUND;
            } else {
                unknown(entry);
            }
        }
    }

    private void write(HeldEntry entry) {
        entry.state = State.WRITING;
        boolean mayAsk = names.ready() && (!trouble.isSilent() || questions.count() == 0);
        if (!mayAsk || !questions.write(entry, entry.revision, entry.last, nowNs)) {
            again.later(entry, nowNs, WRITE_AGAIN_NS);
        }
    }

    private void answered(HeldEntry entry, BusMessage answer) {
        trouble.answers();
        switch (entry.state) {
            case CLAIMING -> claimed(entry, PublishAnswer.ofBucket(answer, settings.bucket()));
            case ASKING -> found(entry, StoredMessage.of(answer));
            case WRITING -> written(entry, PublishAnswer.ofBucket(answer, settings.bucket()));
            default -> throw new IllegalStateException("nothing was asked of an entry that is " + entry.state);
        }
    }

    private void claimed(HeldEntry entry, PublishAnswer answer) {
        if (answer.fault() == null && entry.revision != 0) {
            entry.state = State.TAKEN;
            entry.taken = true;
            again.later(entry, nowNs, Math.min(LOOK_AGAIN_NS, settings.waitNs() / 2));
        } else if (answer.fault() == null) {
            ours(entry, answer.sequence());
        } else if (answer.superseded()) {
            ask(entry);
        } else if (answer.busy() && entry.claims < CLAIMS_MAX) {
            again.later(entry, nowNs, LOOK_NS);
        } else {
            names.refused(answer);
            trouble.notShared(answer.fault());
            unknown(entry);
        }
    }

    private void found(HeldEntry entry, StoredMessage answer) {
        if (answer.fault() != null) {
            trouble.notShared(answer.fault());
            foundNothingOut(entry);
        } else if (answer.body().length > 0) {
            read(entry, answer.body(), answer.sequence());
        } else if (entry.last != null) {
            entry.revision = answer.sequence();
            entry.state = State.OURS; // nothing stands there: what became of it can
            comesTo(entry, entry.last);
        } else if (!entry.wasFound && entry.claims < CLAIMS_MAX) {
            claim(entry, answer.sequence());
        } else {
            another(entry, answer.sequence(), Verdict.FOUND, List.of());
        }
    }

    private void foundNothingOut(HeldEntry entry) {
        if (entry.last != null && entry.giveUpNs != 0) {
            entry.state = State.WRITING;
            again.later(entry, nowNs, WRITE_AGAIN_NS);
        } else if (entry.turn == null && entry.wasFound && !entry.taken) {
            found(entry);
        } else {
            unknown(entry);
        }
    }

    private void read(HeldEntry entry, byte[] value, long revision) {
        EntryCodec.Read read = codec.read(value, entry.token, entry.id);
        switch (read.kind()) {
            case OWN -> ours(entry, revision);
            case OWN_WITH_OUTCOME -> settled(entry);
            case ANOTHERS -> another(entry, revision, Verdict.FOUND, read.records());
            default -> {
                figures.unreadable.increment();
                trouble.unreadable(read.kind());
                another(entry, revision, Verdict.UNREADABLE, List.of());
            }
        }
    }

    private void ours(HeldEntry entry, long revision) {
        if (!entry.wasOurs) {
            entry.wasOurs = true;
            figures.opened.increment();
        }
        entry.state = State.OURS;
        entry.revision = revision;
        turns.done(entry);
        if (entry.last != null) {
            comesTo(entry, entry.last);
        }
    }

    private void another(HeldEntry entry, long revision, Verdict verdict, List<byte[]> records) {
        if (entry.cameToSomethingAlone()) {
            turns.done(entry);
            turns.found(entry.strip, entry.foundAfterwards(records, nowNs));
            lost(entry, "another rack has the ticket too");
            return;
        }
        if (entry.last != null && entry.giveUpNs != 0) {
            records.forEach(Bytes::wipe);
            lost(entry, "another rack has taken it over");
            return;
        }
        if (!entry.wasFound) {
            entry.wasFound = true;
            figures.found.increment();
        }
        entry.revision = revision;
        entry.taken = false;
        turns.found(entry.strip, new SharedEntry(entry.id, verdict, records));
        turns.done(entry);
        found(entry);
    }

    private void found(HeldEntry entry) {
        entry.state = State.FOUND;
        if (entry.last != null) {
            entries.remove(entry.id);
        }
    }

    private void written(HeldEntry entry, PublishAnswer answer) {
        if (answer.fault() == null) {
            settled(entry);
        } else if (answer.superseded()) {
            ask(entry); // perhaps by what this rack itself had written, and never heard of
        } else {
            if (!answer.busy()) {
                names.refused(answer);
                trouble.notShared(answer.fault());
            }
            again.later(entry, nowNs, WRITE_AGAIN_NS);
        }
    }

    private void settled(HeldEntry entry) {
        turns.done(entry);
        entries.remove(entry.id);
        if (entry.last == null || entry.last.length > 0) {
            figures.settled.increment();
        }
    }

    private void lost(HeldEntry entry, String why) {
        entries.remove(entry.id);
        figures.lost.increment();
        trouble.lost(why);
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
            turns.done(entry);
            entry.wentAlone = settings.alone();
            tellUnknown(entry.strip, entry.id);
        }
    }

    private void tellUnknown(int strip, long id) {
        figures.unshared.increment();
        if (!settings.alone()) {
            turns.found(strip, SharedEntry.of(id, Verdict.UNKNOWN));
        }
    }

    private void late(HeldEntry entry) {
        tellUnknown(entry);
        trouble.silent();
    }

    private void unanswered(HeldEntry entry) {
        switch (entry.state) {
            case WRITING -> again.later(entry, nowNs, WRITE_AGAIN_NS);
            case ASKING -> foundNothingOut(entry);
            default -> unknown(entry);
        }
    }

    private void tryAgain(HeldEntry entry) {
        if (entry.state == State.CLAIMING) {
            claim(entry, entry.revision);
        } else if (entry.state == State.TAKEN) {
            ask(entry);
        } else if (nowNs - entry.giveUpNs >= 0) {
            lost(entry, "NATS did not take it for " + WRITE_FOR_NS / 1_000_000_000 + " s");
        } else {
            write(entry);
        }
    }
}
