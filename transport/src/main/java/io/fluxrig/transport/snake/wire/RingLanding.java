package io.fluxrig.transport.snake.wire;

import io.fluxrig.perf.ring.RecordHandler;
import io.fluxrig.transport.ends.WireRings;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;

/** Straight to the strips: settled is what a strip's gear has taken, or refused for good. */
final class RingLanding implements Landing {
    private final WireRings rings;
    private final IntConsumer wakeStrip;
    private final List<Deque<Integer>> places = new ArrayList<>();
    private final long[] taken;
    private final BitSet refused = new BitSet();
    private final RecordHandler onRefused = this::onRefused;
    private long toWake;

    RingLanding(WireRings rings, IntConsumer wakeStrip) {
        this.rings = rings;
        this.wakeStrip = wakeStrip;
        this.taken = new long[rings.strips()];
        for (int i = 0; i < taken.length; i++) {
            places.add(new ArrayDeque<>());
        }
    }

    @Override
    public boolean offer(int place, int strip, boolean dataLeftOut, byte[] message, int length) {
        int target = strip % taken.length;
        if (!rings.offer(target, place, dataLeftOut, message, 0, length)) {
            return false;
        }
        places.get(target).add(place);
        toWake |= 1L << target;
        return true;
    }

    /** A gear may take it in a moment, however long it did not. */
    @Override
    public boolean takes() {
        return true;
    }

    @Override
    public void withdraw() {
        // a strip may be offering it to its gear just now
    }

    /** What a strip took it has counted before it stopped. */
    @Override
    public boolean settled() {
        return true;
    }

    @Override
    public boolean settle(Settled to) {
        boolean any = false;
        for (int strip = 0; strip < taken.length; strip++) {
            long now = rings.taken(strip);
            // what a strip refused is in its ring before it counts as dealt with
            rings.poll(strip, onRefused, Integer.MAX_VALUE);
            any |= taken[strip] < now;
            while (taken[strip] < now) {
                taken[strip]++;
                int place = places.get(strip).remove();
                to.onSettled(place, refused.get(place) ? Fate.REFUSED : Fate.TAKEN);
                refused.clear(place);
            }
        }
        return any;
    }

    @Override
    public void flush() {
        for (long rest = toWake; rest != 0; rest &= rest - 1) {
            wakeStrip.accept(Long.numberOfTrailingZeros(rest));
        }
        toWake = 0;
    }

    private void onRefused(int type, ByteBuffer memory, int offset, int length) {
        refused.set(WireRings.refusedPlace(type));
    }
}
