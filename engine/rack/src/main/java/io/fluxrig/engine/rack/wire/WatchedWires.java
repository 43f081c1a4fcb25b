package io.fluxrig.engine.rack.wire;

import io.fluxrig.engine.rack.wire.StoppedWire.Role;
import io.fluxrig.transport.ends.Shortage;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wires and ticket logs of a rack that can come to take nothing. Any thread, but for {@link #look}. */
final class WatchedWires {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedWires.class);

    private final List<Watched> all = new CopyOnWriteArrayList<>();
    /** Those of which {@link #look} has said that their disk does not answer. */
    private final Set<Watched> hanging = new HashSet<>();

    private record Watched(String name, Role role, Path folder, Supplier<Shortage> shortage) {
        StoppedWire with(Shortage now) {
            return new StoppedWire(name, role, folder, now);
        }
    }

    /**
     * @param folder its files, null for a wire without any
     * @param shortage what it lacks at present, null for nothing; asked by any thread
     */
    void add(String name, Role role, Path folder, Supplier<Shortage> shortage) {
        all.add(new Watched(name, role, folder, shortage));
    }

    /** Folders of those that have one. */
    Set<Path> folders() {
        return all.stream().map(Watched::folder).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /** Those that take nothing now, in the order in which they were opened. */
    List<StoppedWire> stopped() {
        return all.stream()
                .map(watched -> watched.with(watched.shortage().get()))
                .filter(wire -> wire.shortage() != null)
                .toList();
    }

    /** Says of those whose disk does not answer what their own threads cannot, once, and that it does again. Always the same thread. */
    void look() {
        for (Watched one : all) {
            Shortage now = one.shortage().get();
            boolean hangs = now != null && now.cause() == Shortage.Cause.NO_ANSWER;
            if (hangs && hanging.add(one)) {
                LOG.error("{}", one.with(now).line());
            } else if (!hangs && hanging.remove(one)) {
                LOG.info("{}: its disk answers again", one.name());
            }
        }
    }
}
