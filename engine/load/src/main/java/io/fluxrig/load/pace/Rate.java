package io.fluxrig.load.pace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rate as a user writes it: {@code 5000}, {@code 100..5000} (grows over {@code rampNs}), or {@code max} (closed loop:
 * a message leaves as soon as there is room in flight).
 *
 * @param text as written, for reports
 * @param curve null for {@code max}
 * @param poisson random arrivals instead of even ones
 */
public record Rate(String text, RateCurve curve, boolean poisson) {
    private static final Pattern RAMP = Pattern.compile("(\\d+(?:\\.\\d+)?)\\.\\.(\\d+(?:\\.\\d+)?)");
    private static final double PER_SECOND_MAX = 1e7;
    private static final Pattern CONSTANT = Pattern.compile("\\d+(?:\\.\\d+)?");

    /** @throws IllegalArgumentException with a text for the user if it is neither a number, a ramp nor {@code max} */
    public static Rate parse(String text, boolean poisson, long rampNs) {
        if (text.equals("max")) {
            return new Rate(text, null, false);
        }
        Matcher ramp = RAMP.matcher(text);
        if (ramp.matches() && isRate(ramp.group(2)) && Double.parseDouble(ramp.group(1)) <= PER_SECOND_MAX) {
            double from = Double.parseDouble(ramp.group(1));
            return new Rate(text, new RateCurve(from, Double.parseDouble(ramp.group(2)), rampNs), poisson);
        }
        if (CONSTANT.matcher(text).matches() && isRate(text)) {
            return new Rate(text, RateCurve.constant(Double.parseDouble(text)), poisson);
        }
        throw new IllegalArgumentException(
                "write a number above 0 and at most 10000000, a ramp FROM..TO that ends in" + " one, or max");
    }

    private static boolean isRate(String text) {
        double perSecond = Double.parseDouble(text);
        return perSecond > 0 && perSecond <= PER_SECOND_MAX;
    }

    public boolean closedLoop() {
        return curve == null;
    }

    /** The pace of loop {@code share} of {@code shares}. Not for a closed loop, which has none. */
    public Pace pace(int share, int shares, long seed) {
        Arrivals arrivals = poisson ? Arrivals.poisson(share, shares, seed) : Arrivals.even(share, shares);
        return new Pace(curve, arrivals);
    }
}
