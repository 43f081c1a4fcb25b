package io.fluxrig.load.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.load.Counts;
import io.fluxrig.load.LoadResult;
import io.fluxrig.load.tally.AnswerClass;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The result as one JSON object on one line, for scripts.
 *
 * <p>{@code p50_us} to {@code max_us} are over all answers but timeouts, from the intended time of sending, warm-up left
 * out; {@code timeouts}, answers that say no issuer answered by the deadline or none could be asked, have
 * {@code timeout_p50_us} and {@code timeout_max_us}. {@code refused} says how many of the timeouts were told at once,
 * {@code cut_off} how many of the lost were sent on a connection that the other side then closed or reset.
 */
public final class JsonSummary {
    private JsonSummary() {}

    public static String line(LoadResult result) {
        return line(fields(result));
    }

    /** One line of any fields; for a caller that adds its own. */
    public static String line(Map<String, Object> fields) {
        try {
            return new ObjectMapper().writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The fields in their order, changeable. */
    public static Map<String, Object> fields(LoadResult result) {
        Counts counts = result.counts();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sent", counts.sent());
        fields.put("answered", counts.answered());
        fields.put("approved", counts.approved());
        fields.put("declined", counts.declined());
        fields.put("timeouts", counts.timeouts());
        fields.put("lost", counts.open());
        fields.put("cross_wired", counts.crossWired());
        fields.put("duplicates", counts.duplicates());
        fields.put("late", counts.late());
        fields.put("errors", counts.errors());
        fields.put("unsent", counts.unsent());
        fields.put("refused", counts.refused());
        fields.put("cut_off", counts.cutOff());
        fields.put("tps", Math.round(result.tps() * 10) / 10.0);
        Histogram headline = result.headline();
        fields.put("p50_us", micros(headline.getValueAtPercentile(50)));
        fields.put("p99_us", micros(headline.getValueAtPercentile(99)));
        fields.put("p999_us", micros(headline.getValueAtPercentile(99.9)));
        fields.put("max_us", micros(headline.getMaxValue()));
        Histogram timeouts = result.latency().get(AnswerClass.TIMEOUT);
        fields.put("timeout_p50_us", micros(timeouts.getValueAtPercentile(50)));
        fields.put("timeout_max_us", micros(timeouts.getMaxValue()));
        fields.put("lag_p99_us", micros(result.lag().getValueAtPercentile(99)));
        fields.put("codes", result.codes());
        fields.put("seed", result.plan().seed());
        fields.put("ended", result.ending().name().toLowerCase(Locale.ROOT));
        return fields;
    }

    private static double micros(long ns) {
        return Math.round(ns / 100.0) / 10.0;
    }
}
