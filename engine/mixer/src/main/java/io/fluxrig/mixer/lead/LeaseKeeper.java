package io.fluxrig.mixer.lead;

import io.fluxrig.engine.fault.FailureWords;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.transport.lease.Lease;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the lease for this mixer, on a thread of its own: takes it if nobody has it and the registry answers, has the desk begin an epoch, and
 * renews it for as long as the desk answers and the registry is this mixer's. Where either fails for a lease's length it gives the lease back, and
 * leaves it to others for twice as long, or until the registry has answered at {@value #ANSWERS} turns and nobody else has it nevertheless.
 *
 * <pre>
 *   stands by --lease taken--> takes over --epoch begun--> leads
 *       '--------- lease lost, desk stuck, registry away ----'
 * </pre>
 */
public final class LeaseKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final long CLOSE_SECONDS = 10;
    /** More than others need to take what is free. */
    private static final int ANSWERS = 3;

    private final Lease lease;
    private final Leadership leadership;
    private final Desk desk;
    private final Duties duties;
    private final NodeKey authority;
    private final long lengthNs;
    private final LongSupplier clockNs;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "lease");
    private final AtomicLong terms = new AtomicLong();
    /** Of the lease that was taken last. */
    private long term;

    private long goodNs;
    private long leftUntilNs;
    private boolean leaves;
    /** Of desk and registry, one after the other, since the last that was none. */
    private final AtomicInteger answers = new AtomicInteger();

    private byte[] seen = {};
    /** Null before the first, and when its answer was looked at. */
    private CompletableFuture<?> asked;
    /** Why the last answer was none; empty if it was one. */
    private String trouble = "";
    /** Whether what comes first is yet to be done; desk only. */
    private boolean begun;

    /** What is to be done on the desk. */
    public interface Duties {
        /**
         * Begins an epoch in the registry, which it returns, but none while somebody else may have begun one.
         *
         * @param held whether this mixer may still
         */
        long begin(BooleanSupplier held) throws Exception;

        /** Does what comes first once this mixer leads; again at the next turn, if it throws. */
        void led();

        /** Throws if the registry is away, or another mixer's. */
        void check() throws Exception;

        /** Throws if the registry is away, whoever leads: a mixer that stands by could begin nothing then. */
        void reach() throws Exception;

        /** Another mixer leads, at each turn; on the keeper's thread, not the desk's, and must not wait. */
        void standsBy();
    }

    /** @param lengthNs of the lease */
    public LeaseKeeper(
            Lease lease,
            Leadership leadership,
            Desk desk,
            Duties duties,
            NodeKey authority,
            long lengthNs,
            LongSupplier clockNs) {
        this.lease = lease;
        this.leadership = leadership;
        this.desk = desk;
        this.duties = duties;
        this.authority = authority;
        this.lengthNs = lengthNs;
        this.clockNs = clockNs;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** How often this mixer has begun to lead. */
    public long terms() {
        return terms.get();
    }

    /** Gives the lease back, if this mixer has it. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                attempt();
            } while (!closing.await(lease.turnNs(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            leadership.end();
            lease.release();
        }
    }

    /** What goes wrong with one turn must not keep this mixer from all others, an error of the JVM's neither. */
    void attempt() {
        try {
            turn();
        } catch (RuntimeException | Error failed) {
            LOG.error("the lease is looked after again in a moment: {}", FailureWords.of(failed), failed);
        }
    }

    /** Called each quarter of the lease's length. */
    void turn() {
        long nowNs = clockNs.getAsLong();
        lookAtAnswer(nowNs);
        if (term != 0 && lease.holds() && nowNs - goodNs >= lengthNs) {
            leave("its desk or its registry has not answered for " + lengthNs / 1_000_000 + " ms" + because(), nowNs);
        }
        leaves = leaves && nowNs - leftUntilNs < 0 && answers.get() < ANSWERS;
        lease.turn(!leaves && isReady());
        if (lease.term() != term) {
            changed(lease.term(), nowNs);
        } else if (asked == null) {
            ask(term == 0 ? this::reach : this::check);
        }
        follow();
        if (!leadership.leader().isEmpty()) {
            duties.standsBy();
        }
    }

    /** Whether what was asked last was answered, as far as that can be known: who knows that it could begin nothing leaves the lease to others. */
    private boolean isReady() {
        return asked == null && trouble.isEmpty();
    }

    /** On the desk. */
    private Object check() throws Exception {
        duties.check();
        doFirst();
        return null;
    }

    /** On the desk. */
    private Object reach() throws Exception {
        duties.reach();
        return null;
    }

    private void changed(long now, long nowNs) {
        if (leadership.leads() || term != 0) {
            LOG.warn("this mixer leads no more");
        }
        leadership.end();
        term = now;
        goodNs = nowNs;
        if (term != 0) {
            ask(() -> takeOver(now));
        }
    }

    /** On the desk. */
    private Object takeOver(long held) throws Exception {
        long epoch = duties.begin(() -> lease.term() == held);
        if (lease.term() != held) {
            throw new IllegalStateException("the lease was lost before its epoch had begun");
        }
        leadership.begin(epoch, () -> lease.term() == held);
        terms.incrementAndGet();
        LOG.info("this mixer leads from now on");
        begun = true;
        doFirst();
        return null;
    }

    /** On the desk. */
    private void doFirst() {
        if (begun) {
            duties.led();
            begun = false;
        }
    }

    /** A desk that has much to do is none that hangs: what is asked here goes first. */
    private void ask(Callable<Object> what) {
        asked = desk.first(what);
    }

    private void lookAtAnswer(long nowNs) {
        if (asked == null || !asked.isDone()) {
            return;
        }
        String failure = asked.handle((done, failed) -> failed == null ? "" : FailureWords.of(failed))
                .join();
        asked = null;
        if (failure.isEmpty()) {
            trouble = "";
            goodNs = nowNs;
            answers.incrementAndGet();
            return;
        }
        answers.set(0);
        boolean news = trouble.isEmpty();
        trouble = failure;
        if (term != 0 && !leadership.leads()) {
            leave("its registry lets it begin no epoch" + because(), nowNs);
        } else if (term != 0 && news) {
            LOG.warn("this mixer leads, and its registry does not do its part: {}", failure);
        }
    }

    private String because() {
        return trouble.isEmpty() ? "" : ": " + trouble;
    }

    /** Tells why; what comes next is a pause that is longer than the lease. */
    private void leave(String why, long nowNs) {
        LOG.error("this mixer leaves the lease to others for {} ms at most: {}", 2 * lengthNs / 1_000_000, why);
        leadership.end();
        lease.release();
        term = 0;
        leaves = true;
        answers.set(0);
        leftUntilNs = nowNs + 2 * lengthNs;
    }

    /** Whoever else has the lease; empty for nobody. */
    private byte[] holder() {
        byte[] holder = lease.term() == 0 ? lease.holder() : null;
        return holder == null ? new byte[0] : holder;
    }

    /** Learns who else leads. */
    private void follow() {
        byte[] holder = holder();
        if (Arrays.equals(holder, seen)) {
            return;
        }
        seen = holder;
        if (holder.length == 0) {
            leadership.followsNobody();
            return;
        }
        try {
            LeaderCard card = LeaderCard.read(holder, authority);
            leadership.follows(card.url(), card.who());
            LOG.info(
                    "this mixer stands by: {} leads, its API is {}",
                    card.who(),
                    card.url().isEmpty() ? "for its own machine (api.advertise there)" : card.url());
        } catch (IOException stranger) {
            leadership.followsNobody();
            LOG.error("this mixer stands by: {}", stranger.getMessage());
        }
    }
}
