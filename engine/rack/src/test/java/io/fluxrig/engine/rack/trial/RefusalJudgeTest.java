package io.fluxrig.engine.rack.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.ErrorReasons;
import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.metrics.RackMetrics;
import org.junit.jupiter.api.Test;

class RefusalJudgeTest {
    private final RackMetrics metrics = new RackMetrics();
    private final TrialWatch watch = new TrialWatch(metrics);

    private void count(String gear, int strip, long more, String name, String... labels) {
        metrics.gear(gear, strip).counter(name, "help", labels).add(more);
    }

    /** So many requests on each of two strips, and so many of them without a route. */
    private void requests(long count, long noRoute) {
        for (int strip = 0; strip < 2; strip++) {
            count("switch", strip, count, MetricNames.REQUESTS);
            count("switch", strip, noRoute, MetricNames.ERRORS, "reason", ErrorReasons.NO_ROUTE);
        }
    }

    @Test
    void shouldSayWhichGearRefusedWhatShareOfHowManyWhyAndWhatItsPredecessorDid() {
        requests(30_156, 12);
        RefusalJudge judge = new RefusalJudge(watch.baseline());
        requests(558, 558);
        count("switch", 0, 1, MetricNames.REQUESTS);

        assertThat(judge.objectionTo("switch", Figures.now(metrics).refusals()))
                .isEqualTo("switch refused 99 % of 1117 (no_route 1116), what it replaced 0 % of 60312");
        assertThat(judge.objectionTo("other", Figures.now(metrics).refusals())).isEmpty();
    }

    @Test
    void shouldSpeakOfCodecsThatDecodeNothing() {
        count("decode", 0, 5_000, "codec_decoded_total");
        RefusalJudge judge = new RefusalJudge(watch.baseline());
        count("decode", 0, 15, "codec_errors_total", "direction", "decode", "code", "bitmap");
        count("decode", 0, 3, "codec_errors_total", "direction", "decode", "code", "mti");

        assertThat(judge.objectionTo("decode", Figures.now(metrics).refusals()))
                .isEqualTo("decode refused 100 % of 18 (decode bitmap 15, decode mti 3), what it replaced 0 % of 5000");
    }

    @Test
    void shouldSpeakOfCodecsThatEnforceWhatNobodyKeeps() {
        count("decode", 0, 5_000, "codec_decoded_total");
        RefusalJudge judge = new RefusalJudge(watch.baseline());
        count("decode", 0, 20, "codec_decoded_total");
        count("decode", 0, 20, MetricNames.CODEC_ENFORCED);

        assertThat(judge.objectionTo("decode", Figures.now(metrics).refusals()))
                .startsWith("decode refused 100 % of 20 (invalid 20)");
    }

    @Test
    void shouldSpeakOfDoorsThatCloseConnections() {
        count("terminals", 0, 5_000, "io_frames_in_total");
        RefusalJudge judge = new RefusalJudge(watch.baseline());
        count("terminals", 0, 16, "io_frames_refused_total", "reason", "not_an_mti");
        count("terminals", 0, 16, MetricNames.CONNECTIONS_REFUSED, "reason", "not_an_mti");
        count("terminals", 0, 4, MetricNames.CONNECTIONS_REFUSED, "reason", "tls_failed");

        assertThat(judge.objectionTo("terminals", Figures.now(metrics).refusals()))
                .isEqualTo("terminals refused 100 % of 20 (not_an_mti 16, tls_failed 4), what it replaced 0 % of 5000");
    }

    @Test
    void shouldSayNothingOfFew() {
        requests(1_000, 0);
        RefusalJudge judge = new RefusalJudge(watch.baseline());
        count("switch", 0, Share.MESSAGES_MIN - 1, MetricNames.REQUESTS);
        count("switch", 0, Share.MESSAGES_MIN - 1, MetricNames.ERRORS, "reason", ErrorReasons.NO_KEY);
        assertThat(judge.objectionTo("switch", Figures.now(metrics).refusals())).isEmpty();

        count("switch", 1, 1, MetricNames.REQUESTS);
        count("switch", 1, 1, MetricNames.ERRORS, "reason", ErrorReasons.NO_KEY);
        assertThat(judge.objectionTo("switch", Figures.now(metrics).refusals()))
                .startsWith("switch refused 100 % of 10 (no_key 10)");
    }

    @Test
    void shouldSayNothingOfHalfAndLess() {
        requests(1_000, 0);
        RefusalJudge judge = new RefusalJudge(watch.baseline());
        requests(100, 50);

        assertThat(judge.objectionTo("switch", Figures.now(metrics).refusals())).isEmpty();
    }

    @Test
    void shouldSayNothingWhereNobodyKnowsWhatWasBefore() {
        count("switch", 0, Share.MESSAGES_MIN - 1, MetricNames.REQUESTS);
        RefusalJudge judge = new RefusalJudge(watch.baseline());
        requests(100, 100);

        assertThat(judge.objectionTo("switch", Figures.now(metrics).refusals())).isEmpty();
    }

    @Test
    void shouldSayNothingOfWhatIsNoConfiguration() {
        requests(1_000, 0);
        RefusalJudge judge = new RefusalJudge(watch.baseline());
        requests(100, 0);
        count("switch", 0, 100, MetricNames.ERRORS, "reason", ErrorReasons.TIMEOUT);
        count("switch", 0, 100, MetricNames.ERRORS, "reason", ErrorReasons.OVERLOAD);

        assertThat(judge.objectionTo("switch", Figures.now(metrics).refusals())).isEmpty();
    }

    @Test
    void shouldSayNothingOfConnectionsThatAreTooManyOrTooSlow() {
        count("terminals", 0, 5_000, "io_frames_in_total");
        RefusalJudge judge = new RefusalJudge(watch.baseline());
        count("terminals", 0, 100, MetricNames.CONNECTIONS_REFUSED, "reason", "too_many_connections");
        count("terminals", 0, 100, MetricNames.CONNECTIONS_REFUSED, "reason", "read_timeout");

        assertThat(judge.objectionTo("terminals", Figures.now(metrics).refusals()))
                .isEmpty();
    }

    @Test
    void shouldSayNothingOfAHostThatWasDownInTheMinuteBefore() {
        requests(1_000_000, 0);
        watch.remember();
        requests(500, 450);
        RefusalJudge judge = new RefusalJudge(watch.baseline());
        requests(100, 100);

        assertThat(judge.objectionTo("switch", Figures.now(metrics).refusals())).isEmpty();
    }

    @Test
    void shouldForgetWhatWasLongerAgo() {
        requests(1_000, 1_000);
        for (int i = 0; i < 6; i++) {
            watch.remember();
            requests(100, 0);
        }
        RefusalJudge judge = new RefusalJudge(watch.baseline());
        requests(100, 100);

        assertThat(judge.objectionTo("switch", Figures.now(metrics).refusals()))
                .isEqualTo("switch refused 100 % of 200 (no_route 200), what it replaced 0 % of 1200");
    }

    @Test
    void shouldGoBackFurtherWhereTheMinuteBeforeWasQuiet() {
        requests(1_000, 10);
        for (int i = 0; i < 6; i++) {
            watch.remember();
        }
        RefusalJudge judge = new RefusalJudge(watch.baseline());
        requests(100, 100);

        assertThat(judge.objectionTo("switch", Figures.now(metrics).refusals()))
                .endsWith("what it replaced 1 % of 2000");
    }

    @Test
    void shouldNotTakeWhatChangesThatWentBackDidForWhatWasBefore() {
        watch.remember();
        requests(1_000, 0);
        for (int i = 0; i < 3; i++) {
            Baseline baseline = watch.baseline();
            requests(1_000, 1_000);
            assertThat(new RefusalJudge(baseline)
                            .objectionTo("switch", Figures.now(metrics).refusals()))
                    .as("time %s", i)
                    .isEqualTo("switch refused 100 % of 2000 (no_route 2000), what it replaced 0 % of 2000");
            watch.wentBack(baseline);
            watch.remember();
            requests(10, 0);
        }
        for (int i = 0; i < 6; i++) {
            watch.remember();
        }
        requests(4, 0);
        RefusalJudge judge = new RefusalJudge(watch.baseline());
        requests(1_000, 1_000);

        assertThat(judge.objectionTo("switch", Figures.now(metrics).refusals()))
                .as("a minute later, of its life: without the changes and the minute")
                .endsWith("what it replaced 0 % of 2008");
    }

    @Test
    void shouldForgetAChangeThatWentBackAfterAMinute() {
        watch.remember();
        requests(1_000, 0);
        Baseline baseline = watch.baseline();
        requests(1_000, 1_000);
        watch.wentBack(baseline);
        for (int i = 0; i < 7; i++) {
            watch.remember();
        }
        requests(500, 450);
        RefusalJudge judge = new RefusalJudge(watch.baseline());
        requests(100, 100);

        assertThat(judge.objectionTo("switch", Figures.now(metrics).refusals()))
                .as("what was so in the minute before")
                .isEmpty();
    }
}
