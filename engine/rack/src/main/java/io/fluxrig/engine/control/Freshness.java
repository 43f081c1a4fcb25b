package io.fluxrig.engine.control;

import java.util.HashMap;
import java.util.Map;

/**
 * Keeps messages from being believed twice: each sender's times rise, and none is further than {@value #SKEW_MS} ms from this
 * machine's clock. One thread at a time; callers bound the number of senders.
 */
public final class Freshness {
    /** How far two machines' clocks may be apart. */
    public static final long SKEW_MS = 300_000;

    private final Map<String, Long> last = new HashMap<>();

    /**
     * Whether a message is new, and remembers it if so.
     *
     * @return null if it is; else why it is not, for people
     */
    public String refusal(String sender, long atMs, long nowMs) {
        long apartMs = Math.abs(nowMs - atMs);
        if (apartMs > SKEW_MS) {
            return "it was written " + apartMs / 1000 + " s away from this machine's time, at most " + SKEW_MS / 1000
                    + " s are allowed; set both clocks";
        }
        Long before = last.get(sender);
        if (before != null && atMs <= before) {
            return "it was received before, or a later one was";
        }
        last.put(sender, atMs);
        return null;
    }

    /** Forgets a sender that is gone for good. */
    public void forget(String sender) {
        last.remove(sender);
    }
}
