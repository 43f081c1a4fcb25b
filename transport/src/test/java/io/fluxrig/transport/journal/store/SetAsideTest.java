package io.fluxrig.transport.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.perf.latency.LatencyRecorder;
import io.fluxrig.transport.ends.StripEnds;
import io.fluxrig.transport.journal.JournalRig;
import io.fluxrig.transport.journal.SegmentImage;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What lies aside after a power cut; two runs had no space to take it back in between. */
class SetAsideTest {
    private static final int BODY_LENGTH = 9_000;

    @TempDir
    private Path folder;

    private final VirtualClock clock = new VirtualClock();
    private final StripEnds[] ends = {new StripEnds(1 << 20)};
    private final JournalCounts figures = new JournalCounts(ends, new LatencyRecorder());
    private Path aside;
    private JournalSettings settings;
    private Seal seal;

    @BeforeEach
    void begin() throws Exception {
        aside = folder.resolve("set_aside");
        settings = JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE);
        seal = new Seal(JournalRig.key(1), "rack/a.out-b.in".getBytes(StandardCharsets.US_ASCII), new SecureRandom());
    }

    private SetAside setAside() {
        return new SetAside(aside, settings, seal, clock, ends, figures);
    }

    /** Sets so many aside in a run of its own, each in a block of its own. */
    private SegmentImage run(int count) throws Exception {
        try (SetAside run = setAside()) {
            for (int i = 0; i < count; i++) {
                run.add(0, 0, ByteBuffer.allocateDirect(BODY_LENGTH), 0, BODY_LENGTH);
                run.write();
            }
        }
        return SegmentImage.newest(aside);
    }

    private int putBack() throws Exception {
        return putBack(LoggerFactory.getLogger(SetAside.class));
    }

    private int putBack(Logger log) throws Exception {
        try (BlockStore journal = BlockStore.open(folder.resolve("segments"), settings, seal, clock)) {
            assertThat(journal.begin()).isTrue();
            return setAside().putBack(journal, new DamageReport(settings, figures, log));
        }
    }

    /** All of the newer segment was deleted with the folder, though what is in it was acknowledged. */
    @Test
    void shouldTakeBackWhatLiesBehindACut() throws Exception {
        run(3).endsBefore(2);
        run(3);
        assertThat(putBack()).isEqualTo(4);
        assertThat(aside).doesNotExist();
        assertThat(figures.lost()).isZero();
    }

    @Test
    void shouldTakeBackWhatLiesBehindATornBlock() throws Exception {
        run(2).hasOnlyTheFirstPageOf(2);
        run(3);
        assertThat(putBack()).isEqualTo(4);
        assertThat(figures.lost()).isZero();
    }

    /** As where the disk gives an error: the start never came to an end. */
    @Test
    @Timeout(30)
    void shouldEndAtALastSegmentThatCannotBeRead() throws Exception {
        settings = settings.withOnDamage(DamagePolicy.SKIP);
        SegmentImage first = run(3);
        first.change(first.blocks().get(1) + first.length(1) / 2);
        SegmentImage last = run(3);
        Logger log = whenItIsToldAnything(last::beginningIsNoise);

        assertThat(putBack(log))
                .as("what lies in the first, behind the block that is broken")
                .isEqualTo(2);
        assertThat(aside).doesNotExist();
    }

    /** A place between the opening of what lies aside and the reading of its last segment. */
    private static Logger whenItIsToldAnything(Runnable happens) {
        return (Logger) Proxy.newProxyInstance(
                Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    happens.run();
                    return null;
                });
    }

    /** It was not acknowledged: the journal has it still. */
    @Test
    void shouldTakeBackWhatLiesBeforeATornBlock() throws Exception {
        run(2).hasOnlyTheFirstPageOf(2);
        assertThat(putBack()).isEqualTo(1);
    }
}
