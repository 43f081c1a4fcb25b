package io.fluxrig.engine.strip;

/** What only tests ask of strips: whether anything was left behind. */
public final class StripProbe {

    private StripProbe() {}

    /** Deadlines pending on a strip. */
    public static int timersPending(Strip strip) {
        return strip.timers().pending();
    }

    /** Bytes waiting in the ring from one strip to another. */
    public static long ringUsedBytes(StripBank bank, int from, int to) {
        return bank.wire(from, to).usedBytes();
    }
}
