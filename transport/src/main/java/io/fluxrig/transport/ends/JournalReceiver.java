package io.fluxrig.transport.ends;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.ring.RecordHandler;
import io.fluxrig.perf.ring.SpscRing;
import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.FluxMsgReader;
import java.nio.ByteBuffer;

/**
 * A strip's way out of a journal. A message that its gear does not take is held and offered again, after 5 ms, 10 ms and so on
 * up to a second; what follows it waits, so that order holds. One that is refused {@link #REFUSALS_MAX} times, or is no
 * message, goes back to the journal to be set aside.
 *
 * <p>The strip's thread only; allocates nothing in steady state.
 */
public final class JournalReceiver {
    /** {@link Handler#onMessage}: the gear has it. */
    public static final int TAKEN = 0;
    /** {@link Handler#onMessage}: not now. Offered again for as long as it takes. */
    public static final int NOT_NOW = -1;
    /** {@link Handler#onMessage}: the message itself was refused. Offered again {@link #REFUSALS_MAX} times at most. */
    public static final int REFUSED = -2;

    /** How often a message may be refused before it is set aside. */
    public static final int REFUSALS_MAX = 8;

    /** Wait before the first redelivery, doubled each time. */
    public static final long BACK_OFF_MIN_NS = 5_000_000;

    /** Longest wait before a redelivery. */
    public static final long BACK_OFF_MAX_NS = 1_000_000_000;

    private final StripEnds ends;
    private final JournalGate gate;
    private final byte[] window;
    private final FluxMsg message;
    private final FluxMsgReader reader = new FluxMsgReader();
    private final RecordHandler onRecord = this::onRecord;
    private final FluxMsgReader.DataReader onData = this::onData;
    private Handler handler;
    private boolean held;
    private int heldLength;
    private int windowUsed;
    private int heldFlags;
    private int attempts;
    private int refusals;
    private long retryAtNs;
    private long handled;
    private long acknowledged;

    /** For whoever carries the wire. */
    public JournalReceiver(StripEnds ends, JournalGate gate, int hopsMax) {
        this.ends = ends;
        this.gate = gate;
        this.window = new byte[ends.toStrip.recordLengthMax()];
        this.message = new FluxMsg(hopsMax);
    }

    /** Takes the messages out. */
    public interface Handler {

        /**
         * One message, borrowed for the call.
         *
         * @param dataLeftOut the payload must be read again from {@code raw}, by {@code codec.spec_hash}
         * @return {@link #TAKEN}, {@link #NOT_NOW} or {@link #REFUSED}
         */
        int onMessage(boolean dataLeftOut, FluxMsg message);

        /** Takes the {@code data} of the message that {@link #onMessage} brings next: reads exactly one item, or skips it. */
        default void onData(CborReader in) {
            in.skip();
        }

        /** A record that is no message, with a fault of {@link CborFault}; what {@link #onData} took of it is worth nothing. */
        default void onFault(int fault) {}

        /** The message that was refused last is offered no more: it is on its way to be set aside. */
        default void onGivenUp() {}
    }

    /**
     * Hands over what waits, at most {@code limit} messages.
     *
     * @return whether more waits that can be had at once
     */
    public boolean poll(long nowNs, Handler to, int limit) {
        handler = to;
        try {
            for (int i = 0; i < limit; i++) {
                if (held ? nowNs - retryAtNs < 0 : ends.toStrip.poll(onRecord, 1) == 0) {
                    return false;
                }
                offer(nowNs);
            }
            return !held && !ends.toStrip.isEmpty();
        } finally {
            handler = null;
            message.clear();
            wipeWindow();
        }
    }

    /** Messages that are dealt with: taken, or on their way to be set aside. */
    public long handled() {
        return handled;
    }

    /** Tells the journal that the first {@code count} messages need not be kept any longer. */
    public void acknowledge(long count) {
        assert count <= handled && count >= acknowledged : "count=" + count + " handled=" + handled;
        if (count > acknowledged) {
            ends.taken.add(count - acknowledged);
            acknowledged = count;
            gate.wake();
        }
    }

    private void onRecord(int type, ByteBuffer memory, int offset, int length) {
        memory.get(offset, window, 0, length);
        held = true;
        heldLength = length;
        heldFlags = type;
        attempts = 0;
        refusals = 0;
    }

    private void offer(long nowNs) {
        if (attempts > 0) {
            ends.redelivered.increment();
        }
        attempts++;
        int fault = reader.read(window, 0, heldLength, message, onData);
        int outcome = REFUSED;
        if (fault == CborFault.NONE) {
            outcome = handler.onMessage((heldFlags & StripEnds.DATA_LEFT_OUT) != 0, message);
        } else {
            refusals = REFUSALS_MAX;
            handler.onFault(fault);
        }
        if (outcome == TAKEN) {
            release();
            return;
        }
        refusals += outcome == REFUSED ? 1 : 0;
        if (refusals >= REFUSALS_MAX && setAside()) {
            handler.onGivenUp();
            release();
            return;
        }
        retryAtNs = nowNs + Math.min(BACK_OFF_MAX_NS, BACK_OFF_MIN_NS << Math.min(attempts - 1, 8));
    }

    private boolean setAside() {
        int outcome = ends.toJournal.offer(heldFlags | StripEnds.SET_ASIDE, window, 0, heldLength);
        if (outcome == SpscRing.OK) {
            ends.asideSent.increment();
        }
        return outcome == SpscRing.OK;
    }

    private void release() {
        windowUsed = Math.max(windowUsed, heldLength);
        held = false;
        handled++;
    }

    /** Once for all messages of a call, behind the one that is held. */
    private void wipeWindow() {
        int from = held ? heldLength : 0;
        if (from < windowUsed) {
            Bytes.wipe(window, from, windowUsed - from);
        }
        windowUsed = 0;
    }

    private void onData(CborReader in) {
        handler.onData(in);
    }
}
