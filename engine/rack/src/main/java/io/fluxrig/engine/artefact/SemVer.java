package io.fluxrig.engine.artefact;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version as SemVer 2.0.0 orders them (clause 11), also with a {@code v} ahead; what stands behind a plus does not count. */
final class SemVer implements Comparable<SemVer> {
    private static final Pattern RELEASE = Pattern.compile("v?(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)");
    private static final Pattern IDENTIFIER = Pattern.compile("[0-9A-Za-z-]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final BigInteger[] numbers;
    /** Identifiers of a version before the release; empty for a release. */
    private final String[] before;

    private SemVer(BigInteger[] numbers, String[] before) {
        this.numbers = numbers;
        this.before = before;
    }

    /** The version that a tag spells, or null if it is none. */
    static SemVer of(String tag) {
        int plus = tag.indexOf('+');
        String counts = plus < 0 ? tag : tag.substring(0, plus);
        int dash = counts.indexOf('-');
        Matcher release = RELEASE.matcher(dash < 0 ? counts : counts.substring(0, dash));
        String[] before = dash < 0 ? new String[0] : counts.substring(dash + 1).split("\\.", -1);
        if (!release.matches() || !areIdentifiers(before)) {
            return null;
        }
        BigInteger[] numbers = {
            new BigInteger(release.group(1)), new BigInteger(release.group(2)), new BigInteger(release.group(3))
        };
        return new SemVer(numbers, before);
    }

    private static boolean areIdentifiers(String[] all) {
        for (String each : all) {
            if (!IDENTIFIER.matcher(each).matches()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(SemVer other) {
        for (int i = 0; i < numbers.length; i++) {
            int order = numbers[i].compareTo(other.numbers[i]);
            if (order != 0) {
                return order;
            }
        }
        if (before.length == 0 || other.before.length == 0) {
            return Integer.compare(other.before.length, before.length);
        }
        for (int i = 0; i < Math.min(before.length, other.before.length); i++) {
            int order = identifier(before[i], other.before[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(before.length, other.before.length);
    }

    private static int identifier(String one, String other) {
        boolean number = NUMBER.matcher(one).matches();
        boolean otherNumber = NUMBER.matcher(other).matches();
        if (number && otherNumber) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        return number == otherNumber ? one.compareTo(other) : Boolean.compare(otherNumber, number);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SemVer version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return numbers[0].hashCode() * 31 + numbers[1].hashCode() + numbers[2].hashCode();
    }
}
