package io.fluxrig.transport.snake.wire;

import io.fluxrig.perf.ring.RecordHandler;
import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.ends.JournalTap;
import io.fluxrig.transport.ends.Shortage;
import io.fluxrig.transport.ends.WireRings;
import io.fluxrig.transport.snake.seal.Origin;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;

/** Messages straight from the strips' rings, counted by this run; what is settled is kept. */
final class RingDepartures implements Departures {
    private final Origin origin;
    private final WireRings rings;
    private final IntConsumer wakeStrip;
    private final RecordHandler onRecord = this::onRecord;
    private JournalTap.Handler handler;
    private int strip;
    private long sequence;
    private long toWake;
    /** 0 for not at present, as the next. */
    private long stalledSinceEpochNs;

    private long tooLongSinceEpochNs;

    RingDepartures(Origin origin, WireRings rings, IntConsumer wakeStrip) {
        this.origin = origin;
        this.rings = rings;
        this.wakeStrip = wakeStrip;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    /** One of each strip in turn. */
    @Override
    public int poll(JournalTap.Handler to, int limit) {
        handler = to;
        int taken = 0;
        int idle = 0;
        while (taken < limit && idle < rings.strips()) {
            strip = (strip + 1) % rings.strips();
            int one = rings.poll(strip, onRecord, 1);
            taken += one;
            idle = one == 0 ? idle + 1 : 0;
        }
        handler = null;
        return taken;
    }

    @Override
    public void settled(int of) {
        if (rings.kept(of)) {
            toWake |= 1L << of;
        }
    }

    @Override
    public void flush() {
        for (long rest = toWake; rest != 0; rest &= rest - 1) {
            wakeStrip.accept(Long.numberOfTrailingZeros(rest));
        }
        toWake = 0;
    }

    @Override
    public void stuck(boolean now) {
        rings.gate().stuck(now);
    }

    @Override
    public void stalled(boolean now, long sinceEpochNs) {
        rings.gate().state(now ? JournalGate.STALLED : JournalGate.OPEN);
        stalledSinceEpochNs = now ? sinceEpochNs : 0;
        tell();
    }

    @Override
    public void tooLong(boolean now, long sinceEpochNs) {
        tooLongSinceEpochNs = now ? sinceEpochNs : 0;
        tell();
    }

    /** A message that is too long is why nothing leaves. */
    private void tell() {
        boolean refusing = stalledSinceEpochNs != 0;
        Shortage shortage = refusing ? new Shortage(Shortage.Cause.NOTHING_LEAVES, stalledSinceEpochNs, true) : null;
        if (tooLongSinceEpochNs != 0) {
            shortage = new Shortage(Shortage.Cause.TOO_LONG, tooLongSinceEpochNs, refusing);
        }
        rings.gate().shortage(shortage);
    }

    private void onRecord(int type, ByteBuffer memory, int offset, int length) {
        handler.onMessage(++sequence, strip, WireRings.dataLeftOut(type), memory, offset, length);
    }
}
