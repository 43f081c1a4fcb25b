package io.fluxrig.iso.spec;

/**
 * One message type of the catalog.
 *
 * @param mti the message type as a number: {@code "0110"} is 110
 * @param name for people
 * @param flow which way it goes
 * @param pairsWith the message type that answers or is answered, -1 if none
 * @param responseTimeoutMs how long an answer may take, in milliseconds; 0 if not said
 * @param note for people
 */
public record MessageType(int mti, String name, Flow flow, int pairsWith, long responseTimeoutMs, String note) {
    /** Which way a message goes. */
    public enum Flow {
        REQUEST,
        RESPONSE,
        ADVICE,
        NOTIFICATION
    }
}
