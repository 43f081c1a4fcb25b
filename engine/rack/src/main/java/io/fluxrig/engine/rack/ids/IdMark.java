package io.fluxrig.engine.rack.ids;

import io.fluxrig.engine.fault.FailureWords;
import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.id.IdCeiling;
import io.fluxrig.perf.id.IdGenerator;
import io.fluxrig.transport.journal.store.JournalException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the {@link IdCeiling} of a rack's run above its ids, each time once it is on the disk. Opened before the strips are made, left once they
 * have stopped. Any thread; a thread of its own writes.
 */
public final class IdMark {
    /** In {@code base.data_dir}. */
    public static final String FILE = "ids.mark";

    private static final long MINUTE = 60_000_000_000L / IdGenerator.TICK_NS;
    /** Ahead of the clock that is written down. */
    static final long SPAN = 60 * MINUTE;
    /** Of that, what ids do not follow the clock into. */
    static final long RESERVE = 50 * MINUTE;
    /** How far the clock gets before it is written again. */
    static final long RENEW = 5 * MINUTE;
    /** Ahead of ids that are ahead of the clock already: little, so that a rack that starts again and again does not run away from it. */
    static final long STEP = MINUTE;

    /** Ahead of the clock, where ids begin, from which on people are asked to look at it: each kill in a row brings them on by a step. */
    static final long FAR = SPAN + 60 * STEP;

    private static final long LOOK_MS = 1_000;
    private static final long LATE_NS = 5_000_000_000L;
    private static final long TELL_NS = 600_000_000_000L;
    private static final long END_MS_MAX = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(IdMark.class);

    private final IdMarkFile file;
    private final Clock clock;
    private final IdCeiling ceiling;
    private final CountDownLatch left = new CountDownLatch(1);
    private final Thread thread = new Thread(this::work, "ids-mark");
    private volatile boolean stopped;
    private volatile boolean late;
    private volatile long lateSinceNs;
    private volatile long toldNs;
    private volatile boolean told;

    private IdMark(IdMarkFile file, Clock clock) throws IOException {
        this.file = file;
        this.clock = clock;
        long floor = file.value();
        long below = Math.min(Math.max(now() + SPAN, floor + STEP), IdGenerator.TICK_MAX + 1);
        if (below <= floor) {
            throw new IOException("it says that ids are at the end of what they count, in the year 2112");
        }
        file.write(below);
        ceiling = new IdCeiling(floor, RESERVE, below);
        tellWhereTheyBegin(floor);
    }

    /**
     * Opens the mark in a data folder that this process holds, which it makes where there is none, and keeps it up.
     *
     * @throws JournalException if it cannot be read or written; the text is for the operator
     */
    public static IdMark open(Path folder, Clock clock) throws JournalException {
        IdMark mark = openUnwatched(folder, clock);
        mark.thread.setDaemon(true);
        mark.thread.start();
        return mark;
    }

    /** The same with nobody who keeps it up but {@link #look}, for tests. */
    static IdMark openUnwatched(Path folder, Clock clock) throws JournalException {
        Path path = folder.resolve(FILE);
        IdMarkFile file = null;
        try {
            file = IdMarkFile.open(path);
            IdMark mark = new IdMark(file, clock);
            file = null;
            return mark;
        } catch (IOException unusable) {
            JournalException refused = new JournalException(
                    path + " cannot be used: " + FileReason.of(unusable) + FileReason.spaceFix(unusable, folder)
                            + ". It keeps message ids from coming twice. Where it is damaged, and this machine's clock is right (date),"
                            + " remove it an hour after the rack ran last, or at once together with a new rack.machine_id: ids begin"
                            + " at the clock then");
            refused.initCause(unusable);
            throw refused;
        } finally {
            close(file);
        }
    }

    /** Of this run's strips. */
    public IdCeiling ceiling() {
        return ceiling;
    }

    /** What people should know of it; empty while it is kept up. */
    public String trouble() {
        long seconds = lateSeconds();
        return seconds * 1_000_000_000L < LATE_NS
                ? ""
                : file.file() + " has not been written for " + seconds + " s, which message ids need to go on: "
                        + left() + " more on each strip";
    }

    /** Ids that each strip may issue before the mark has to be written, at the least. */
    private long left() {
        long below = ceiling.below();
        long follows = Math.min(now(), below - RESERVE - 1);
        return Math.max(0, below - 1 - Math.max(ceiling.reached(), follows)) * IdGenerator.IDS_PER_TICK;
    }

    /** Since the mark should have been raised and was not, 0 while it is kept up. */
    public long lateSeconds() {
        return late ? (clock.nanoTime() - lateSinceNs) / 1_000_000_000L : 0;
    }

    /**
     * Ends it. Waits for a disk that does not answer for some seconds; then what is written stays, which is above all ids.
     *
     * @param ended whether no strip of this run issues ids any more, so that the next may begin right behind the last one
     */
    public void leave(boolean ended) {
        stopped = ended;
        left.countDown();
        try {
            thread.join(END_MS_MAX);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Raises the ceiling if it is time; a failure is told, and the next look tries again. On the mark's own thread. */
    void look() {
        try {
            raise();
        } catch (RuntimeException unexpected) {
            markLate();
            if (tellsNow()) {
                LOG.error(
                        "{} could not be kept up: {}; tried again each second",
                        file.file(),
                        FailureWords.of(unexpected),
                        unexpected);
            }
        }
    }

    private void raise() {
        long now = now();
        long reached = ceiling.reached();
        long below = ceiling.below();
        if (below - now >= SPAN - RENEW && below - reached > STEP / 2) {
            markInTime("need not be written yet, as the clock has it");
            return;
        }
        long next = Math.min(Math.max(now + SPAN, reached + STEP), IdGenerator.TICK_MAX + 1);
        if (next <= below) {
            markInTime("need not be written any more");
            return;
        }
        markLate();
        try {
            file.write(next);
        } catch (IOException unwritten) {
            tell(unwritten);
            return;
        }
        ceiling.raise(next);
        markInTime("is written again");
    }

    private void markLate() {
        if (!late) {
            lateSinceNs = clock.nanoTime();
            late = true;
        }
    }

    /** @param why behind the file's name, for those who were told that it is late */
    private void markInTime(String why) {
        late = false;
        if (told) {
            told = false;
            LOG.info("{} {}", file.file(), why);
        }
    }

    private void work() {
        try {
            while (!left.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                look();
            }
            if (stopped) {
                lower();
            }
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        } finally {
            closeFile();
        }
    }

    /** Where it cannot be, what stands there is above all ids, too. */
    private void lower() {
        try {
            file.write(ceiling.reached() + 1);
        } catch (IOException unwritten) {
            LOG.info("{} is not written at the end: {}", file.file(), FileReason.of(unwritten));
        }
    }

    /** Whether it is time to tell that it is late. */
    private boolean tellsNow() {
        if (told && clock.nanoTime() - toldNs < TELL_NS) {
            return false;
        }
        told = true;
        toldNs = clock.nanoTime();
        return true;
    }

    private void tell(IOException unwritten) {
        if (tellsNow()) {
            LOG.warn(
                    "{} cannot be written ({}): message ids end at the mark that it has, {} more on each strip, and stop following the"
                            + " clock some minutes from now, if they do still; then connections are not read until it can. Mend the disk",
                    file.file(),
                    FileReason.of(unwritten),
                    left());
        }
    }

    private void tellWhereTheyBegin(long floor) {
        long aheadSeconds = (floor - now()) * IdGenerator.TICK_NS / 1_000_000_000L;
        if (aheadSeconds > FAR * IdGenerator.TICK_NS / 1_000_000_000L) {
            LOG.warn(
                    "message ids begin {} s ahead of this machine's clock, above those of before: it is behind, or was ahead when the"
                            + " rack ran last (date). None comes twice; the time that is in them is not right until the clock is there",
                    aheadSeconds);
        } else if (aheadSeconds > 0) {
            LOG.info("message ids begin {} s ahead of the clock, above those of before", aheadSeconds);
        }
    }

    void closeFile() {
        close(file);
    }

    private long now() {
        return Math.max(0, IdGenerator.tickOf(clock.epochNanos()));
    }

    private static void close(IdMarkFile file) {
        if (file == null) {
            return;
        }
        try {
            file.close();
        } catch (IOException unclosed) {
            LOG.debug("{} was not closed: {}", file.file(), unclosed.getMessage());
        }
    }
}
