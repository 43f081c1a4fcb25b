package io.fluxrig.transport.snake.entry;

import io.fluxrig.transport.entry.SharedEntry;
import io.fluxrig.transport.entry.SharedEntry.Verdict;
import io.fluxrig.transport.snake.entry.HeldEntry.State;
import io.fluxrig.transport.snake.nats.PublishAnswer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Claims entries for strips: writes them where nothing stands, or in another's place, and says when one is the strip's own, or nobody can
 * tell.
 *
 * <p>A claim counts once the key under which entries have their names was read about when it was written: in a bucket that was lost and
 * made again another rack may have put another key, and a claim under the names of before is taken there beside that rack's own. Where
 * names have changed, all entries get theirs anew, and are claimed again. The sharing thread only.
 */
final class EntryClaims {
    /** Once this rack's claim met another that is just being taken; then twice that, and four times. */
    private static final long BUSY_NS = 5_000_000;

    private static final int BUSY_DOUBLED_MAX = 2;
    /** How often one is claimed once more that is busy, where no strip waits for it any more. */
    private static final int BUSY_ALONE_MAX = 8;
    /** How long after an entry was claimed in another's place it is looked at once more; half of what a strip waits, where that is less. */
    private static final long LOOK_AGAIN_NS = 100_000_000;

    private final EntryBooks books;
    private final EntryOutcomes outcomes;
    /** Those that stand there as this run's, while it is not sure under whose names. */
    private final Queue<HeldEntry> unsure = new ArrayDeque<>();
    /** Of the names that the entries have. */
    private int namesGiven;

    EntryClaims(EntryBooks books, EntryOutcomes outcomes) {
        this.books = books;
        this.outcomes = outcomes;
    }

    /** One turn, after the names'. */
    void turn() {
        if (namesGiven != books.codec.namesGiven()) {
            namesGiven = books.codec.namesGiven();
            books.entries.values().forEach(this::rename);
        }
        for (int left = unsure.size(); left > 0; left--) {
            HeldEntry entry = unsure.remove();
            ours(entry, entry.revision);
        }
    }

    boolean isIdle() {
        return unsure.isEmpty();
    }

    /** One that was sealed with a key that is gone by now keeps the name that it had. */
    private void rename(HeldEntry entry) {
        String token = books.codec.tokenOf(entry.opened);
        entry.token = token == null ? entry.token : token;
    }

    /** @param after the revision of what it is to replace, 0 for nothing */
    void claim(HeldEntry entry, long after) {
        entry.claims++;
        entry.revision = after;
        claimAgain(entry);
    }

    /** A claim that was busy is tried once more. */
    void claimAgain(HeldEntry entry) {
        entry.state = State.CLAIMING;
        entry.claimedNs = books.nowNs;
        entry.askedAs = entry.token;
        if (books.questions.write(entry, entry.revision, entry.opened, books.nowNs)) {
            books.names.keepSure(books.nowNs);
        } else {
            unknown(entry);
        }
    }

    /** Whether it is to be asked what stands there: somebody was first. */
    boolean claimed(HeldEntry entry, PublishAnswer answer) {
        if (answer.superseded()) {
            return true;
        }
        if (answer.fault() == null) {
            books.names.wrote(answer.sequence(), books.nowNs);
            taken(entry, answer.sequence());
        } else if (answer.busy() && (entry.turn != null || entry.busy < BUSY_ALONE_MAX)) {
            books.again.later(entry, books.nowNs, BUSY_NS << Math.min(entry.busy, BUSY_DOUBLED_MAX));
            entry.busy++;
        } else {
            books.names.refused(answer);
            books.trouble.notShared(answer.fault());
            unknown(entry);
        }
        return false;
    }

    private void taken(HeldEntry entry, long revision) {
        if (entry.revision == 0) {
            ours(entry, revision);
            return;
        }
        entry.state = State.TAKEN;
        entry.taken = true;
        books.again.later(entry, books.nowNs, Math.min(LOOK_AGAIN_NS, books.settings.waitNs() / 2));
    }

    /** It stands there as this run's: the strip's own, once that is under the names that all racks have. */
    void ours(HeldEntry entry, long revision) {
        entry.revision = revision;
        if (entry.turn != null && !books.names.sure(entry.claimedNs)) {
            entry.state = State.CLAIMED;
            books.names.look(books.nowNs);
            unsure.add(entry);
            return;
        }
        if (!entry.askedAs.equals(entry.token)) {
            claim(entry, 0);
            return;
        }
        if (!entry.wasOurs) {
            entry.wasOurs = true;
            books.figures.opened.increment();
        }
        entry.state = State.OURS;
        books.turns.done(entry);
        if (entry.last != null) {
            outcomes.comesTo(entry, entry.last);
        }
    }

    /** Nobody can tell whose it is, and no answer is under way. */
    void unknown(HeldEntry entry) {
        tellUnknown(entry);
        entry.state = State.UNKNOWN;
        entry.revision = 0;
        if (entry.last != null) {
            outcomes.comesTo(entry, entry.last);
        }
    }

    /** The strip goes on with it alone, or is told that nobody can tell whose it is, if it waits still. */
    void tellUnknown(HeldEntry entry) {
        if (entry.turn != null) {
            books.turns.done(entry);
            entry.wentAlone = books.settings.alone();
            tellUnknown(entry.strip, entry.id);
        }
    }

    void tellUnknown(int strip, long id) {
        books.figures.unshared.increment();
        if (!books.settings.alone()) {
            books.turns.found(strip, SharedEntry.of(id, Verdict.UNKNOWN));
        }
    }

    /** The strip has waited long enough. */
    void late(HeldEntry entry) {
        boolean busy = entry.state == State.CLAIMING && entry.question == 0;
        tellUnknown(entry);
        if (busy) {
            books.trouble.notShared("NATS takes another ticket in its place for longer than a request waits");
        } else {
            books.trouble.silent();
        }
    }
}
