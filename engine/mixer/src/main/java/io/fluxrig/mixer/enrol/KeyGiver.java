package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.control.Hello;
import io.fluxrig.mixer.registry.RackEntry;
import java.util.List;

/** Gives racks that are admitted the keys that they seal with. Desk only. */
public interface KeyGiver {

    /** Has the keys made that a rack is to have, if there are none; what they are called, empty while they cannot be had. */
    String makeReady(RackEntry rack);

    /** What they are called, and empty where there are none yet: for many racks at a time. */
    String markIfMade(RackEntry rack);

    /** Many racks are asked about next: what is read for that is read for all of them at once. */
    default void readAhead(List<RackEntry> racks) {}

    /** The keys, sealed for the box that a hello names; empty while there are none to give, or the hello names no box. */
    byte[] give(RackEntry rack, Hello hello);

    /**
     * Whether a rack is to be told of its keys: it asked when there were none, or has others. Asked for each heartbeat.
     *
     * @param has what those are called that it has, empty for none; null if it does not say: then it is told once
     */
    boolean isDue(RackEntry rack, String has);
}
