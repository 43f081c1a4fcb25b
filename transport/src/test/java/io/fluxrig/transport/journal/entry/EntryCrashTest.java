package io.fluxrig.transport.journal.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.journal.JournalSeed;
import io.fluxrig.transport.journal.store.SyncMode;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that keeps entries, with SIGKILL and at random moments, again and again on the same folder; {@code
 * -Dfluxrig.journal.kills=100} for more. What it said before it died is held against what every start after that finds. The
 * seed ({@link JournalSeed}) says when it kills; how far the process has come by then is up to the machine.
 */
class EntryCrashTest {
    private static final int KILLS = Integer.getInteger("fluxrig.journal.kills", 6);
    private static final long RUN_IDS = 1_000_000_000L;
    private static final String READY = "READY";
    private static final String KEPT = "K ";

    @TempDir
    private Path folder;

    /** Of each run the id up to which everything was kept. */
    private final List<Long> keptUpTo = new ArrayList<>();

    private TreeSet<Long> found = new TreeSet<>();

    @Test
    void shouldFindWhatItKeptAndDidNotEndHoweverOftenItIsKilled() {
        JournalSeed.run(
                EntryCrashTest.class, "-Dfluxrig.journal.kills=" + KILLS, seed -> killAgainAndAgain(new Random(seed)));
    }

    private void killAgainAndAgain(Random random) throws Exception {
        for (int run = 0; run < KILLS; run++) {
            SyncMode sync = SyncMode.values()[run % SyncMode.values().length];
            // every other one once it has kept something, however slow the machine is
            run(sync, RUN_IDS * (run + 1), run % 2 == 0 ? KEPT : READY, 50 + random.nextInt(400));
            assertFoundIsRight(run);
        }
        run(SyncMode.OS, -1, READY, 10_000);
        assertFoundIsRight(KILLS);
        assertThat(keptUpTo.stream().filter(upTo -> upTo > 0)).hasSizeGreaterThanOrEqualTo((KILLS + 1) / 2);
    }

    private void assertFoundIsRight(int runs) {
        for (int run = 0; run < runs; run++) {
            long first = RUN_IDS * (run + 1);
            long upTo = keptUpTo.get(run);
            List<Long> staying = LongStream.rangeClosed(first, upTo)
                    .filter(id -> id % EntryCrashChild.STAYS_EACH == 0)
                    .boxed()
                    .toList();
            assertThat(found).as("kept and not ended").containsAll(staying);
            assertThat(found.subSet(first, true, Math.max(first, upTo - EntryCrashChild.LIVES), false))
                    .as("ended and found all the same")
                    .allMatch(id -> id % EntryCrashChild.STAYS_EACH == 0);
        }
    }

    /** Runs the child until it is killed, so long after it first said that word, or ends by itself; notes what it found and kept. */
    private void run(SyncMode sync, long firstId, String word, int afterMs) throws Exception {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EntryCrashChild.class.getName(),
                        folder.resolve("log").toString(),
                        sync.word(),
                        Long.toString(firstId))
                .redirectError(folder.resolve("errors").toFile())
                .start();
        TreeSet<Long> foundNow = new TreeSet<>();
        long kept = 0;
        boolean ready = false;
        Thread killer = new Thread(() -> killLater(child, afterMs));
        try (BufferedReader out = child.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                ready |= line.equals(READY);
                if (line.startsWith(word) && killer.getState() == Thread.State.NEW) {
                    killer.start();
                }
                if (line.startsWith("F ")) {
                    foundNow.add(Long.parseLong(line.substring(2, line.lastIndexOf(' '))));
                } else if (line.startsWith(KEPT)
                        && line.length() >= 2 + Long.toString(RUN_IDS).length()) {
                    kept = Math.max(kept, Long.parseLong(line.substring(2)));
                }
            }
        }
        assertThat(ready).as("%s", Files.readString(folder.resolve("errors"))).isTrue();
        killer.join();
        found = foundNow;
        keptUpTo.add(kept);
    }

    private static void killLater(Process child, int afterMs) {
        try {
            if (!child.waitFor(afterMs, TimeUnit.MILLISECONDS)) {
                child.toHandle().destroyForcibly();
            }
        } catch (InterruptedException e) {
            child.toHandle().destroyForcibly();
        }
    }
}
