package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.gear.Signal;
import java.util.Arrays;

/** The connections that one gear owns on one strip, found by id without hashing. Strip thread only. */
final class ConnectionTable {
    private final int strip;
    private final int gearOrdinal;
    private final int firstGeneration;
    private Connection[] slots = new Connection[16];
    private int[] generations = new int[16];
    private int[] free = new int[16];
    private int freeCount;
    private int used;
    private int size;

    /** @param predecessor the table whose ids must not come again; null if there is none */
    ConnectionTable(int strip, int gearOrdinal, ConnectionTable predecessor) {
        this.strip = strip;
        this.gearOrdinal = gearOrdinal;
        this.firstGeneration = predecessor == null ? 0 : predecessor.firstGeneration + ConnIds.SUCCESSOR_STEP;
    }

    /** Takes a slot and returns the new connection's id; -1 if all 2^20 are taken. */
    long add(Connection connection) {
        if (freeCount == 0 && used == ConnIds.SLOTS_MAX) {
            return -1;
        }
        int slot = freeCount > 0 ? free[--freeCount] : nextSlot();
        slots[slot] = connection;
        size++;
        return ConnIds.of(strip, gearOrdinal, firstGeneration + ++generations[slot], slot);
    }

    /** The connection of that id, null if it is gone or never was one of this gear on this strip. */
    Connection find(long connId) {
        int slot = ConnIds.slot(connId);
        Connection found = slot < used ? slots[slot] : null;
        return found != null && found.id() == connId ? found : null;
    }

    void remove(Connection connection) {
        int slot = ConnIds.slot(connection.id());
        if (slot < used && slots[slot] == connection) {
            slots[slot] = null;
            free[freeCount++] = slot;
            size--;
        }
    }

    int size() {
        return size;
    }

    /** One above the highest slot ever taken: the end of a walk with {@link #at}. */
    int limit() {
        return used;
    }

    /** The connection in that slot, null if it is free. */
    Connection at(int slot) {
        return slots[slot];
    }

    /** Tells of each, for as long as it is taken. */
    void tell(String gear, Signal.ConnTaker taker) {
        boolean more = true;
        for (int slot = 0; slot < used && more; slot++) {
            Connection one = slots[slot];
            more = one == null || taker.take(gear, one.id(), one.peerIp(), one.link == Connection.ACCEPTED);
        }
    }

    private int nextSlot() {
        if (used == slots.length) {
            slots = Arrays.copyOf(slots, used * 2);
            generations = Arrays.copyOf(generations, used * 2);
            free = Arrays.copyOf(free, used * 2);
        }
        return used++;
    }
}
