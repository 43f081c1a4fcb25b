package io.fluxrig.engine.gear;

/** How an I/O gear's copy on one strip tells the rack of its connections. Written by that strip only. */
public interface LinkReport {

    /** The number of connections that are up on this strip. */
    void up(int connections);

    /** Why a connection could not be had just now, or was closed: a few words, nothing of a message. Who asks is told the last. */
    default void trouble(String why) {}

    /** Connections up on another strip, for choosing where to send what the own strip cannot. */
    int upOn(int strip);
}
