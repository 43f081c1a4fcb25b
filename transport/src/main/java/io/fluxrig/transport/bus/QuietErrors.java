package io.fluxrig.transport.bus;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts into the log what the client complains of; what a lost connection causes is told elsewhere, once in a while. */
final class QuietErrors implements ErrorListener {
    private static final Logger LOG = LoggerFactory.getLogger(ControlBus.class);

    private final TlsTrouble trouble;

    QuietErrors(TlsTrouble trouble) {
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
        LOG.warn(
                "the NATS client drops control messages, since more come than are dealt with; their senders try again");
    }
}
