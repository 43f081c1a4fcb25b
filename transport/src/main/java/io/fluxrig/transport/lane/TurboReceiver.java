package io.fluxrig.transport.lane;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.ring.RecordHandler;
import io.fluxrig.perf.ring.SpscRing;
import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.FluxMsgReader;
import java.nio.ByteBuffer;

/** The receiving end of a {@link TurboWire}. The receiving strip's thread only; allocates nothing in steady state. */
public final class TurboReceiver {
    private final SpscRing ring;
    private final byte[] window;
    private final FluxMsg message;
    private final FluxMsgReader reader = new FluxMsgReader();
    private final RecordHandler onRecord = this::onRecord;
    private final FluxMsgReader.DataReader onData = this::onData;
    private Handler handler;
    private int windowUsed;

    TurboReceiver(SpscRing ring, byte[] window, int hopsMax) {
        if (window.length < ring.recordLengthMax()) {
            throw new IllegalArgumentException("window length=" + window.length + " min=" + ring.recordLengthMax());
        }
        this.ring = ring;
        this.window = window;
        this.message = new FluxMsg(hopsMax);
    }

    /** Takes the messages out. */
    public interface Handler {

        /**
         * One message, borrowed for the call; {@code raw} and {@code data} are slices of the receiver's window.
         *
         * @param dataLeftOut the payload must be read again from {@code raw}, by {@code codec.spec_hash}
         */
        void onMessage(int target, boolean dataLeftOut, FluxMsg message);

        /**
         * Takes the {@code data} of the message that {@link #onMessage} brings next, or {@link #onFault} if the record turns
         * out to be none: reads exactly one item, with all checks, or skips it.
         */
        default void onData(CborReader in) {
            in.skip();
        }

        /** A record that is no message, with a fault of {@link CborFault}; it is gone. */
        void onFault(int target, int fault);
    }

    /**
     * Hands over what waits, at most {@code limit} messages, and wipes the window.
     *
     * @return how many records were taken
     */
    public int poll(Handler to, int limit) {
        handler = to;
        try {
            return ring.poll(onRecord, limit);
        } finally {
            handler = null;
            message.clear();
            Bytes.wipe(window, 0, windowUsed);
            windowUsed = 0;
        }
    }

    private void onData(CborReader in) {
        handler.onData(in);
    }

    private void onRecord(int type, ByteBuffer memory, int offset, int length) {
        memory.get(offset, window, 0, length);
        windowUsed = Math.max(windowUsed, length);
        int target = type & TurboWire.TARGET_MAX;
        int fault = reader.read(window, 0, length, message, onData);
        if (fault == CborFault.NONE) {
            handler.onMessage(target, (type & TurboWire.DATA_LEFT_OUT) != 0, message);
        } else {
            handler.onFault(target, fault);
        }
    }
}
