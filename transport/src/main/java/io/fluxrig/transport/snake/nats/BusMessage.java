package io.fluxrig.transport.snake.nats;

/**
 * A message from NATS.
 *
 * @param replyTo where an answer goes, null for none
 * @param status of a status message, such as 503 for "nobody is there"; 0 of any other
 * @param statusText of a status message
 */
public record BusMessage(String subject, String replyTo, int status, String statusText, byte[] body) {
    /** What no question has for its number. */
    static final long NO_NUMBER = -1;

    private static final int DIGITS_MAX = 18;

    /** The number behind an inbox and a dot, in the subject of an answer; {@link #NO_NUMBER} where whoever sent it wrote none. */
    public static long numberBehind(String inbox, BusMessage answer) {
        String number = answer.subject().substring(inbox.length() + 1);
        boolean sound = !number.isEmpty()
                && number.length() <= DIGITS_MAX
                && number.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return sound ? Long.parseLong(number) : NO_NUMBER;
    }
}
