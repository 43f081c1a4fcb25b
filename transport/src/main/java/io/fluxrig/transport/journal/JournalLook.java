package io.fluxrig.transport.journal;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.ends.StripEnds;
import io.fluxrig.transport.journal.store.BlockStore;
import io.fluxrig.transport.journal.store.ChronicleDefaults;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.DamageReport;
import io.fluxrig.transport.journal.store.FolderLock;
import io.fluxrig.transport.journal.store.FolderSeal;
import io.fluxrig.transport.journal.store.JournalCounts;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.JournalSettings;
import io.fluxrig.transport.journal.store.KeySource;
import io.fluxrig.transport.journal.store.PositionFile;
import io.fluxrig.transport.journal.store.Recovery;
import io.fluxrig.transport.journal.store.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into a journal that nobody uses, and moves nothing in it. Static; the folder is taken while it looks. */
final class JournalLook {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private JournalLook() {}

    /** As {@link Journal#waiting}. */
    static JournalWaiting waiting(
            JournalSettings settings, KeySource keys, SecureRandom random, Clock clock, BooleanSupplier goOn)
            throws IOException, JournalException {
        ChronicleDefaults.require();
        Path folder = settings.folder();
        JournalCounts nobodys = new JournalCounts(new StripEnds[0], new LatencyRecorder());
        DamageReport damage = new DamageReport(settings, nobodys, LOG);
        // where it is skipped, a segment that is none gets another name
        JournalSettings unmoved = settings.withOnDamage(DamagePolicy.REFUSE);
        FolderLock lock = FolderLock.take(folder);
        try {
            Seal seal = FolderSeal.look(folder, settings.identity(), keys, random);
            JournalWaiting kept = kept(unmoved, seal, clock, damage, goOn);
            return kept.whole()
                    ? new JournalWaiting(kept.messages() + aside(unmoved, seal, clock, damage), true)
                    : kept;
        } finally {
            lock.close();
        }
    }

    private static JournalWaiting kept(
            JournalSettings settings, Seal seal, Clock clock, DamageReport damage, BooleanSupplier goOn)
            throws IOException, JournalException {
        Path folder = settings.folder();
        try (PositionFile position = PositionFile.open(folder.resolve("position"), seal);
                BlockStore store = BlockStore.open(folder.resolve("segments"), settings, seal, clock)) {
            boolean whole = Recovery.look(store, position, damage, goOn);
            long end = whole ? store.appended() : store.readSequence();
            return new JournalWaiting(Math.max(0, end - position.acknowledged()), whole);
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
            while (damage.nextAside(store) != BlockStore.END) {
                messages += store.count();
            }
        }
        return messages;
    }
}
