package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that uses a journal, with SIGKILL and at random moments, again and again on the same folder; {@code
 * -Dfluxrig.journal.kills=100} for more. What the process said before it died is held against what was delivered in the end. The
 * seed ({@link JournalSeed}) says when it kills; how far the process has come by then is up to the machine.
 */
class JournalCrashTest {
    private static final int KILLS = Integer.getInteger("fluxrig.journal.kills", 12);
    private static final long RUN_IDS = 1_000_000_000L;

    @TempDir
    private Path folder;

    private final List<List<Long>> runs = new ArrayList<>();
    private final List<Long> keptUpTo = new ArrayList<>();

    @Test
    void shouldDeliverEverythingItKeptInOrderHoweverOftenItIsKilled() {
        JournalSeed.run(
                JournalCrashTest.class,
                "-Dfluxrig.journal.kills=" + KILLS,
                seed -> killAgainAndAgain(new Random(seed)));
    }

    private void killAgainAndAgain(Random random) throws Exception {
        for (int run = 0; run < KILLS; run++) {
            SyncMode sync = SyncMode.values()[run % SyncMode.values().length];
            // every other one once it has kept something, however slow the machine is
            runAndKill(sync, RUN_IDS * (run + 1), run % 2 == 0 ? "K " : "", random.nextInt(400));
        }
        drain();
        TreeSet<Long> delivered = new TreeSet<>();
        runs.forEach(delivered::addAll);
        for (long upTo : keptUpTo) {
            long first = upTo / RUN_IDS * RUN_IDS;
            assertThat(delivered.subSet(first, true, upTo, true))
                    .as("ids of one run up to the last that was kept")
                    .hasSize((int) (upTo - first + 1));
        }
        for (List<Long> run : runs) {
            assertThat(run).as("order within a run").isSorted().doesNotHaveDuplicates();
        }
        assertThat(keptUpTo).as("runs that kept anything").hasSizeGreaterThanOrEqualTo((KILLS + 1) / 2);
    }

    private Process start(SyncMode sync, long firstId) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CrashChild.class.getName(),
                folder.resolve("journal").toString(),
                sync.word(),
                Long.toString(firstId)));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    /** @param word which the first line begins with that the time counts from */
    private void runAndKill(SyncMode sync, long firstId, String word, int afterMs) throws Exception {
        Process child = start(sync, firstId);
        Thread killer = new Thread(() -> killLater(child, afterMs));
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = child.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(word) && killer.getState() == Thread.State.NEW) {
                    killer.start();
                }
                lines.add(line);
            }
        }
        assertThat(lines).as(() -> errors()).isNotEmpty();
        killer.join();
        note(lines);
    }

    private void drain() throws Exception {
        Process child = start(SyncMode.OS, -1);
        List<String> lines;
        try (BufferedReader out = child.inputReader(StandardCharsets.US_ASCII)) {
            lines = out.lines().toList();
        }
        assertThat(lines).as(() -> errors()).endsWith("END");
        note(lines);
    }

    private static void killLater(Process child, int afterMs) {
        try {
            if (!child.waitFor(afterMs, TimeUnit.MILLISECONDS)) {
                kill(child);
            }
        } catch (InterruptedException e) {
            kill(child);
        }
    }

    /** By its handle: the process object would close the pipe, with what stands in it. */
    private static void kill(Process child) {
        child.toHandle().destroyForcibly();
    }

    /** A last line that was cut short says nothing. */
    private void note(List<String> lines) {
        List<Long> delivered = new ArrayList<>();
        long kept = 0;
        for (String line : lines) {
            if (line.startsWith("D ") && whole(line)) {
                delivered.add(Long.parseLong(line.substring(2)));
            } else if (line.startsWith("K ") && whole(line)) {
                kept = Long.parseLong(line.substring(2));
            }
        }
        runs.add(delivered);
        if (kept > 0) {
            keptUpTo.add(kept);
        }
    }

    private static boolean whole(String line) {
        return line.length() >= 2 + Long.toString(RUN_IDS).length();
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors"));
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
