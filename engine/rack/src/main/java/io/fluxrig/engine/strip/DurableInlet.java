package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.ends.JournalReceiver;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;

/**
 * Where a durable or guaranteed wire enters its strip: hands messages to the receiving gear and acknowledges those that it took. If the gear
 * sent something over such a wire while it had the message, the acknowledgement waits until that wire's promise holds, so
 * that a message is always on one of the two disks.
 *
 * <p>Strip thread only; allocates nothing in steady state.
 */
final class DurableInlet implements JournalReceiver.Handler {
    /** Acknowledgements that may wait for another wire's promise; with more, no message is handed over. */
    private static final int WAITING_MAX = 1 << 10;

    private static final int MASK = WAITING_MAX - 1;

    private final GearSlot slot;
    private final int input;
    private final JournalReceiver receiver;
    private final DurableOutlet[] outlets;
    private final ArrivedPayload payload;
    private final Undelivered undelivered;
    private final OtherVersions otherVersions;
    private final String home;
    /** The part of {@link #home} that every run of this rack has. */
    private final String rack;
    /** The number of the message, and what each outlet must have kept before it is acknowledged. */
    private final long[] waitingHandled = new long[WAITING_MAX];

    private final long[][] waitingSent;
    private final long[] sentBefore;
    private int waitingFirst;
    private int waitingCount;

    /** @param home see {@link WireJournals} */
    DurableInlet(
            GearSlot slot,
            int input,
            JournalReceiver receiver,
            DurableOutlet[] outlets,
            SpecHistory specs,
            String home,
            Undelivered undelivered,
            OtherVersions otherVersions) {
        this.slot = slot;
        this.input = input;
        this.receiver = receiver;
        this.outlets = outlets;
        this.payload = new ArrivedPayload(specs);
        this.waitingSent = new long[outlets.length][WAITING_MAX];
        this.sentBefore = new long[outlets.length];
        this.home = home;
        this.rack = home.substring(0, home.indexOf('/') + 1);
        this.undelivered = undelivered;
        this.otherVersions = otherVersions;
    }

    /** Hands over what waits; whether more waits. */
    boolean poll(long nowNs, int limit) {
        boolean more = receiver.poll(nowNs, this, Math.min(limit, WAITING_MAX - waitingCount));
        return more && waitingCount < WAITING_MAX;
    }

    boolean waits() {
        return waitingCount > 0;
    }

    @Override
    public void onData(CborReader in) {
        payload.read(in);
    }

    @Override
    public int onMessage(boolean dataLeftOut, FluxMsg message) {
        if (!slot.takes()) {
            payload.wipe();
            return JournalReceiver.NOT_NOW;
        }
        if (!payload.attach(message, dataLeftOut)) {
            undelivered.undecodable();
            return JournalReceiver.REFUSED;
        }
        if (payload.ofOtherVersion()) {
            otherVersions.met(message);
        }
        try {
            return undelivered.expires(message) ? JournalReceiver.TAKEN : deliver(message);
        } finally {
            payload.wipe();
        }
    }

    private int deliver(FluxMsg message) {
        if (message.meta().is(MetaKey.CONN_RACK, home)) {
            message.meta().unset(MetaKey.CONN_RACK);
        }
        for (int i = 0; i < outlets.length; i++) {
            sentBefore[i] = outlets[i].sent();
        }
        int outcome = slot.deliver(input, message);
        if (outcome == Outcome.ACCEPTED || isOrphaned(message, outcome)) {
            awaitWhatItSent();
            return JournalReceiver.TAKEN;
        }
        if (outcome == Outcome.REFUSED || outcome == Outcome.NOT_WIRED || outcome == Outcome.ELSEWHERE) {
            undelivered.refused(message, outcome);
            return JournalReceiver.REFUSED;
        }
        return JournalReceiver.NOT_NOW;
    }

    /** Whether it answers a connection that is gone, in this run of the rack or with the one before; if so it is counted. */
    private boolean isOrphaned(FluxMsg message, int outcome) {
        boolean orphaned = outcome == Outcome.GONE || outcome == Outcome.ELSEWHERE && isOfRunBefore(message);
        if (orphaned) {
            undelivered.orphaned(message);
        }
        return orphaned;
    }

    private boolean isOfRunBefore(FluxMsg message) {
        String accepted = message.meta().text(MetaKey.CONN_RACK);
        return accepted != null && !rack.isEmpty() && accepted.startsWith(rack);
    }

    @Override
    public void onGivenUp() {
        undelivered.givenUp();
    }

    @Override
    public void onFault(int fault) {
        payload.wipe();
        undelivered.undecodable();
    }

    private void awaitWhatItSent() {
        boolean sent = false;
        for (int i = 0; i < outlets.length; i++) {
            sent |= outlets[i].sent() != sentBefore[i];
        }
        if (!sent) {
            return;
        }
        int place = waitingFirst + waitingCount & MASK;
        waitingHandled[place] = receiver.handled() + 1;
        for (int i = 0; i < outlets.length; i++) {
            waitingSent[i][place] = outlets[i].sent();
        }
        waitingCount++;
    }

    /** At the end of the batch, when what gears made of the messages is in the kernel's hands, or waits for it. */
    void acknowledge() {
        while (waitingCount > 0 && kept(waitingFirst)) {
            waitingFirst = waitingFirst + 1 & MASK;
            waitingCount--;
        }
        receiver.acknowledge(waitingCount == 0 ? receiver.handled() : waitingHandled[waitingFirst] - 1);
    }

    private boolean kept(int place) {
        for (int i = 0; i < outlets.length; i++) {
            if (outlets[i].kept() < waitingSent[i][place]) {
                return false;
            }
        }
        return true;
    }
}
