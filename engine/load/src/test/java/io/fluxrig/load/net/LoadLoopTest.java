package io.fluxrig.load.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.load.FakeSwitch;
import io.fluxrig.load.LoadPlan;
import io.fluxrig.load.Plans;
import io.fluxrig.load.mix.Deck;
import io.fluxrig.load.mix.Stamp;
import io.fluxrig.load.mix.StencilCutter;
import io.fluxrig.load.tally.OpenTable;
import io.fluxrig.load.tally.Tally;
import io.fluxrig.perf.clock.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadLoopTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Stamp stamp = new Stamp(1);

    private LoadLoop.Parts parts(LoadPlan plan) throws Exception {
        StencilCutter cutter = new StencilCutter(plan.wire().spec(), body -> body);
        return new LoadLoop.Parts(
                Clock.system(),
                Deck.of(plan.mix(), cutter),
                null,
                null,
                stamp,
                new Tally(plan.timeoutCodes()),
                new OpenTable(0, 1, 1));
    }

    @Test
    void shouldHaveClosedAndWipedAllWhenCloseIsDone() throws Exception {
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, (peer, request) -> {})) {
            LoadPlan plan = Plans.plan(target.address(), 1);
            LoadLoop.Parts parts = parts(plan);
            try (LoadSockets sockets = new LoadSockets(plan)) {
                LoadLoop loop = new LoadLoop(sockets.nextLoop(), plan, sockets, parts, 0);
                assertThat(loop.connect(List.of(1, 2))).succeedsWithin(PATIENCE);
                assertThat(loop.live()).isEqualTo(2);

                assertThat(loop.close()).succeedsWithin(PATIENCE);

                assertThat(loop.live()).isZero();
                assertThat(loop.tally().disconnects.get()).isZero();
                assertThat(parts.deck().stencil(0).next(stamp)).startsWith(0, 0, 0, 0);
                assertThat(loop.close()).as("closing again").succeedsWithin(PATIENCE);
            }
        }
    }
}
