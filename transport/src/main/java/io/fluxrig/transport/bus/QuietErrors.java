package io.fluxrig.transport.bus;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;

/**
 * Puts into the log what the client complains of; what a lost connection causes is told elsewhere, once in a while. What a server refuses
 * is told with what it means, and that messages are dropped, each every ten seconds at most. Any thread.
 */
public final class QuietErrors implements ErrorListener {
    private static final long PAUSE_NS = 10_000_000_000L;
    private static final Pattern PUBLISH = Pattern.compile("(?i)^permissions violation for publish to \"([^\"]+)\"");

    private final TlsTrouble trouble;
    private final Logger log;
    private final String slow;
    private final String hint;
    private final LongSupplier nanoTime;
    private final Consumer<String> heard;
    private final Pace errors = new Pace();
    private final Pace drops = new Pace();

    /**
     * @param trouble is told of failures that may be those of TLS
     * @param slow what it means that more comes than is dealt with
     * @param hint stands behind what a server does not allow; empty for none
     */
    public QuietErrors(TlsTrouble trouble, Logger log, String slow, String hint) {
        this(trouble, log, slow, hint, error -> {});
    }

    /** @param heard is told each thing that the server says, in its words, also what is not told in the log; on the client's thread */
    public QuietErrors(TlsTrouble trouble, Logger log, String slow, String hint, Consumer<String> heard) {
        this(trouble, log, slow, hint, heard, System::nanoTime);
    }

    QuietErrors(
            TlsTrouble trouble, Logger log, String slow, String hint, Consumer<String> heard, LongSupplier nanoTime) {
        this.trouble = trouble;
        this.log = log;
        this.slow = slow;
        this.hint = hint;
        this.heard = heard;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void errorOccurred(Connection of, String error) {
        heard.accept(error);
        long untold = errors.untold(nanoTime.getAsLong());
        if (untold >= 0) {
            log.warn(
                    "NATS says: {}{}{}",
                    error,
                    meaning(error),
                    untold == 0 ? "" : " (" + untold + " more were not told)");
        }
    }

    /** The subject that a login may not publish to; null if the error says something else. */
    public static String unpublishable(String error) {
        Matcher publish = PUBLISH.matcher(error);
        return publish.find() ? publish.group(1) : null;
    }

    /** Whether the server does not know the login. */
    public static boolean isUnknownLogin(String error) {
        return error.toLowerCase(Locale.ROOT).startsWith("authorization violation");
    }

    private String meaning(String error) {
        String lower = error.toLowerCase(Locale.ROOT);
        if (lower.startsWith("permissions violation")) {
            return ": this login may not do that" + hint;
        }
        return isUnknownLogin(error) ? ": it does not know this login, or not any more" + hint : "";
    }

    @Override
    public void exceptionOccurred(Connection of, Exception failure) {
        trouble.note(failure);
        log.debug("the NATS client: {}", failure.toString());
    }

    @Override
    public synchronized void slowConsumerDetected(Connection of, io.nats.client.Consumer consumer) {
        long untold = drops.untold(nanoTime.getAsLong());
        if (untold >= 0) {
            log.warn(
                    "the NATS client drops messages: {}{}",
                    slow,
                    untold == 0 ? "" : " (it began to " + untold + " more times since the last line)");
        }
    }

    /** When a line of one kind is due. Guarded by its owner. */
    private static final class Pace {
        private boolean told;
        private long toldNs;
        private long untold;

        /** How many were not told since the last line where one is due, which counts as told then; -1 where none is. */
        long untold(long nowNs) {
            if (told && nowNs - toldNs < PAUSE_NS) {
                untold++;
                return -1;
            }
            long since = untold;
            told = true;
            toldNs = nowNs;
            untold = 0;
            return since;
        }
    }
}
