package io.fluxrig.engine.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** All simulated connections of one run, by id, and the copies of {@link SimIo} that own them. */
final class SimNet {
    /** Bytes on their way from the rack to a peer. */
    interface Wire {
        void carry(SimLink link, byte[] bytes);
    }

    private final Map<Long, SimLink> links = new LinkedHashMap<>();
    private final Map<String, SimIo[]> gears = new LinkedHashMap<>();
    private final int strips;
    private final Wire wire;
    private final LongConsumer onNotTaken;
    private final Consumer<byte[]> onTaken;
    private final Consumer<SimLink> onLost;
    private long sequence;

    /**
     * @param onNotTaken told of a link whose frame the gears refused
     * @param onTaken told of the bytes that the gears accepted
     * @param onLost told of a link that an answer could not be written to
     */
    SimNet(int strips, Wire wire, LongConsumer onNotTaken, Consumer<byte[]> onTaken, Consumer<SimLink> onLost) {
        this.onTaken = onTaken;
        this.onLost = onLost;
        this.strips = strips;
        this.wire = wire;
        this.onNotTaken = onNotTaken;
    }

    void register(String gear, int strip, SimIo io) {
        gears.computeIfAbsent(gear, name -> new SimIo[strips])[strip] = io;
    }

    SimIo io(String gear, int strip) {
        return gears.get(gear)[strip];
    }

    SimLink open(String gear, int ordinal, int strip, SimLink.Peer peer) {
        long id = (long) strip << 56 | (long) ordinal << 48 | ++sequence;
        SimLink link = new SimLink(id, strip, gear, peer);
        links.put(id, link);
        return link;
    }

    SimLink find(long id) {
        return links.get(id);
    }

    void forget(SimLink link) {
        links.remove(link.id);
    }

    /** Links of a gear on a strip that are up, in the order they were opened. */
    List<SimLink> up(String gear, int strip) {
        List<SimLink> up = new ArrayList<>();
        for (SimLink link : links.values()) {
            if (link.up && link.strip == strip && link.gear.equals(gear)) {
                up.add(link);
            }
        }
        return up;
    }

    void carry(SimLink link, byte[] bytes) {
        wire.carry(link, bytes);
    }

    /** An answer was lost at a link that takes nothing. */
    void lost(SimLink link) {
        onLost.accept(link);
    }

    void taken(byte[] bytes) {
        onTaken.accept(bytes);
    }

    void notTaken(SimLink link) {
        onNotTaken.accept(link.id);
    }
}
