package io.fluxrig.transport.snake;

import io.fluxrig.transport.bus.TlsTrouble;
import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts into the log what the client complains of; failed connection attempts are told elsewhere, once in a while. */
final class BusErrors implements ErrorListener {
    private static final Logger LOG = LoggerFactory.getLogger(Snake.class);

    private final TlsTrouble trouble;

    BusErrors(TlsTrouble trouble) {
        this.trouble = trouble;
    }

    @Override
    public void errorOccurred(Connection of, String error) {
        LOG.warn("NATS says: {}", error);
    }

    @Override
    public void exceptionOccurred(Connection of, Exception failure) {
        trouble.note(failure);
        LOG.debug("the NATS client: {}", failure.toString());
    }

    @Override
    public void slowConsumerDetected(Connection of, Consumer slow) {
        LOG.warn("the NATS client drops messages that this rack does not take in fast enough; they come again");
    }
}
