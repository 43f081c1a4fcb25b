package io.fluxrig.transport.lane;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.ring.SpscRing;
import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.FluxMsgWriter;
import io.fluxrig.transport.msg.MetaKey;

/** The sending end of a {@link TurboWire}. The sending strip's thread only; allocates nothing. */
public final class TurboSender {
    private final SpscRing ring;
    private final byte[] scratch;
    private final FluxMsgWriter writer = new FluxMsgWriter();
    private int scratchUsed;

    TurboSender(SpscRing ring, byte[] scratch) {
        this.ring = ring;
        this.scratch = scratch;
    }

    /**
     * Copies a message into the ring. A payload that equals its wire bytes stays behind if {@code codec.spec_hash} says how
     * they are read again.
     *
     * @param target what the receiver is told, 0 to {@link TurboWire#TARGET_MAX}
     * @return {@link TurboWire#OK}, {@link TurboWire#FULL}, {@link TurboWire#TOO_LONG}, or another fault of {@link
     *     CborFault} if the payload cannot be written; nothing was sent then
     */
    public int send(int target, FluxMsg message) {
        assert target >= 0 && target <= TurboWire.TARGET_MAX : "target=" + target;
        boolean leaveOut = canLeaveOut(message);
        int length = leaveOut
                ? writer.writeWithoutData(message, scratch, 0, scratch.length)
                : writer.write(message, scratch, 0, scratch.length);
        if (length < 0) {
            scratchUsed = scratch.length;
            return length == CborFault.NO_ROOM ? TurboWire.TOO_LONG : length;
        }
        scratchUsed = Math.max(scratchUsed, length);
        int outcome = ring.offer(leaveOut ? target | TurboWire.DATA_LEFT_OUT : target, scratch, 0, length);
        return outcome == SpscRing.OK ? TurboWire.OK : outcome == SpscRing.FULL ? TurboWire.FULL : TurboWire.TOO_LONG;
    }

    /** Zeroes what messages left in the scratch; called once a batch. */
    public void wipe() {
        Bytes.wipe(scratch, 0, scratchUsed);
        scratchUsed = 0;
    }

    /** Whether more than three quarters of the ring wait for the receiver. */
    public boolean pressured() {
        return ring.usedBytes() > ring.capacityBytes() / 4 * 3L;
    }

    /** Whether less than half of the ring waits for the receiver. */
    public boolean relieved() {
        return ring.usedBytes() < ring.capacityBytes() / 2;
    }

    private static boolean canLeaveOut(FluxMsg message) {
        return message.payload() != null
                && message.rawLength() > 0
                && message.payload().derivedFromRaw()
                && message.meta().has(MetaKey.CODEC_SPEC_HASH);
    }
}
