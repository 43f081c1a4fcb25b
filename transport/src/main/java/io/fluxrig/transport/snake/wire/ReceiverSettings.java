package io.fluxrig.transport.snake.wire;

/**
 * The numbers of a receiving end.
 *
 * @param subject of the receiving gear's port
 * @param consumer the stream's name for whoever receives there; shared by the racks of a group
 * @param shared whether other racks of a group may take from the consumer too
 * @param confirmed whether senders keep a message until this end has it; once the stream has it nobody else does otherwise
 * @param inFlightMax messages in hand, a power of two, at most 4096
 * @param messageLengthMax longest message that can be passed on
 */
record ReceiverSettings(
        String subject, String consumer, boolean shared, boolean confirmed, int inFlightMax, int messageLengthMax) {}
