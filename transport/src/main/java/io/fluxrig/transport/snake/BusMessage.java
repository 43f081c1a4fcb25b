package io.fluxrig.transport.snake;

/**
 * A message from NATS.
 *
 * @param replyTo where an answer goes, null for none
 * @param status of a status message, such as 503 for "nobody is there"; 0 of any other
 * @param statusText of a status message
 */
record BusMessage(String subject, String replyTo, int status, String statusText, byte[] body) {}
