package io.fluxrig.transport.bus;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Puts into the log what the client complains of; what a lost connection causes is told elsewhere, once in a while. What a server refuses
 * is told with what it means, every ten seconds at most. Any thread.
 */
public final class QuietErrors implements ErrorListener {
    private static final long PAUSE_NS = 10_000_000_000L;

    private final TlsTrouble trouble;
    private final Logger log;
    private final String slow;
    private final String hint;
    private final LongSupplier nanoTime;
    private boolean told;
    private long toldNs;
    private long untold;

    /**
     * @param trouble is told of failures that may be those of TLS
     * @param slow what it means that more comes than is dealt with
     * @param hint stands behind what a server does not allow; empty for none
     */
    public QuietErrors(TlsTrouble trouble, Logger log, String slow, String hint) {
        this(trouble, log, slow, hint, System::nanoTime);
    }

    QuietErrors(TlsTrouble trouble, Logger log, String slow, String hint, LongSupplier nanoTime) {
        this.trouble = trouble;
        this.log = log;
        this.slow = slow;
        this.hint = hint;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void errorOccurred(Connection of, String error) {
        long nowNs = nanoTime.getAsLong();
        if (told && nowNs - toldNs < PAUSE_NS) {
            untold++;
            return;
        }
        log.warn("NATS says: {}{}{}", error, meaning(error), untold == 0 ? "" : " (" + untold + " more were not told)");
        told = true;
        toldNs = nowNs;
        untold = 0;
    }

    private String meaning(String error) {
        String lower = error.toLowerCase(Locale.ROOT);
        if (lower.startsWith("permissions violation")) {
            return ": this login may not do that" + hint;
        }
        return lower.startsWith("authorization violation")
                ? ": it does not know this login, or not any more" + hint
                : "";
    }

    @Override
    public void exceptionOccurred(Connection of, Exception failure) {
        trouble.note(failure);
        log.debug("the NATS client: {}", failure.toString());
    }

    @Override
    public void slowConsumerDetected(Connection of, Consumer consumer) {
        log.warn("the NATS client drops messages: {}", slow);
    }
}
