package io.fluxrig.engine.gear;

/** Something that happened, or should happen, beside the messages. */
public sealed interface Signal {

    /** Close that connection, whoever owns it. */
    record ConnClose(long connId, String reason) implements Signal {}

    /** A connection of an I/O gear is up. */
    record ConnUp(int gearOrdinal, long connId) implements Signal {}

    /** A connection of an I/O gear is gone. */
    record ConnDown(int gearOrdinal, long connId, String reason) implements Signal {}
}
