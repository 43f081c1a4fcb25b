package io.fluxrig.transport.bus;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import org.slf4j.Logger;

/** Puts into the log what the client complains of; what a lost connection causes is told elsewhere, once in a while. */
public final class QuietErrors implements ErrorListener {
    private final TlsTrouble trouble;
    private final Logger log;
    private final String slow;

    /**
     * @param trouble is told of failures that may be those of TLS
     * @param slow what it means that more comes than is dealt with
     */
    public QuietErrors(TlsTrouble trouble, Logger log, String slow) {
        this.trouble = trouble;
        this.log = log;
        this.slow = slow;
    }

    @Override
    public void errorOccurred(Connection of, String error) {
        log.warn("NATS says: {}", error);
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
