package io.fluxrig.engine.agent;

import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gears.ConnectionName;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** The connections of a rack that are up, as its strips tell of them: the first few, for an operator who looks for one. Any thread. */
final class ConnectionsUp implements Signal.ConnTaker {
    /** As many as fit into an answer. */
    static final int SHOWN_MAX = 40;

    private final Set<String> told = new ConcurrentSkipListSet<>();
    private volatile boolean more;

    @Override
    public boolean take(String gear, long connId, String peer, boolean accepted) {
        if (told.size() >= SHOWN_MAX) {
            more = true;
            return false;
        }
        told.add(gear + " " + ConnectionName.of(connId) + (accepted ? " from " : " to ") + peer);
        return true;
    }

    /** {@code up are: hosts 1.1.1.0 to 10.0.0.9, terminals 0.0.12.3 from 10.0.0.7}. */
    String words() {
        return told.isEmpty() ? "none is up" : "up are: " + String.join(", ", told) + (more ? ", and more" : "");
    }
}
