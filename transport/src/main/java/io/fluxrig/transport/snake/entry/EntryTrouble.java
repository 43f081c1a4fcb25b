package io.fluxrig.transport.snake.entry;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.snake.nats.SparingLog;
import org.slf4j.Logger;

/** Knows whether NATS answers, and tells operators, now and then, why entries are not shared and what that means. The sharing thread only. */
final class EntryTrouble {
    private final EntrySettings settings;
    private final String advice;
    private final Logger log;
    private final SparingLog lines;
    private boolean silent;
    /** Whether there was a way to the bucket at the last look. */
    private boolean wasReady;

    /** @param advice what an operator does where another rack has other keys */
    EntryTrouble(EntrySettings settings, String advice, Clock clock, Logger log) {
        this.settings = settings;
        this.advice = advice;
        this.log = log;
        this.lines = new SparingLog(clock);
    }

    /**
     * Told at each turn; says when there is no way to the bucket any more, and when there is one again.
     *
     * @param ready whether entries can be written and found
     * @param connected whether there is a connection at least
     */
    void way(boolean ready, boolean connected) {
        if (ready == wasReady) {
            return;
        }
        wasReady = ready;
        if (ready) {
            answers();
        } else if (!silent) {
            silent = true;
            log.warn(
                    "{}: {}: {} until that is over",
                    settings.bucket(),
                    connected ? "what racks share lies in NATS, and cannot be had" : "there is no connection to NATS",
                    meanwhile());
        }
    }

    private String meanwhile() {
        return settings.alone()
                ? "requests are sent without asking whether another rack has sent them,"
                : "requests are declined";
    }

    /** Whether an answer is overdue, or there is no way to ask, and none has come since. */
    boolean isSilent() {
        return silent;
    }

    /** An answer is overdue. */
    void silent() {
        if (silent) {
            return;
        }
        silent = true;
        log.warn(
                "{}: NATS does not answer within {} ms: {} until it does",
                settings.bucket(),
                settings.waitNs() / 1_000_000,
                meanwhile());
    }

    /** An answer has come. */
    void answers() {
        if (silent && wasReady) {
            silent = false;
            log.info("{}: NATS answers again: tickets are shared with other racks", settings.bucket());
        }
    }

    void notShared(String why) {
        if (lines.due()) {
            log.warn("{}: tickets are not shared with other racks: {}", settings.bucket(), why);
        }
    }

    void unreadable(EntryCodec.Read.Kind kind) {
        notShared(
                kind == EntryCodec.Read.Kind.OTHER_KEY
                        ? "one of another rack is sealed with a key that this one has not: " + advice
                        : "one was not written by a rack with these keys, or was put under another name");
    }

    /** What another rack had written, and somebody here waits for, stands there no more. */
    void gone() {
        notShared(
                "what another rack had written is gone, as from a bucket that was removed: who waits for it here is declined");
    }

    void lost(String why) {
        if (lines.due()) {
            log.warn(
                    "{}: what became of a ticket is not shared: {}; a repeat on another rack is declined, or sent again",
                    settings.bucket(),
                    why);
        }
    }
}
