package io.fluxrig.engine.agent;

import io.fluxrig.engine.control.Dropped;
import io.fluxrig.engine.control.Freshness;
import io.fluxrig.engine.control.Order;
import io.fluxrig.engine.control.ScenarioPush;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.PublicKeys;
import io.fluxrig.engine.passport.Signed;
import java.time.InstantSource;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom a rack believes: the mixer that it obeys, while no other has begun to lead, and what did not come before. What is not let in is
 * counted, with a line in the log now and then. Any thread.
 */
final class MixerGate {
    private static final Logger LOG = LoggerFactory.getLogger(MixerGate.class);

    private final InstantSource clock;
    /** Epoch and time of the last message that was obeyed before this start. */
    private final long heardEpoch;

    private final long heardMs;
    private final Dropped dropped;
    private final Freshness fresh = new Freshness();
    private final Object checking = new Object();
    /** The highest in which a mixer led that was believed; guarded by {@link #checking}. */
    private long epoch;
    /** Null until a mixer is known; only its messages are believed then. */
    private volatile byte[] authority;

    /** What a mixer sends. */
    enum Kind {
        STANDING(Standing.PURPOSE, "a standing"),
        SCENARIO(ScenarioPush.PURPOSE, "a scenario"),
        ORDER(Order.PURPOSE, "an order");

        private final String purpose;
        private final String what;

        Kind(String purpose, String what) {
            this.purpose = purpose;
            this.what = what;
        }
    }

    /**
     * What a message says of when it was sent.
     *
     * @param epoch in which its mixer led
     * @param atMs its place among that mixer's messages
     * @param writtenMs by the mixer's clock
     */
    record Sent(long epoch, long atMs, long writtenMs) {}

    /**
     * @param authority of the mixer that is obeyed, null where none is known yet
     * @param heardEpoch and {@code heardMs} of the last message that was obeyed before this start, 0 for none
     */
    MixerGate(byte[] authority, long heardEpoch, long heardMs, InstantSource clock) {
        this.authority = authority;
        this.heardEpoch = heardEpoch;
        this.epoch = heardEpoch;
        this.heardMs = heardMs;
        this.clock = clock;
        this.dropped = new Dropped(LOG, clock);
    }

    /** Whether there is a mixer that alone is believed. */
    boolean obeys() {
        return authority != null;
    }

    /** From now on only that mixer is believed, and whoever of them leads in that epoch or a later one. */
    void obey(byte[] mixer, long inEpoch) {
        synchronized (checking) {
            authority = mixer.clone();
            epoch = Math.max(epoch, inEpoch);
        }
    }

    /** As {@link #obey}, unless one is known already. */
    void obeyUnlessKnown(byte[] mixer) {
        synchronized (checking) {
            if (authority == null) {
                obey(mixer, 0);
            }
        }
    }

    /** What was not let in. */
    long dropped() {
        return dropped.count();
    }

    /** Something came that is none of what a mixer sends. */
    void malformed(Kind kind, String why) {
        dropped.add(kind.what + ": " + why);
    }

    /**
     * Whether what came unasked is to be obeyed.
     *
     * @param mine whether it is meant for this rack
     */
    boolean admits(Kind kind, Signed signed, Sent sent, boolean mine) {
        return believed(kind, signed) && isLed(kind, sent) && isNew(kind, sent) && checkMine(mine);
    }

    /**
     * Whether an answer to a hello is to be obeyed: the hello's nonce shows that it is new.
     *
     * @param mine whether it is meant for this rack, and has that nonce
     */
    boolean admitsAnswer(Signed signed, Sent sent, boolean mine) {
        return believed(Kind.STANDING, signed) && isLed(Kind.STANDING, sent) && checkMine(mine);
    }

    /** Whether the mixer signed it; before one is known, whoever signed it has said so. */
    private boolean believed(Kind kind, Signed signed) {
        byte[] obeyed = authority;
        if (obeyed != null && !Arrays.equals(obeyed, signed.key())) {
            dropped.add(kind.what + " of somebody who is not this rack's mixer: key "
                    + PublicKeys.fingerprint(signed.key()) + ", the mixer's is " + PublicKeys.fingerprint(obeyed));
        } else if (obeyed == null && kind != Kind.STANDING) {
            dropped.add(kind.what + " before this rack knows a mixer");
        } else if (!signed.isFor(kind.purpose)) {
            dropped.add(kind.what + " that was changed on its way, or was signed for something else");
        } else {
            return true;
        }
        return false;
    }

    /**
     * Whether it is of a mixer after which no other has begun to lead, as far as this rack has heard. Epochs are numbered above the time
     * of day: one that a clock years ahead has begun would be the last that is ever obeyed, so it counts for none.
     */
    private boolean isLed(Kind kind, Sent sent) {
        long known;
        synchronized (checking) {
            known = epoch;
            if (authority != null && sent.epoch > epoch && Freshness.isNear(sent.writtenMs, clock.millis())) {
                epoch = sent.epoch;
            }
        }
        if (sent.epoch < known) {
            dropped.add(kind.what + " of a mixer that leads no more: another one has begun to since");
        }
        return sent.epoch >= known;
    }

    /** Whether it did not come before; of somebody unknown nothing is remembered, for anybody can make keys. */
    private boolean isNew(Kind kind, Sent sent) {
        String old;
        synchronized (checking) {
            if (authority == null) {
                return true;
            }
            boolean before = sent.epoch == heardEpoch && sent.atMs <= heardMs;
            old = before && kind != Kind.STANDING
                    ? "it was received before this rack was started"
                    : fresh.refusal(kind.purpose, sent.epoch, sent.atMs, sent.writtenMs, clock.millis());
        }
        if (old != null) {
            dropped.add(kind.what + ": " + old);
        }
        return old == null;
    }

    private boolean checkMine(boolean mine) {
        if (!mine) {
            dropped.add("what is meant for another rack, or answers another hello");
        }
        return mine;
    }
}
