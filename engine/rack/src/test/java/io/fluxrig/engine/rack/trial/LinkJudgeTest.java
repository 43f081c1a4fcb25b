package io.fluxrig.engine.rack.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.metrics.RackMetrics;
import org.junit.jupiter.api.Test;

class LinkJudgeTest {
    private final RackMetrics metrics = new RackMetrics();
    private final TrialWatch watch = new TrialWatch(metrics);

    private void up(long more) {
        metrics.gear("visa", 0).level(MetricNames.CONNECTIONS, "help").add(more);
    }

    private void closed(long more, String reason) {
        metrics.gear("visa", 1)
                .counter("connections_closed_total", "help", "reason", reason)
                .add(more);
    }

    private void framesIn(long more) {
        metrics.gear("visa", 0).counter("io_frames_in_total", "help").add(more);
    }

    private String objection(Baseline baseline) {
        return new LinkJudge(baseline).objectionTo("visa", Figures.now(metrics).closings());
    }

    @Test
    void shouldSayHowOftenLinksWereClosedSinceAndBefore() {
        up(2);
        closed(1, "peer_reset");
        framesIn(5_000);
        Baseline baseline = watch.baseline();
        closed(7, "peer_closed");
        metrics.gear("visa", 0)
                .counter(MetricNames.CONNECTIONS_REFUSED, "help", "reason", "bad_frame")
                .add(2);
        framesIn(3);

        assertThat(objection(baseline))
                .isEqualTo(
                        "visa: links closed 9 times by its host since the change, 3 messages came over them; closed 1"
                                + " times in the minute before");
    }

    @Test
    void shouldSayNothingOfAHostThatIsStartedAgain() {
        up(4);
        Baseline baseline = watch.baseline();
        closed(8, "peer_closed"); // of the gear that was replaced, too

        assertThat(objection(baseline)).isEmpty();
    }

    @Test
    void shouldSayNothingOfAHostThatClosesAfterEachAnswer() {
        up(1);
        Baseline baseline = watch.baseline();
        closed(50, "peer_closed");
        framesIn(50);

        assertThat(objection(baseline)).isEmpty();
    }

    @Test
    void shouldSayNothingOfLinksThatDidNotHoldBefore() {
        up(1);
        watch.remember();
        closed(30, "peer_closed");
        Baseline baseline = watch.baseline();
        closed(60, "peer_closed");

        assertThat(objection(baseline)).isEmpty();
    }

    @Test
    void shouldSayNothingOfAClientThatHadNoLink() {
        watch.remember();
        Baseline baseline = watch.baseline();
        closed(60, "peer_closed");

        assertThat(objection(baseline)).isEmpty();
    }

    @Test
    void shouldSayNothingOfWhatThisSideCloses() {
        up(1);
        Baseline baseline = watch.baseline();
        closed(20, "replaced");
        closed(20, "idle_timeout");

        assertThat(objection(baseline)).isEmpty();
    }

    @Test
    void shouldKnowThatALinkWasUpThatIsClosedByNow() {
        up(1);
        watch.remember();
        up(-1);
        Baseline baseline = watch.baseline();
        closed(3, "peer_closed");

        assertThat(objection(baseline)).startsWith("visa: links closed 3 times");
    }

    @Test
    void shouldNotTakeWhatChangesThatWentBackDidForWhatWasBefore() {
        up(1);
        watch.remember();
        for (int i = 0; i < 3; i++) {
            Baseline baseline = watch.baseline();
            closed(30, "peer_closed");
            assertThat(objection(baseline))
                    .as("time %s", i)
                    .isEqualTo(
                            "visa: links closed 30 times by its host since the change, 0 messages came over them; closed"
                                    + " 0 times in the minute before");
            watch.wentBack(baseline);
            watch.remember();
        }
    }
}
