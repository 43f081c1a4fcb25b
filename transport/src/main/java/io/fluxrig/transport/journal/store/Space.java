package io.fluxrig.transport.journal.store;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.ends.Shortage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;

/**
 * Keeps a journal within its limits: reserves segments ahead, deletes those that nobody needs any more, and says when there is
 * no space. The journal's thread only.
 */
public final class Space {
    /** How often files are looked at. */
    private static final long LOOK_NS = 50_000_000;

    private final JournalSettings settings;
    private final BlockStore store;
    private final PositionFile position;
    private final SetAside aside;
    private final JournalGate gate;
    private final JournalFigures figures;
    private final Clock clock;
    private final Logger log;
    private final String whyNeeded;
    private final boolean endsMakeRoom;
    private final Map<Integer, Long> doneAtNs = new HashMap<>();
    private long lookedNs;
    private long fullSinceNs;
    private boolean full;
    /** The segment of which it was told that it cannot be deleted; -1 for none. */
    private int undeleted = -1;

    private long scarceSinceNs;
    private long shortSinceEpochNs;

    /**
     * @param whyNeeded what an operator should look at where what is held is needed for too long, as the end of a sentence
     * @param endsMakeRoom whether room comes only of what is still written: then what begins something new is held back while no segment
     *     can follow the one in use, which is left to the rest
     */
    public Space(
            JournalSettings settings,
            BlockStore store,
            PositionFile position,
            SetAside aside,
            JournalGate gate,
            JournalFigures figures,
            Clock clock,
            Logger log,
            String whyNeeded,
            boolean endsMakeRoom) {
        this.settings = settings;
        this.store = store;
        this.position = position;
        this.aside = aside;
        this.gate = gate;
        this.figures = figures;
        this.clock = clock;
        this.log = log;
        this.whyNeeded = whyNeeded;
        this.endsMakeRoom = endsMakeRoom;
        this.lookedNs = clock.nanoTime() - LOOK_NS;
    }

    /** Whether the largest block can be written now. */
    public boolean reserve() throws IOException {
        gate.disk().begins(); // what was written before is written
        boolean room = store.log().fits(Block.LENGTH_MAX);
        if (!room && (!full || due())) {
            room = roll();
            if (!room) {
                renew();
                figures(); // look() is not due while this is tried
            }
        }
        if (room && aside.reserve()) {
            relieved();
            return true;
        }
        stalled();
        return false;
    }

    /** Now and then: deletes what is done, ends an old segment, prepares the next one. */
    public void look() throws IOException {
        if (!due()) {
            return;
        }
        lookedNs = clock.nanoTime();
        retire(endsMakeRoom && !withinBacklog() ? 0 : settings.retainNs());
        if (store.segmentBegun() && store.log().segmentAgeNs() >= settings.segmentAgeNs() && withinBacklog()) {
            store.begin();
        }
        boolean another = store.log().ready() && withinBacklog() && trouble().isEmpty();
        if (endsMakeRoom) {
            lookAhead(another);
        }
        figures();
    }

    /** Brings the figures up to date. */
    public void figures() {
        figures.backlogRecords.set(store.appended() - position.acknowledged());
        figures.segmentBytes.set(backlogBytes());
        figures.fileBytes.set(store.log().segmentBytes() + store.log().spareBytes());
    }

    private boolean due() {
        return clock.nanoTime() - lookedNs >= LOOK_NS;
    }

    private boolean roll() throws IOException {
        lookedNs = clock.nanoTime();
        retire(withinBacklog() ? settings.retainNs() : 0);
        boolean begun = withinBacklog() && store.begin();
        if (!begun) {
            retire(0);
            begun = withinBacklog() && store.begin();
        }
        if (endsMakeRoom && begun && !withinBacklog()) {
            lookAhead(false);
        }
        return begun;
    }

    private void lookAhead(boolean another) {
        if (!another) {
            renew();
        }
        long nowNs = clock.nanoTime();
        int before = gate.beginnings();
        if (another && before != JournalGate.OPEN) {
            gate.beginnings(JournalGate.OPEN);
            String found = found();
            tell();
            log.info("journal {}: there is {} again, new entries are taken", settings.identity(), found);
        } else if (!another && before == JournalGate.OPEN) {
            scarceSinceNs = nowNs;
            gate.beginnings(JournalGate.HELD);
            tell();
            figures.stalls.increment();
            log.warn(
                    "journal {}: {} for another segment ({}); new entries are held back, what becomes of those that are open is"
                            + " written. {}, or see {}",
                    settings.identity(),
                    lack(),
                    shortage(),
                    remedy(),
                    whyNeeded);
        } else if (!another && before == JournalGate.HELD && nowNs - scarceSinceNs >= settings.stallNs()) {
            gate.beginnings(JournalGate.STALLED);
            tell();
            log.error(
                    "journal {}: {} for another segment for {} ms; new entries are refused from now on, until there is",
                    settings.identity(),
                    lack(),
                    (nowNs - scarceSinceNs) / 1_000_000);
        }
    }

    /** What is lacking, for who asks: nothing, room for anything, or room for what begins. */
    private void tell() {
        boolean refusing = gate.state() == JournalGate.STALLED || gate.beginnings() == JournalGate.STALLED;
        if (!full && gate.beginnings() == JournalGate.OPEN) {
            gate.shortage(null);
            return;
        }
        if (gate.shortage() == null) {
            shortSinceEpochNs = clock.epochNanos();
        }
        String trouble = withinBacklog() ? trouble() : "";
        Shortage.Cause cause = cause(trouble);
        String detail = cause == Shortage.Cause.FREE_MIN ? reserved() : trouble;
        gate.shortage(new Shortage(cause, shortSinceEpochNs, refusing, detail));
    }

    /** What is lacking may have become something else, though something is still. */
    private void renew() {
        Shortage told = gate.shortage();
        if (told == null) {
            return;
        }
        String trouble = withinBacklog() ? trouble() : "";
        Shortage.Cause cause = cause(trouble);
        // how much is free is another figure each time, and no news
        boolean otherWords = cause == Shortage.Cause.NO_FILE && !told.detail().equals(trouble);
        if (told.cause() != cause || otherWords) {
            tell();
        }
    }

    private Shortage.Cause cause(String trouble) {
        if (!withinBacklog()) {
            return Shortage.Cause.BACKLOG;
        }
        if (!trouble.isEmpty()) {
            return Shortage.Cause.NO_FILE;
        }
        return reserved().isEmpty() ? Shortage.Cause.DISK_FULL : Shortage.Cause.FREE_MIN;
    }

    private boolean lacksFile() {
        return withinBacklog() && !trouble().isEmpty();
    }

    private String lack() {
        return lacksFile() ? "no file" : "no space";
    }

    /** What there is again. */
    private String found() {
        Shortage told = gate.shortage();
        return told != null && told.cause() == Shortage.Cause.NO_FILE ? "a file" : "space";
    }

    private String remedy() {
        if (!lacksFile()) {
            return "Free space, raise store.backlog_bytes";
        }
        return trouble().contains("Too many open files")
                ? "It goes on once files are closed; raise ulimit -n"
                : "It goes on once files can be made there; mend the folder or its disk";
    }

    /** The journal's thread ends in a fault. */
    public void failed() {
        gate.state(JournalGate.FAILED);
        gate.shortage(Shortage.failed(clock.epochNanos()));
    }

    private String shortage() {
        if (!withinBacklog()) {
            return "store.backlog_bytes is reached";
        }
        String trouble = trouble();
        if (!trouble.isEmpty()) {
            return "no segment can be made in " + settings.folder() + ": " + trouble;
        }
        return reserved().isEmpty()
                ? "disk of " + settings.folder() + " is full"
                : Shortage.Cause.FREE_MIN.words() + ": " + reserved();
    }

    /** What is free and to be left to others, where that is what is lacking; else empty. */
    private String reserved() {
        String reserved = store.log().reserved();
        return reserved.isEmpty() ? aside.reserved() : reserved;
    }

    /** What the disk says where it does not let a file be made; empty where it has no space for one. */
    private String trouble() {
        String trouble = store.log().trouble();
        return trouble.isEmpty() ? aside.trouble() : trouble;
    }

    private boolean withinBacklog() {
        return store.log().segmentBytes() + settings.segmentBytes() <= settings.backlogBytes();
    }

    private void retire(long retainNs) throws IOException {
        long nowNs = clock.nanoTime();
        boolean synced = false;
        for (int segment : store.log().segments()) {
            if (!leftBehind(segment)) {
                return;
            }
            if (nowNs - doneAtNs.computeIfAbsent(segment, seen -> nowNs) < retainNs) {
                return;
            }
            if (!synced) {
                position.sync();
                synced = true;
            }
            if (!deleted(segment)) {
                return;
            }
            doneAtNs.remove(segment);
        }
    }

    /** One that cannot be deleted is in nobody's way but the disk's: it is tried again. */
    private boolean deleted(int segment) {
        try {
            store.delete(segment);
            gate.disk().begins();
            undeleted = -1;
            return true;
        } catch (IOException stays) {
            if (undeleted != segment) {
                undeleted = segment;
                log.warn(
                        "journal {}: a segment that nobody needs any more cannot be deleted, tried again all the while: {}",
                        settings.identity(),
                        stays.toString());
            }
            return false;
        }
    }

    /**
     * Whether the position stands in a later segment. One that it stands in stays, though all of it is acknowledged: the first
     * block of the next segment is bound to its last one, which a start would miss.
     */
    private boolean leftBehind(int segment) {
        return segment < SegmentLog.segmentOf(position.blockIndex())
                && store.lastIn(segment) <= position.acknowledged();
    }

    private long backlogBytes() {
        long bytes = 0;
        for (int segment : store.log().segments()) {
            if (store.lastIn(segment) > position.acknowledged()) {
                bytes += settings.segmentBytes();
            }
        }
        return bytes;
    }

    private void stalled() {
        long nowNs = clock.nanoTime();
        if (!full) {
            full = true;
            gate.stuck(true);
            fullSinceNs = nowNs;
            tell();
            figures.stalls.increment();
            log.warn(
                    "journal {}: {} ({}); senders are held back. {}, or see {}: {} records are needed still",
                    settings.identity(),
                    lack(),
                    shortage(),
                    remedy(),
                    whyNeeded,
                    store.appended() - position.acknowledged());
        }
        if (gate.state() == JournalGate.OPEN && nowNs - fullSinceNs >= settings.stallNs()) {
            gate.state(JournalGate.STALLED);
            tell();
            log.error(
                    "journal {}: {} for {} ms; messages are refused from now on, until there is",
                    settings.identity(),
                    lack(),
                    (nowNs - fullSinceNs) / 1_000_000);
        }
    }

    private void relieved() {
        if (full) {
            full = false;
            gate.stuck(false);
            if (gate.state() == JournalGate.STALLED) {
                gate.state(JournalGate.OPEN);
            }
            String found = found();
            tell();
            log.info("journal {}: there is {} again, messages are taken", settings.identity(), found);
        }
    }
}
