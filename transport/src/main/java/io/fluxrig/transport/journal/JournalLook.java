package io.fluxrig.transport.journal;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.ends.StripEnds;
import io.fluxrig.transport.journal.store.BlockStore;
import io.fluxrig.transport.journal.store.ChronicleDefaults;
import io.fluxrig.transport.journal.store.DamageReport;
import io.fluxrig.transport.journal.store.FolderLock;
import io.fluxrig.transport.journal.store.FolderSeal;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.JournalFigures;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.KeySource;
import io.fluxrig.transport.journal.store.PositionFile;
import io.fluxrig.transport.journal.store.Recovery;
import io.fluxrig.transport.journal.store.Seal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into a journal that nobody uses, and moves nothing in it. Static; the folder is taken while it looks. */
final class JournalLook {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private JournalLook() {}

    /** Messages that are not acknowledged, with those set aside; reads them all once. */
    static long waiting(JournalSettings settings, KeySource keys, SecureRandom random, Clock clock)
            throws IOException, JournalException {
        ChronicleDefaults.requireFlags();
        Path folder = settings.folder();
        JournalFigures nobodys = new JournalFigures(new StripEnds[0], new LatencyRecorder());
        DamageReport damage = new DamageReport(settings, nobodys, LOG);
        FileChannel lockFile = FolderLock.take(folder);
        try {
            Seal seal = FolderSeal.look(folder, settings.identity(), keys, random);
            return kept(settings, seal, clock, damage) + aside(settings, seal, clock, damage);
        } finally {
            lockFile.close();
        }
    }

    private static long kept(JournalSettings settings, Seal seal, Clock clock, DamageReport damage)
            throws IOException, JournalException {
        Path folder = settings.folder();
        try (PositionFile position = PositionFile.open(folder.resolve("position"), seal);
                BlockStore store = BlockStore.open(folder.resolve("segments"), settings, seal, clock)) {
            Recovery.run(store, position, damage);
            return store.appended() - position.acknowledged();
        }
    }

    private static long aside(JournalSettings settings, Seal seal, Clock clock, DamageReport damage)
            throws IOException, JournalException {
        Path folder = settings.folder().resolve("set_aside");
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        long messages = 0;
        try (BlockStore store = BlockStore.open(folder, settings, seal, clock)) {
            for (int outcome = store.next(); outcome != BlockStore.END; outcome = store.next()) {
                boolean read = outcome == BlockStore.READ || damage.atStart(store) == BlockStore.READ;
                messages += read ? store.count() : 0;
            }
        }
        return messages;
    }
}
