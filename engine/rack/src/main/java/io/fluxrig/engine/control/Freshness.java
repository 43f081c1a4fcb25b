package io.fluxrig.engine.control;

import java.util.HashMap;
import java.util.Map;

/**
 * Keeps messages from being believed twice: each sender's order rises within an epoch, epochs do too, and no message was written further
 * than {@value #SKEW_MS} ms from this machine's clock. One thread at a time; callers bound the number of senders.
 *
 * <p>A sender whose clock jumped ahead and back numbers its messages from ahead for as long as its process lives, and from the clock
 * again when it is restarted. So where what was believed last has a number that no clock gives now, the time of writing decides.
 */
public final class Freshness {
    /** How far two machines' clocks may be apart. */
    public static final long SKEW_MS = 300_000;

    private final Map<String, Seen> last = new HashMap<>();

    private record Seen(long epoch, long atMs, long writtenMs) {
        boolean precedes(long inEpoch, long at, long written, long nowMs) {
            if (inEpoch != epoch) {
                return inEpoch > epoch;
            }
            return at > atMs || atMs > nowMs + SKEW_MS && written > writtenMs;
        }
    }

    /**
     * Whether a message is new, and remembers it if so.
     *
     * @param epoch of senders that succeed each other, 0 for one that does not
     * @param atMs its place in the order of its sender's messages
     * @param writtenMs when it was written, by the sender's clock
     * @return null if it is; else why it is not, for people
     */
    public String refusal(String sender, long epoch, long atMs, long writtenMs, long nowMs) {
        if (!isNear(writtenMs, nowMs)) {
            return "it was written " + Math.abs(nowMs - writtenMs) / 1000 + " s away from this machine's time, at most "
                    + SKEW_MS / 1000 + " s are allowed; set both clocks";
        }
        Seen before = last.get(sender);
        if (before != null && !before.precedes(epoch, atMs, writtenMs, nowMs)) {
            return "it was received before, or a later one was";
        }
        last.put(sender, new Seen(epoch, atMs, writtenMs));
        return null;
    }

    /** Whether two machines' clocks may be that far apart. */
    public static boolean isNear(long writtenMs, long nowMs) {
        return Math.abs(nowMs - writtenMs) <= SKEW_MS;
    }

    /** Forgets a sender that is gone for good. */
    public void forget(String sender) {
        last.remove(sender);
    }
}
