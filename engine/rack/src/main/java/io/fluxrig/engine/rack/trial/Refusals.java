package io.fluxrig.engine.rack.trial;

import io.fluxrig.engine.gear.ErrorReasons;
import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.metrics.MetricsSnapshot;
import io.fluxrig.engine.metrics.MetricsSnapshot.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What gears were given and what of it they could do nothing with, by their counters, since the rack was started:
 *
 * <pre>
 *   gear        given                                            refused
 *   codec       messages decoded, encoded, passed on, refused    does not decode or encode; against the spec, where that is enforced
 *   conductor   requests, messages without fields                no route, no key, no destination that is up; without fields
 *   I/O         frames in, bytes that are no frame               connections closed for what their peers sent or are
 * </pre>
 *
 * <p>What is refused for want of room is nobody's configuration; what is sent and not answered is {@link Deliveries}' matter. Immutable.
 *
 * @param byGear for each gear that counts such things
 */
record Refusals(Map<String, Tally> byGear) {
    private static final String DECODED = "codec_decoded_total";
    private static final String ENCODED = "codec_encoded_total";
    private static final String PASSED = "codec_passed_through_total";
    private static final String CODEC_ERRORS = "codec_errors_total";
    private static final String FRAMES = "io_frames_in_total";
    private static final String NO_FRAMES = "io_frames_refused_total";
    private static final Set<String> GIVEN = Set.of(
            DECODED, ENCODED, PASSED, CODEC_ERRORS, MetricNames.REQUESTS, MetricNames.NOT_DECODED, FRAMES, NO_FRAMES);
    private static final Set<String> REFUSED = Set.of(
            CODEC_ERRORS,
            MetricNames.CODEC_ENFORCED,
            MetricNames.ERRORS,
            MetricNames.NOT_DECODED,
            MetricNames.CONNECTIONS_REFUSED);
    static final Set<String> NAMES =
            Stream.concat(GIVEN.stream(), REFUSED.stream()).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> REASONS =
            Set.of(ErrorReasons.NO_ROUTE, ErrorReasons.NO_KEY, ErrorReasons.NO_DESTINATION);
    /** Of connections that were closed: what their peers sent or are, not what they were too slow or too many for. */
    private static final Set<String> PEERS =
            Set.of("length_too_large", "bad_frame", "not_an_mti", "not_allowed", "tls_failed");

    static final Refusals NONE = new Refusals(Map.of());

    /**
     * Of one gear, all strips added up.
     *
     * @param reasons the refused, by reason
     */
    record Tally(long given, Map<String, Long> reasons) {
        static final Tally NONE = new Tally(0, Map.of());

        /** The refused among what came: a connection may be refused that brought nothing. */
        Share share() {
            long refused = reasons.values().stream().mapToLong(Long::longValue).sum();
            return new Share(refused, Math.max(given, refused));
        }

        private Tally minus(Tally before) {
            Map<String, Long> since = new TreeMap<>();
            reasons.forEach((reason, count) -> {
                long more = count - before.reasons.getOrDefault(reason, 0L);
                if (more > 0) {
                    since.put(reason, more);
                }
            });
            return new Tally(given - before.given, since);
        }

        private Tally plus(Tally more) {
            Map<String, Long> all = new TreeMap<>(reasons);
            more.reasons.forEach((reason, count) -> all.merge(reason, count, Long::sum));
            return new Tally(given + more.given, all);
        }

        private Tally plus(long moreGiven, String reason, long moreRefused) {
            Map<String, Long> all = new TreeMap<>(reasons);
            if (moreRefused > 0) {
                all.merge(reason, moreRefused, Long::sum);
            }
            return new Tally(given + moreGiven, all);
        }
    }

    static Refusals of(MetricsSnapshot snapshot) {
        Map<String, Tally> byGear = new HashMap<>();
        for (Sample sample : snapshot.values()) {
            String gear = sample.labels().get("gear");
            long count = Math.round(sample.value());
            if (gear != null && count > 0 && NAMES.contains(sample.name())) {
                long given = GIVEN.contains(sample.name()) ? count : 0;
                long refused = refuses(sample) ? count : 0;
                byGear.put(gear, byGear.getOrDefault(gear, Tally.NONE).plus(given, reason(sample), refused));
            }
        }
        return new Refusals(Map.copyOf(byGear));
    }

    /** What came to that gear since then. */
    Tally since(Refusals then, String gear) {
        return byGear.getOrDefault(gear, Tally.NONE).minus(then.byGear.getOrDefault(gear, Tally.NONE));
    }

    /** With what came between two others. */
    Refusals plus(Refusals from, Refusals to) {
        Map<String, Tally> sum = new HashMap<>(byGear);
        to.byGear.keySet().forEach(gear -> sum.merge(gear, to.since(from, gear), Tally::plus));
        return new Refusals(Map.copyOf(sum));
    }

    private static boolean refuses(Sample sample) {
        String reason = sample.labels().get("reason");
        return switch (sample.name()) {
            case MetricNames.ERRORS -> REASONS.contains(reason);
            case MetricNames.CONNECTIONS_REFUSED -> PEERS.contains(reason);
            default -> REFUSED.contains(sample.name());
        };
    }

    /** As the counters have it. */
    private static String reason(Sample sample) {
        return switch (sample.name()) {
            case CODEC_ERRORS ->
                sample.labels().get("direction") + " " + sample.labels().get("code");
            case MetricNames.CODEC_ENFORCED -> ErrorReasons.INVALID;
            case MetricNames.NOT_DECODED -> "not_decoded";
            default -> sample.labels().getOrDefault("reason", "");
        };
    }
}
