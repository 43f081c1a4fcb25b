package io.fluxrig.engine.rack.wire;

import io.fluxrig.engine.rack.wire.StoppedWire.Role;
import io.fluxrig.transport.ends.Shortage;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The wires and ticket logs of a rack that can come to take nothing. Any thread. */
final class WatchedWires {
    private final List<Watched> all = new CopyOnWriteArrayList<>();

    private record Watched(String name, Role role, Path folder, Supplier<Shortage> shortage) {}

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
                .map(watched -> new StoppedWire(
                        watched.name(),
                        watched.role(),
                        watched.folder(),
                        watched.shortage().get()))
                .filter(wire -> wire.shortage() != null)
                .toList();
    }
}
