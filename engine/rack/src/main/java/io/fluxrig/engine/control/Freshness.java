package io.fluxrig.engine.control;

import java.util.HashMap;
import java.util.Map;

/**
 * Keeps messages from being believed twice: each sender's times rise within an epoch, epochs do too, and no time is further than
 * {@value #SKEW_MS} ms from this machine's clock. One thread at a time; callers bound the number of senders.
 */
public final class Freshness {
    /** How far two machines' clocks may be apart. */
    public static final long SKEW_MS = 300_000;

    private final Map<String, Seen> last = new HashMap<>();

    private record Seen(long epoch, long atMs) {}

    /**
     * Whether a message is new, and remembers it if so.
     *
     * @param epoch of senders that succeed each other, 0 for one that does not
     * @return null if it is; else why it is not, for people
     */
    public String refusal(String sender, long epoch, long atMs, long nowMs) {
        long apartMs = Math.abs(nowMs - atMs);
        if (apartMs > SKEW_MS) {
            return "it was written " + apartMs / 1000 + " s away from this machine's time, at most " + SKEW_MS / 1000
                    + " s are allowed; set both clocks";
        }
        Seen before = last.get(sender);
        if (before != null && (epoch < before.epoch() || epoch == before.epoch() && atMs <= before.atMs())) {
            return "it was received before, or a later one was";
        }
        last.put(sender, new Seen(epoch, atMs));
        return null;
    }

    /** Forgets a sender that is gone for good. */
    public void forget(String sender) {
        last.remove(sender);
    }
}
