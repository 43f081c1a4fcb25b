package io.fluxrig.engine.rack;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.ErrorReasons;
import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.metrics.RackMetrics;
import org.junit.jupiter.api.Test;

class RefusalWatchTest {
    private final RackMetrics metrics = new RackMetrics();
    private final RefusalWatch watch = new RefusalWatch(metrics);

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
        RefusalWatch.Mark mark = watch.mark();
        requests(558, 558);
        count("switch", 0, 1, MetricNames.REQUESTS);

        assertThat(mark.objectionTo("switch"))
                .isEqualTo("switch refused 99 % of 1117 (no_route 1116), what it replaced 0 % of 60312");
        assertThat(mark.objectionTo("other")).isEmpty();
    }

    @Test
    void shouldSpeakOfCodecsThatDecodeNothing() {
        count("decode", 0, 5_000, "codec_decoded_total");
        RefusalWatch.Mark mark = watch.mark();
        count("decode", 0, 15, "codec_errors_total", "direction", "decode", "code", "bitmap");
        count("decode", 0, 3, "codec_errors_total", "direction", "decode", "code", "mti");

        assertThat(mark.objectionTo("decode"))
                .isEqualTo("decode refused 100 % of 18 (decode bitmap 15, decode mti 3), what it replaced 0 % of 5000");
    }

    @Test
    void shouldSpeakOfCodecsThatEnforceWhatNobodyKeeps() {
        count("decode", 0, 5_000, "codec_decoded_total");
        RefusalWatch.Mark mark = watch.mark();
        count("decode", 0, 20, "codec_decoded_total");
        count("decode", 0, 20, MetricNames.CODEC_ENFORCED);

        assertThat(mark.objectionTo("decode")).startsWith("decode refused 100 % of 20 (invalid 20)");
    }

    @Test
    void shouldSpeakOfDoorsThatCloseConnections() {
        count("terminals", 0, 5_000, "io_frames_in_total");
        RefusalWatch.Mark mark = watch.mark();
        count("terminals", 0, 16, "io_frames_refused_total", "reason", "not_an_mti");
        count("terminals", 0, 16, MetricNames.CONNECTIONS_REFUSED, "reason", "not_an_mti");
        count("terminals", 0, 4, MetricNames.CONNECTIONS_REFUSED, "reason", "tls_failed");

        assertThat(mark.objectionTo("terminals"))
                .isEqualTo("terminals refused 100 % of 20 (not_an_mti 16, tls_failed 4), what it replaced 0 % of 5000");
    }

    @Test
    void shouldSayNothingOfFew() {
        requests(1_000, 0);
        RefusalWatch.Mark mark = watch.mark();
        count("switch", 0, RefusalWatch.MESSAGES_MIN - 1, MetricNames.REQUESTS);
        count("switch", 0, RefusalWatch.MESSAGES_MIN - 1, MetricNames.ERRORS, "reason", ErrorReasons.NO_KEY);
        assertThat(mark.objectionTo("switch")).isEmpty();

        count("switch", 1, 1, MetricNames.REQUESTS);
        count("switch", 1, 1, MetricNames.ERRORS, "reason", ErrorReasons.NO_KEY);
        assertThat(mark.objectionTo("switch")).startsWith("switch refused 100 % of 10 (no_key 10)");
    }

    @Test
    void shouldSayNothingOfHalfAndLess() {
        requests(1_000, 0);
        RefusalWatch.Mark mark = watch.mark();
        requests(100, 50);

        assertThat(mark.objectionTo("switch")).isEmpty();
    }

    @Test
    void shouldSayNothingWhereNobodyKnowsWhatWasBefore() {
        count("switch", 0, RefusalWatch.MESSAGES_MIN - 1, MetricNames.REQUESTS);
        RefusalWatch.Mark mark = watch.mark();
        requests(100, 100);

        assertThat(mark.objectionTo("switch")).isEmpty();
    }

    @Test
    void shouldSayNothingOfWhatIsNoConfiguration() {
        requests(1_000, 0);
        RefusalWatch.Mark mark = watch.mark();
        requests(100, 0);
        count("switch", 0, 100, MetricNames.ERRORS, "reason", ErrorReasons.TIMEOUT);
        count("switch", 0, 100, MetricNames.ERRORS, "reason", ErrorReasons.OVERLOAD);

        assertThat(mark.objectionTo("switch")).isEmpty();
    }

    @Test
    void shouldSayNothingOfConnectionsThatAreTooManyOrTooSlow() {
        count("terminals", 0, 5_000, "io_frames_in_total");
        RefusalWatch.Mark mark = watch.mark();
        count("terminals", 0, 100, MetricNames.CONNECTIONS_REFUSED, "reason", "too_many_connections");
        count("terminals", 0, 100, MetricNames.CONNECTIONS_REFUSED, "reason", "read_timeout");

        assertThat(mark.objectionTo("terminals")).isEmpty();
    }

    @Test
    void shouldSayNothingOfAHostThatWasDownInTheMinuteBefore() {
        requests(1_000_000, 0);
        watch.remember();
        requests(500, 450);
        RefusalWatch.Mark mark = watch.mark();
        requests(100, 100);

        assertThat(mark.objectionTo("switch")).isEmpty();
    }

    @Test
    void shouldForgetWhatWasLongerAgo() {
        requests(1_000, 1_000);
        for (int i = 0; i < 6; i++) {
            watch.remember();
            requests(100, 0);
        }
        RefusalWatch.Mark mark = watch.mark();
        requests(100, 100);

        assertThat(mark.objectionTo("switch"))
                .isEqualTo("switch refused 100 % of 200 (no_route 200), what it replaced 0 % of 1200");
    }

    @Test
    void shouldGoBackFurtherWhereTheMinuteBeforeWasQuiet() {
        requests(1_000, 10);
        for (int i = 0; i < 6; i++) {
            watch.remember();
        }
        RefusalWatch.Mark mark = watch.mark();
        requests(100, 100);

        assertThat(mark.objectionTo("switch")).endsWith("what it replaced 1 % of 2000");
    }
}
