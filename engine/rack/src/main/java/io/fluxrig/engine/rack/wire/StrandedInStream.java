package io.fluxrig.engine.rack.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link StrandedWire}s that lie in NATS, as they were at the last look; a line in the log for each that is new. One thread tells, any may ask. */
final class StrandedInStream {
    private static final Logger LOG = LoggerFactory.getLogger(StrandedInStream.class);

    private final Set<String> told = new HashSet<>();
    private volatile List<StrandedWire> wires = List.of();

    /** @param bySubject how many messages wait */
    void found(Map<String, Long> bySubject) {
        List<StrandedWire> now = new ArrayList<>();
        bySubject.forEach((subject, messages) -> now.add(StrandedWire.inStream(subject, messages)));
        now.stream().filter(wire -> told.add(wire.wire())).forEach(wire -> LOG.warn("{}", wire.line()));
        for (StrandedWire before : wires) {
            if (!bySubject.containsKey(before.wire()) && told.remove(before.wire())) {
                LOG.info("no message waits for {} any more", before.wire());
            }
        }
        wires = List.copyOf(now);
    }

    List<StrandedWire> wires() {
        return wires;
    }

    long messages() {
        return wires.stream().mapToLong(StrandedWire::messages).sum();
    }
}
