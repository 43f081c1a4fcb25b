package io.fluxrig.transport.snake.entry;

import io.fluxrig.transport.snake.entry.HeldEntry.State;
import io.fluxrig.transport.snake.nats.PublishAnswer;

/** Writes what became of entries, for as long as it is worth it, unless somebody else has written there. The sharing thread only. */
final class EntryOutcomes {
    private static final long WRITE_AGAIN_NS = 200_000_000;
    /** Until the names of a bucket that took the place of a lost one are read. */
    private static final long NAMES_NS = 5_000_000;
    /** How long an outcome is worth being written. */
    private static final long WRITE_FOR_NS = 10_000_000_000L;

    private final EntryBooks books;

    EntryOutcomes(EntryBooks books) {
        this.books = books;
    }

    /** What is to stand there in the end. */
    void comesTo(HeldEntry entry, byte[] last) {
        entry.last = last;
        boolean claimed = entry.state == State.OURS || entry.state == State.UNKNOWN && entry.claims > 0;
        if (claimed || entry.state == State.UNKNOWN && last.length > 0) {
            entry.worthUntil(books.nowNs + WRITE_FOR_NS);
            write(entry);
        } else if (entry.question == 0 && !entry.isBeingClaimed()) {
            books.entries.remove(entry.id);
        }
    }

    private void write(HeldEntry entry) {
        entry.state = State.WRITING;
        boolean mayAsk = books.names.undoubted() && (!books.trouble.isSilent() || books.questions.count() == 0);
        if (!mayAsk || !books.questions.write(entry, entry.revision, entry.last, books.nowNs)) {
            writeLater(entry);
        }
    }

    void writeLater(HeldEntry entry) {
        entry.state = State.WRITING;
        books.again.later(entry, books.nowNs, WRITE_AGAIN_NS);
    }

    /** What stood there of this run is lost: it is written where nothing stands, under the names that others may have given by now. */
    void writeAnew(HeldEntry entry) {
        books.names.doubt(books.nowNs);
        entry.revision = 0;
        entry.state = State.WRITING;
        books.again.later(entry, books.nowNs, NAMES_NS);
    }

    /** An entry's time to be written once more has come. */
    void writeAgain(HeldEntry entry) {
        if (books.nowNs - entry.giveUpNs >= 0) {
            lost(entry, "NATS did not take it for " + WRITE_FOR_NS / 1_000_000_000 + " s");
        } else {
            write(entry);
        }
    }

    /** Whether it is to be asked what stands there: perhaps what this rack itself had written, and never heard of. */
    boolean written(HeldEntry entry, PublishAnswer answer) {
        if (answer.superseded()) {
            return true;
        }
        if (answer.fault() == null) {
            books.names.wrote(answer.sequence(), books.nowNs);
            settled(entry);
        } else {
            if (!answer.busy()) {
                books.names.refused(answer);
                books.trouble.notShared(answer.fault());
            }
            writeLater(entry);
        }
        return false;
    }

    void settled(HeldEntry entry) {
        books.turns.done(entry);
        books.entries.remove(entry.id);
        if (entry.last == null || entry.last.length > 0) {
            books.figures.settled.increment();
        }
    }

    void lost(HeldEntry entry, String why) {
        books.entries.remove(entry.id);
        books.figures.lost.increment();
        books.trouble.lost(why);
    }
}
