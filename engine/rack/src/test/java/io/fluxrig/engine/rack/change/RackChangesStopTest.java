package io.fluxrig.engine.rack.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.rack.change.ChangeReport.Outcome;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A rack that drains or stops while a change is being made. */
class RackChangesStopTest extends ChangesRig {
    @Test
    void shouldUndoAChangeThatWaitsForLinksBeforeItDrains() throws Exception {
        start(FIRST);
        Future<ChangeReport> change = begin(CONNECT, NO_LINK);
        Awaitility.await().until(() -> gears.events.contains("start host"));
        gears.events.clear();

        assertThat(await(supervisor.drain())).isZero();

        assertThat(change.isComplete()).isTrue();
        assertThat(await(change).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(gears.events).containsExactly("stop host", "drain door", "drain host", "drain inner");
    }

    /** It went on to switch, while whoever had killed it was told that its gears had stopped. */
    @Test
    void shouldStopTheOtherStripsWhereAChangeWaitsForOneThatHangs() throws Exception {
        start(FIRST);
        Future<ChangeReport> change = begin(INNER, "{ name: inner, type: recorded, config: { hang: true } }");

        Future<Void> stop = supervisor.stop();

        Awaitility.await("strip 0 has stopped")
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> gears.events.contains("stop door"));
        assertThat(change.isComplete()).isFalse();
        gears.hung.countDown();
        await(stop);
        await(change);
    }

    @Test
    void shouldEndTheTrialBeforeItDrainsAndGoBackToNothing() throws Exception {
        start(FIRST);
        Future<ChangeReport> change = begin("type: recorded }", "type: recorded, config: { fail_ticks: true } }");
        Awaitility.await().until(() -> gears.events.contains("take over inner"));

        assertThat(await(supervisor.drain())).isZero();

        ChangeReport report = await(change);
        assertThat(report.outcome()).isEqualTo(Outcome.UNPROVEN);
        assertThat(report.ok()).isFalse();
        assertThat(report.text())
                .isEqualTo("first 0.0.0 was on trial when the rack is asked to stop, and nothing shows that it works");
        clock.advance(TICK_NS);
        await(supervisor.stop());
        assertThat(gears.events).containsOnlyOnce("start inner", "take over inner");
        assertThat(gears.running.get("inner")).hasValue(0);
    }

    @Test
    void shouldBeginNoChangeOnceItStops() throws Exception {
        start(FIRST);
        await(supervisor.stop());

        ChangeReport report = await(begin(INNER, OTHER));

        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(gears.events).doesNotContain("start inner");
    }
}
