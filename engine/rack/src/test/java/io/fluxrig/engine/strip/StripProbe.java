package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.Gear;
import java.util.List;

/** What only tests ask of strips: whether anything was left behind. */
public final class StripProbe {

    private StripProbe() {}

    /** Deadlines pending on a strip. */
    public static int timersPending(Strip strip) {
        return strip.timers().pending();
    }

    /** Every copy of a gear on a strip: the one in front, one beside it, those that it has succeeded. */
    public static List<Gear> copies(Strip strip, int gear) {
        return strip.slot(gear).copies();
    }

    /** Bytes waiting in the ring from one strip to another. */
    public static long ringUsedBytes(StripBank bank, int from, int to) {
        return bank.wire(from, to).usedBytes();
    }
}
