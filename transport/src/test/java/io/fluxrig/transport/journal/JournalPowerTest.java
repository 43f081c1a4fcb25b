package io.fluxrig.transport.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.SyncMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cuts the power while a block is written and synced, again and again on the same folder; {@code -Dfluxrig.journal.cuts=250} for more. Of
 * what was written since the last fsync each page, or each sector, has arrived or not. Whatever was kept must be delivered, and each start
 * must take place.
 */
class JournalPowerTest {
    private static final int CUTS = Integer.getInteger("fluxrig.journal.cuts", 10);
    private static final int SECTOR = 1 << 9;
    private static final int PAGE = 1 << 12;

    @TempDir
    private Path temporary;

    private Path folder;
    private long sent;
    private final TreeSet<Long> kept = new TreeSet<>();
    private final TreeSet<Long> delivered = new TreeSet<>();
    /** As of the last fsync. */
    private Map<Path, byte[]> durable;

    @Test
    void shouldStartAndDeliverEverythingItKeptHoweverThePowerGoes() {
        JournalSeed.run(
                JournalPowerTest.class, "-Dfluxrig.journal.cuts=" + CUTS, seed -> cutAgainAndAgain(new Random(seed)));
    }

    private void cutAgainAndAgain(Random random) throws Exception {
        folder = Files.createDirectory(temporary.resolve("0"));
        try (JournalRig rig = open()) {
            send(rig, random);
        }
        for (int cut = 1; cut <= CUTS; cut++) {
            Map<Path, byte[]> image = runUntilThePowerGoes(random);
            folder = Files.createDirectory(temporary.resolve(Integer.toString(cut)));
            put(image);
        }
        try (JournalRig rig = open()) {
            deliver(rig);
        }
        kept.removeAll(delivered);
        assertThat(kept).as("kept and not delivered").isEmpty();
    }

    private JournalRig open() throws Exception {
        JournalRig opened =
                new JournalRig(JournalRig.settings(folder, SyncMode.GROUP, DamagePolicy.REFUSE), JournalRig.key(7), 1);
        durable = content(); // a segment that has begun is synced
        return opened;
    }

    private void deliver(JournalRig rig) throws Exception {
        rig.settle();
        assertThat(rig.journal.figures().lost()).isZero();
        assertThat(rig.delivered).isSorted().doesNotHaveDuplicates();
        delivered.addAll(rig.delivered);
    }

    /** One block, which is synced in the end. */
    private long write(JournalRig rig, Random random) throws Exception {
        long first = sent + 1;
        int count = 1 + random.nextInt(20);
        int length = 1 + random.nextInt(3_000);
        for (int i = 0; i < count; i++) {
            assertThat(rig.senders.get(0).send(JournalRig.message(++sent, length)))
                    .isZero();
        }
        rig.turn();
        return first;
    }

    private void send(JournalRig rig, Random random) throws Exception {
        for (long id = write(rig, random); id <= sent; id++) {
            kept.add(id);
        }
        durable = content();
    }

    private Map<Path, byte[]> runUntilThePowerGoes(Random random) throws Exception {
        try (JournalRig rig = open()) {
            for (int steps = random.nextInt(60); steps > 0; steps--) {
                switch (random.nextInt(8)) {
                    case 0 -> deliver(rig);
                    case 1 -> {
                        rig.clock.advance(JournalRig.SECOND_NS);
                        rig.turn();
                    }
                    default -> send(rig, random);
                }
            }
            byte[] position = content().get(Path.of("position"));
            if (random.nextInt(3) > 0) {
                write(rig, random);
            }
            return image(random, content(), position);
        }
    }

    private Map<Path, byte[]> content() throws IOException {
        Map<Path, byte[]> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(folder.relativize(file), Files.readAllBytes(file));
            }
        }
        return content;
    }

    /** @param position before what is written and not synced: it is told of that only then */
    private Map<Path, byte[]> image(Random random, Map<Path, byte[]> written, byte[] position) {
        int unit = random.nextInt(4) == 0 ? SECTOR : PAGE;
        int arrived = random.nextInt(101);
        boolean deleted = !written.keySet().containsAll(durable.keySet());
        written.replaceAll((file, now) -> {
            byte[] before = durable.getOrDefault(file, new byte[0]);
            if (file.endsWith("position")) {
                // it is synced before a segment is deleted
                return deleted || random.nextBoolean() ? position : before;
            }
            byte[] disk = Arrays.copyOf(before, now.length);
            for (int at = 0; at < now.length; at += unit) {
                if (random.nextInt(100) < arrived) {
                    System.arraycopy(now, at, disk, at, Math.min(unit, now.length - at));
                }
            }
            return disk;
        });
        return written;
    }

    private void put(Map<Path, byte[]> image) throws IOException {
        for (Map.Entry<Path, byte[]> file : image.entrySet()) {
            Path put = folder.resolve(file.getKey());
            Files.createDirectories(put.getParent());
            Files.write(put, file.getValue());
        }
    }
}
