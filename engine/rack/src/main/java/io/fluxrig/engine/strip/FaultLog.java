package io.fluxrig.engine.strip;

import io.fluxrig.perf.clock.Clock;
import org.slf4j.Logger;

/**
 * Says that a gear failed, at most once an interval however often it does: which exception and where, never its message, since
 * that may quote what was in the message. Strip thread only.
 */
public final class FaultLog {
    /** Between two lines of one gear on one strip. */
    static final long INTERVAL_NS = 10_000_000_000L;

    private static final int FRAMES_SHOWN = 3;

    private final Logger log;
    private final Clock clock;
    private long nextNs;
    private long unsaid;
    private boolean saidBefore;

    FaultLog(Logger log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    void failed(Throwable e, String during, boolean failing) {
        long nowNs = clock.nanoTime();
        if (saidBefore && nowNs - nextNs < 0) {
            unsaid++;
            return;
        }
        log.error(
                "failed on {}{}: {} ({} more since the last line)",
                during,
                failing ? ", failing" : "",
                describe(e),
                unsaid);
        saidBefore = true;
        nextNs = nowNs + INTERVAL_NS;
        unsaid = 0;
    }

    /** The exception's class and where it was thrown, without its message. */
    public static String describe(Throwable e) {
        StringBuilder text = new StringBuilder(e.getClass().getName());
        StackTraceElement[] frames = e.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES_SHOWN, frames.length); i++) {
            text.append(i == 0 ? " at " : " < ")
                    .append(frames[i].getClassName())
                    .append('.')
                    .append(frames[i].getMethodName())
                    .append(':')
                    .append(frames[i].getLineNumber());
        }
        return text.toString();
    }
}
