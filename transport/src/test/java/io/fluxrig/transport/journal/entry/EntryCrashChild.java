package io.fluxrig.transport.journal.entry;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.entry.EntrySender;
import io.fluxrig.transport.entry.OpenEntry;
import io.fluxrig.transport.journal.JournalRig;
import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.SyncMode;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * A process with a log of entries that is meant to be killed. Says on standard output what it found open ({@code F id}), then opens
 * entries whose ids count up from the one given and ends each a little later, but one in {@link #STAYS_EACH}; {@code K id}: everything that was
 * sent up to the opening of that id is kept.
 */
final class EntryCrashChild {
    static final int STAYS_EACH = 100;
    /** An entry is ended when that many more were opened. */
    static final int LIVES = 10;

    private static final int AT_ONCE = 16;

    private EntryCrashChild() {}

    public static void main(String[] args) throws Exception {
        PrintStream out =
                new PrintStream(new BufferedOutputStream(System.out, 1 << 13), false, StandardCharsets.US_ASCII);
        byte[] key = JournalRig.key(7);
        EntryLog log = EntryLog.open(
                JournalRig.settings(Path.of(args[0]), SyncMode.of(args[1]), DamagePolicy.REFUSE),
                key::clone,
                new SecureRandom(),
                Clock.system(),
                1,
                new LatencyRecorder());
        List<OpenEntry> found = log.takeOpen();
        found.forEach(
                entry -> out.println("F " + entry.id() + " " + entry.records().size()));
        out.println("READY");
        out.flush();
        log.start(strip -> {});
        long first = Long.parseLong(args[2]);
        if (first >= 0) {
            run(log.sender(0), first, out);
        }
        log.close();
    }

    private static void run(EntrySender sender, long firstId, PrintStream out) {
        byte[] bytes = new byte[300];
        long recordsAtTold = 0;
        long told = firstId - 1;
        for (long id = firstId; ; id++) {
            while (sender.open(id, bytes, 0, 100 + (int) (id % 200)) != EntrySender.SENT) {
                sender.endBatch();
            }
            long ended = id - LIVES;
            while (ended >= firstId && ended % STAYS_EACH != 0 && sender.end(ended) != EntrySender.SENT) {
                sender.endBatch();
            }
            if (id % AT_ONCE == 0) {
                sender.endBatch();
                if (told < firstId) {
                    recordsAtTold = sender.sent();
                    told = id;
                }
                if (sender.kept() >= recordsAtTold) {
                    out.println("K " + told);
                    out.flush();
                    recordsAtTold = sender.sent();
                    told = id;
                }
            }
        }
    }
}
