package io.fluxrig.engine.strip;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gears.LogBudgets;
import io.fluxrig.engine.gears.LogLines;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OtherVersionsTest {
    private static final Spec ASCII = SpecLoader.load(Path.of("..", "..", "config", "specs", "v87-ascii.yaml"))
            .spec();

    private final LogLines lines = new LogLines("wire");
    private final VirtualClock clock = new VirtualClock();
    private final StripTimers timers = new StripTimers(clock.nanoTime(), 5_000_000, 16);
    private final OtherVersions others = new OtherVersions(
            new WireTerms("guaranteed", "->west.b.in", false, 0),
            new RackMetrics().gear("b", 0),
            clock,
            new LogBudgets(clock, timers.ofStrip()));

    @AfterEach
    void close() {
        lines.close();
    }

    private void meet(String hash) {
        IsoPayload payload = new IsoPayload();
        payload.spec(ASCII);
        FluxMsg message = new FluxMsg();
        message.meta().set(MetaKey.CODEC_SPEC_HASH, hash);
        message.payload(payload);
        others.met(message);
    }

    /** The second was never named where it came soon; else there was a line in 10 s for good. */
    @Test
    void shouldNameEachOfTwoVersionsOnce() {
        for (int second = 0; second < 60; second++) {
            meet("aaaaaaaaaaaa");
            meet("bbbbbbbbbbbb");
            clock.advance(TimeUnit.SECONDS.toNanos(1));
        }

        assertThat(lines.said()).hasSize(2);
        assertThat(lines.said().get(0)).contains("aaaaaaaaaaaa", ASCII.shortHash());
        assertThat(lines.said().get(1)).contains("bbbbbbbbbbbb", "; 10 lines like this were suppressed before it");
    }

    @Test
    void shouldTellOfAVersionThatCameBySoManyOthers() {
        for (int version = 0; version < 20; version++) {
            meet("version" + version);
            clock.advance(TimeUnit.SECONDS.toNanos(10));
        }
        meet("version19");

        assertThat(lines.said()).hasSize(20);
    }
}
