package io.fluxrig.engine.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/** One simulated connection of a {@link SimIo}: owned by a strip, with a peer at its other end. */
final class SimLink {
    /** Who is at the other end. */
    interface Peer {
        /** The rack lets go of one message's bytes; they are on their way, and may be lost. */
        default void onSent(SimLink link, byte[] bytes) {}

        /** Bytes of one message have arrived, which the rack let go at {@code sentNs}. */
        void onBytes(SimLink link, byte[] bytes, long sentNs);

        /** The rack has closed the connection. */
        void onClosed(SimLink link);
    }

    final long id;
    final int strip;
    final String gear;
    final Peer peer;
    final Deque<byte[]> held = new ArrayDeque<>();
    /** What the rack has for the peer while that takes nothing. */
    final Deque<byte[]> waiting = new ArrayDeque<>();

    boolean up = true;
    /** The peer takes nothing: what is sent to it finds no room. */
    boolean full;

    SimLink(long id, int strip, String gear, Peer peer) {
        this.id = id;
        this.strip = strip;
        this.gear = gear;
        this.peer = peer;
    }

    @Override
    public String toString() {
        return gear + "#" + (id & 0xFFFF) + "@" + strip;
    }
}
