package io.fluxrig.engine.rack.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.engine.rack.trial.ChangedPaths.Destination;
import org.junit.jupiter.api.Test;

/** A trial of 10 s, of which 2 s are left out, and answers that may take 2 s; 100 requests a second unless a test says otherwise. */
class DeliveryJudgeTest {
    private static final long MS = 1_000_000;
    private static final long START_NS = 77_000 * MS;
    private static final long SETTLE_NS = 2_000 * MS;
    private static final long PATIENCE_NS = 2_000 * MS;
    private static final long STEP_MS = 250;
    private static final String NAME = "switch.out_visa";

    private final RackMetrics metrics = new RackMetrics();
    private final TrialWatch watch = new TrialWatch(metrics);
    private DeliveryJudge judge;
    private long nowNs = START_NS;

    private void count(String name, long more, String... reason) {
        String[] labels = reason.length == 0
                ? new String[] {"destination", "out_visa"}
                : new String[] {"destination", "out_visa", "reason", reason[0]};
        metrics.gear("switch", 0).counter(name, "help", labels).add(more);
    }

    private void sent(long more) {
        count(MetricNames.DESTINATION_REQUESTS, more);
        inFlight(more);
    }

    private void answered(long more) {
        count(MetricNames.DESTINATION_ANSWERS, more);
        inFlight(-more);
    }

    private void timedOut(long more) {
        count(MetricNames.DESTINATION_TIMEOUTS, more);
        inFlight(-more);
    }

    private void skipped(long more, String reason) {
        count(MetricNames.DESTINATION_SKIPPED, more, reason);
    }

    private void inFlight(long more) {
        metrics.gear("switch", 1)
                .level(MetricNames.DESTINATION_IN_FLIGHT, "help", "destination", "out_visa")
                .add(more);
    }

    private void links(long up) {
        metrics.gear("switch", 0)
                .level(MetricNames.DESTINATION_LINKS, "help", "destination", "out_visa")
                .set(up);
    }

    private void change() {
        change(false);
    }

    private void change(boolean conductorOnly) {
        links(1);
        judge = new DeliveryJudge(
                new Destination(NAME, conductorOnly), watch.baseline(), START_NS, SETTLE_NS, PATIENCE_NS);
    }

    /** What it says at that moment of the trial, while that happens every 250 ms. */
    private String at(long ms, Runnable each) {
        while (nowNs - START_NS < ms * MS) {
            each.run();
            nowNs += STEP_MS * MS;
            judge.look(nowNs, Figures.now(metrics).deliveries().to(NAME));
        }
        return judge.objection(nowNs, Figures.now(metrics).deliveries().to(NAME));
    }

    @Test
    void shouldSayHowManyOfWhatWasSentLongAgoWereAnsweredAndHowItWasBefore() {
        sent(6_000);
        answered(5_990);
        timedOut(10);
        change();

        assertThat(at(2_000, () -> sent(25)))
                .as("all of it may be answered yet")
                .isEmpty();
        assertThat(at(4_000, () -> sent(25)))
                .isEqualTo(NAME
                        + ": 0 of 200 requests answered since the change (200 sent without an answer in time), 99 % of 6000"
                        + " before");
    }

    @Test
    void shouldNotTakeForUnansweredWhatMayStillBe() {
        sent(6_000);
        answered(6_000);
        change();

        assertThat(at(2_000, () -> sent(25))).isEmpty();
        assertThat(at(10_000, () -> {
                    sent(25);
                    answered(25);
                }))
                .as("answers that take 2 s each")
                .isEmpty();
    }

    @Test
    void shouldSeeTimeoutsOfDeadlinesThatAreShorter() {
        sent(6_000);
        answered(6_000);
        change();
        sent(10);
        timedOut(10);

        assertThat(judge.objection(nowNs, Figures.now(metrics).deliveries().to(NAME)))
                .contains("0 of 10 requests");
    }

    @Test
    void shouldNotBlameTheChangeForWhatWasInFlightThen() {
        sent(6_000);
        answered(5_000);
        change();
        timedOut(1_000);
        assertThat(at(10_000, () -> {})).isEmpty();
    }

    @Test
    void shouldCountWhatWasNotSentOnceLinksHadTheirTime() {
        sent(6_000);
        answered(6_000);
        change();

        assertThat(at(2_000, () -> skipped(25, MetricNames.SKIPPED_NO_LINK))).isEmpty();
        assertThat(at(2_500, () -> skipped(3, MetricNames.SKIPPED_NO_LINK))).isEmpty();
        assertThat(at(2_750, () -> {
                    skipped(3, MetricNames.SKIPPED_NO_LINK);
                    skipped(4, MetricNames.SKIPPED_BREAKER);
                }))
                .isEqualTo(
                        NAME + ": 0 of 13 requests answered since the change (9 not sent: no link, 4 not sent: breaker"
                                + " open), 100 % of 6000 before");
    }

    @Test
    void shouldSayNothingOfHalfAndLess() {
        sent(6_000);
        answered(6_000);
        change();

        assertThat(at(10_000, () -> {
                    sent(20);
                    answered(10);
                    skipped(0, MetricNames.SKIPPED_BREAKER);
                }))
                .isEmpty();
    }

    @Test
    void shouldSayNothingOfFew() {
        sent(6_000);
        answered(6_000);
        change();
        sent(Share.MESSAGES_MIN - 1);

        assertThat(at(10_000, () -> {})).isEmpty();
    }

    @Test
    void shouldSayNothingOfAHostThatDidNotAnswerBefore() {
        sent(1_000_000);
        answered(1_000_000);
        watch.remember();
        sent(600);
        timedOut(400);
        answered(100);
        change();

        assertThat(at(10_000, () -> sent(25))).isEmpty();
    }

    @Test
    void shouldSayNothingOfAHostThatHadNoLinkBefore() {
        sent(1_000);
        answered(1_000);
        watch.remember();
        skipped(500, MetricNames.SKIPPED_NO_LINK);
        change();

        assertThat(at(10_000, () -> skipped(25, MetricNames.SKIPPED_NO_LINK))).isEmpty();
    }

    @Test
    void shouldSayNothingOfAHostThatLeftRequestsWaitingBefore() {
        sent(1_000_000);
        answered(1_000_000);
        watch.remember();
        sent(1_000);
        watch.remember();
        sent(1_000);
        change();

        assertThat(at(10_000, () -> sent(25)))
                .as("1000 had waited for longer than since the last look, and nothing was answered")
                .isEmpty();
    }

    @Test
    void shouldSayThatNothingIsAnsweredWhereNothingWasSentBefore() {
        change();

        assertThat(at(4_000, () -> sent(25)))
                .isEqualTo(
                        NAME + ": 0 of 200 requests answered since the change (200 sent without an answer in time), and"
                                + " next to nothing was sent there before");
    }

    @Test
    void shouldSayNothingOfANewDestinationThatAnswersAnything() {
        change();
        sent(1);
        answered(1);

        assertThat(at(10_000, () -> sent(25))).isEmpty();
    }

    @Test
    void shouldSayNothingOfANewDestinationWhoseHostIsNotThereYet() {
        change();

        assertThat(at(10_000, () -> skipped(25, MetricNames.SKIPPED_NO_LINK))).isEmpty();
    }

    @Test
    void shouldNotBlameAConductorForAHostThatIsAway() {
        sent(6_000);
        answered(6_000);
        change(true);
        assertThat(at(4_000, () -> sent(25))).as("a host that is up and silent").contains("0 of 200");
        links(0);
        assertThat(at(6_000, () -> skipped(25, MetricNames.SKIPPED_NO_LINK))).isEmpty();
        links(1);
        assertThat(at(6_250, () -> answered(300))).isEmpty();
    }

    @Test
    void shouldTellWhatCameLate() {
        sent(6_000);
        answered(6_000);
        change();
        sent(20);
        timedOut(20);
        count(MetricNames.DESTINATION_LATE, 15);

        assertThat(at(2_000, () -> {})).contains("(20 sent without an answer in time, 15 answered late)");
    }

    @Test
    void shouldNotTakeWhatChangesThatWentBackDidForWhatWasBefore() {
        watch.remember();
        sent(100);
        answered(100);
        for (int i = 0; i < 3; i++) {
            Baseline baseline = watch.baseline();
            sent(200);
            timedOut(150);
            watch.wentBack(baseline);
            timedOut(50);
            watch.remember();
        }
        change();

        assertThat(at(4_000, () -> sent(25))).startsWith(NAME + ": 0 of 200").endsWith(", 100 % of 100 before");
    }

    @Test
    void shouldNotKnowADestinationOnlyByAChangeThatWentBack() {
        Baseline baseline = watch.baseline();
        sent(20);
        watch.wentBack(baseline);
        for (int i = 0; i < 6; i++) {
            watch.remember();
        }
        timedOut(20);
        watch.remember();
        change();

        assertThat(at(4_000, () -> sent(25))).endsWith(", and next to nothing was sent there before");
    }
}
