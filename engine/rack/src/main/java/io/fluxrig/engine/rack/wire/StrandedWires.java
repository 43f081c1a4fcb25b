package io.fluxrig.engine.rack.wire;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.transport.journal.Journal;
import io.fluxrig.transport.journal.JournalWaiting;
import io.fluxrig.transport.journal.store.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for {@link StrandedWire}s in a rack's folder of journals, when it has opened those that it uses. Static and stateless. */
final class StrandedWires {
    private static final Logger LOG = LoggerFactory.getLogger(StrandedWires.class);

    /** As long as a start may take to look, with all of them. */
    private static final long LOOK_MS = 2_000;

    private static final long NS_PER_MS = 1_000_000;

    private StrandedWires() {}

    /**
     * Those with messages in them, or of which that is not known; a line in the log for each, a metric too. Reads what waits once, for
     * {@value #LOOK_MS} ms in all: a start that gears wait for is no time to count a long backlog. Touches the disk.
     *
     * @param used folders of journals that are open
     */
    static List<StrandedWire> find(JournalOpener opener, Set<Path> used) {
        List<StrandedWire> found = new ArrayList<>();
        long endNs = opener.clock().nanoTime() + LOOK_MS * NS_PER_MS;
        BooleanSupplier goOn = () -> opener.clock().nanoTime() - endNs < 0;
        for (Path folder : folders(opener.config())) {
            StrandedWire wire = used.contains(folder) ? null : look(opener, folder, goOn);
            if (wire != null) {
                found.add(wire);
                LOG.warn("{}", wire.line());
                opener.metrics()
                        .level(
                                "durable_stranded_messages",
                                "Messages in a journal that no wire of the scenario uses; negative if that is not known.",
                                wire::messages,
                                "wire",
                                wire.wire());
            }
        }
        return List.copyOf(found);
    }

    /** Null if nothing waits there. */
    private static StrandedWire look(JournalOpener opener, Path folder, BooleanSupplier goOn) {
        String wire = JournalOpener.wireOf(folder);
        try {
            JournalWaiting waiting = Journal.waiting(opener.settings(wire), opener.keys(), opener.clock(), goOn);
            if (waiting.whole()) {
                return waiting.messages() == 0 ? null : new StrandedWire(wire, folder, waiting.messages(), "");
            }
            return waiting.messages() == 0
                    ? new StrandedWire(
                            wire, folder, StrandedWire.UNKNOWN, "not counted: a start takes no time for more")
                    : new StrandedWire(
                            wire, folder, waiting.messages(), "at least: a start takes no time to count more");
        } catch (JournalException
                | RuntimeException
                | InternalError unreadable) { // of the store beneath, or of a bad sector
            LOG.debug("journal {} cannot be looked into", folder, unreadable);
            return new StrandedWire(wire, folder, StrandedWire.UNKNOWN, why(unreadable));
        }
    }

    private static String why(Throwable unreadable) {
        return unreadable instanceof JournalException ? unreadable.getMessage() : unreadable.toString();
    }

    /** Of journals of wires; what gears keep is theirs alone and ends by itself. */
    private static List<Path> folders(NodeConfig config) {
        Path all = config.dataPath(NodeKeys.STORE_DIR);
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(all)) {
            return folders.filter(Journal::isOne)
                    .filter(folder -> !JournalOpener.isLedger(folder))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            LOG.warn("whether messages wait that no wire leads to is not known: {}", unreadable.toString());
            return List.of();
        }
    }
}
