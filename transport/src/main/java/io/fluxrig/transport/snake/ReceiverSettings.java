package io.fluxrig.transport.snake;

/**
 * The numbers of a receiving end.
 *
 * @param subject of the receiving gear's port
 * @param consumer the stream's name for whoever receives there; shared by the racks of a group
 * @param inFlightMax messages in hand, a power of two, at most 4096
 * @param messageLengthMax longest message that can be passed on
 */
record ReceiverSettings(String subject, String consumer, int inFlightMax, int messageLengthMax) {}
