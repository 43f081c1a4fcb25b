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
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Shares the entries of a rack's strips with other racks, in turns: writes each into a bucket, unless there is one of its name
 * ({@link EntryClaims}), tells the strip which are its own, and writes what became of those ({@link EntryOutcomes}). Waits for no answer;
 * {@link HeldEntry} has the states of an entry.
 *
 * <p>Where NATS does not answer in time, nobody can tell whether an entry is the strip's own: it is told so, or goes on alone. From the
 * first such until the next answer nobody waits any more, and one question at a time is asked, to hear whether answers come again. One thread.
 */
final class EntrySharer implements SnakeTurns, EntryRings.Visitor {
    private static final int POLL_MAX = 256;
    private static final long LOOK_NS = 5_000_000;
    /** How often one is claimed that was not free, and where nothing stands when it is looked at. */
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
    private final EntryBooks books;
    private final EntryOutcomes outcomes;
    private final EntryClaims claims;
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
        this.books = new EntryBooks(settings, codec, names, turns, questions, trouble, figures);
        this.outcomes = new EntryOutcomes(books);
        this.claims = new EntryClaims(books, outcomes);
    }

    @Override
    public boolean turn() {
        long nowNs = clock.nanoTime();
        books.nowNs = nowNs;
        boolean busy = questions.readMail(this::answered);
        busy |= names.turn(nowNs);
        trouble.way(names.ready(), names.connected());
        claims.turn();
        busy |= rings.pollAll(POLL_MAX, questions::haveRoom, this);
        if (nowNs - lookedNs >= LOOK_NS) {
            lookedNs = nowNs;
            turns.late(nowNs, claims::late);
            questions.giveUp(nowNs, this::unanswered);
            books.again.due(nowNs, this::tryAgain);
        }
        turns.tell();
        figures.held.set(books.entries.size());
        figures.up.set(names.ready() ? 1 : 0);
        return busy;
    }

    @Override
    public boolean idle() {
        return questions.count() == 0 && books.again.isEmpty() && turns.isEmpty() && claims.isIdle();
    }

    @Override
    public boolean hopeless() {
        return !names.connected();
    }

    @Override
    public void opens(int strip, long id, byte[] bytes, int nameLength) {
        if (!codec.hasNames()) {
            Bytes.wipe(bytes);
            claims.tellUnknown(strip, id);
            turns.done(strip);
            return;
        }
        HeldEntry entry = new HeldEntry(
                id, strip, codec.token(bytes, nameLength), codec.seal(id, bytes, nameLength), books.nowNs);
        Bytes.wipe(bytes);
        books.entries.put(id, entry);
        turns.await(entry, books.nowNs + settings.waitNs());
        if (!names.ready() || trouble.isSilent() && questions.count() > 0) {
            claims.unknown(entry);
            return;
        }
        if (trouble.isSilent()) {
            claims.tellUnknown(entry);
        }
        claims.claim(entry, 0);
    }

    @Override
    public void adds(int strip, long id, byte[] bytes) {
        turns.done(strip);
        HeldEntry entry = books.entries.get(id);
        if (entry != null && entry.state != State.FOUND && entry.last == null) {
            outcomes.comesTo(entry, codec.sealBehind(entry.opened, id, bytes));
        }
        Bytes.wipe(bytes);
    }

    @Override
    public void ends(int strip, long id) {
        turns.done(strip);
        HeldEntry entry = books.entries.get(id);
        if (entry != null && entry.last == null) {
            outcomes.comesTo(entry, NOTHING);
        }
    }

    @Override
    public void looks(int strip, long id) {
        turns.done(strip);
        HeldEntry entry = books.entries.get(id);
        if (entry != null && entry.state == State.FOUND && names.ready() && !trouble.isSilent()) {
            ask(entry);
        }
    }

    @Override
    public void takesOver(int strip, long id) {
        HeldEntry entry = books.entries.get(id);
        if (entry != null && entry.state == State.FOUND) {
            turns.await(entry, books.nowNs + settings.waitNs());
            claims.claim(entry, entry.revision);
        } else if (entry != null && entry.state == State.ASKING && entry.turn == null) {
            // looked at again meanwhile: what is there now is told once more
            turns.await(entry, books.nowNs + settings.waitNs());
        } else {
            turns.found(strip, SharedEntry.of(id, Verdict.UNREADABLE)); // never without a claim
            turns.done(strip);
        }
    }

    private void ask(HeldEntry entry) {
        boolean looks = entry.state == State.FOUND;
        entry.state = State.ASKING;
        entry.askedAs = entry.token;
        if (!questions.read(entry, books.nowNs)) {
            if (looks) {
                entry.state = State.FOUND;
            } else {
                claims.unknown(entry);
            }
        }
    }

    private void answered(HeldEntry entry, BusMessage answer) {
        trouble.answers();
        switch (entry.state) {
            case CLAIMING -> askIf(claims.claimed(entry, PublishAnswer.ofBucket(answer, settings.bucket())), entry);
            case ASKING -> found(entry, StoredMessage.of(answer));
            case WRITING -> askIf(outcomes.written(entry, PublishAnswer.ofBucket(answer, settings.bucket())), entry);
            default -> throw new IllegalStateException("nothing was asked of an entry that is " + entry.state);
        }
    }

    private void askIf(boolean superseded, HeldEntry entry) {
        if (superseded) {
            ask(entry);
        }
    }

    private void found(HeldEntry entry, StoredMessage answer) {
        if (answer.fault() != null) {
            trouble.notShared(answer.fault());
            foundNothingOut(entry);
        } else if (answer.body().length > 0) {
            read(entry, answer.body(), answer.sequence());
        } else if (answer.sequence() == 0 && entry.wasOurs && entry.revision != 0) {
            outcomes.writeAnew(entry);
        } else if (entry.last != null) {
            entry.revision = answer.sequence();
            entry.state = State.OURS; // nothing stands there: what became of it can
            outcomes.comesTo(entry, entry.last);
        } else if (answer.sequence() == 0 && entry.waitsForAnother()) {
            trouble.gone();
            another(entry, 0, Verdict.UNREADABLE, List.of());
        } else if (!entry.wasFound && entry.claims < CLAIMS_MAX) {
            claims.claim(entry, answer.sequence());
        } else {
            another(entry, answer.sequence(), Verdict.FOUND, List.of());
        }
    }

    private void foundNothingOut(HeldEntry entry) {
        if (entry.last != null && entry.giveUpNs != 0) {
            outcomes.writeLater(entry);
        } else if (entry.turn == null && entry.wasFound && !entry.taken) {
            found(entry);
        } else {
            claims.unknown(entry);
        }
    }

    private void read(HeldEntry entry, byte[] value, long revision) {
        EntryCodec.Read read = codec.read(value, entry.token, entry.id);
        switch (read.kind()) {
            case OWN -> claims.ours(entry, revision);
            case OWN_WITH_OUTCOME -> outcomes.settled(entry);
            case ANOTHERS -> another(entry, revision, Verdict.FOUND, read.records());
            default -> {
                figures.unreadable.increment();
                trouble.unreadable(read.kind());
                another(entry, revision, Verdict.UNREADABLE, List.of());
            }
        }
    }

    private void another(HeldEntry entry, long revision, Verdict verdict, List<byte[]> records) {
        if (entry.wentOutAndCameToSomething()) {
            turns.done(entry);
            turns.found(entry.strip, entry.foundAfterwards(records, books.nowNs));
            outcomes.lost(entry, "another rack has the ticket too");
            return;
        }
        if (entry.last != null && entry.giveUpNs != 0) {
            records.forEach(Bytes::wipe);
            outcomes.lost(entry, "another rack has taken it over");
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
            books.entries.remove(entry.id);
        }
    }

    private void unanswered(HeldEntry entry) {
        switch (entry.state) {
            case WRITING -> outcomes.writeLater(entry);
            case ASKING -> foundNothingOut(entry);
            default -> claims.unknown(entry);
        }
    }

    private void tryAgain(HeldEntry entry) {
        switch (entry.state) {
            case CLAIMING -> claims.claimAgain(entry);
            case TAKEN -> ask(entry);
            default -> outcomes.writeAgain(entry);
        }
    }
}
