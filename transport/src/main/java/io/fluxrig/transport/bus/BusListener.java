package io.fluxrig.transport.bus;

/** Takes what comes for a subject; called on one thread of the connection, and must not block it. */
@FunctionalInterface
public interface BusListener {
    /**
     * @param subject it came on
     * @param replyTo where an answer goes, null if none is asked for
     * @param body owned by the listener
     */
    void take(String subject, String replyTo, byte[] body);
}
