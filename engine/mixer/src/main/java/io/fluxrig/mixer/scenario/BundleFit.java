package io.fluxrig.mixer.scenario;

import io.fluxrig.engine.control.ScenarioBundle;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether a bundle gets to racks in one message, and what to do where it does not. */
final class BundleFit {
    /** What a signed push has beside the bundle. */
    private static final int ENVELOPE_MAX = 4096;

    private static final int FILES_SHOWN = 3;

    private BundleFit() {}

    /** Whether it does, or nobody knows; as {@link #refusal}. */
    static boolean fits(long bytes, long bodyMax) {
        return bodyMax <= 0 || bytes + ENVELOPE_MAX <= bodyMax;
    }

    /**
     * Why it does not; empty if it does, or nobody knows.
     *
     * @param title the scenario's, with its version
     * @param bytes of the bundle
     * @param bodyMax bytes that NATS takes at most, 0 while there is no connection
     */
    static String refusal(String title, long bytes, ScenarioBundle bundle, long bodyMax) {
        if (fits(bytes, bodyMax)) {
            return "";
        }
        String largest = bundle.files().entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, byte[]> each) -> each.getValue().length)
                        .reversed())
                .limit(FILES_SHOWN)
                .map(each -> each.getKey() + " " + each.getValue().length)
                .collect(Collectors.joining(", "));
        return "NATS takes messages of " + bodyMax + " bytes at most, and " + title + " with its "
                + bundle.files().size()
                + " files needs " + (bytes + ENVELOPE_MAX) + " (the largest: " + largest
                + "): raise max_payload of that NATS to 5MB, which is enough for any scenario, or take out what it does not need;"
                + " a nats-server of the mixer's own takes all of them";
    }
}
