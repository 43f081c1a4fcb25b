package io.fluxrig.engine.artefact;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version as SemVer 2.0.0 orders them (clause 11), also with a {@code v} ahead; what stands behind a plus does not count. */
final class SemVer implements Comparable<SemVer> {
    private static final Pattern FORM = Pattern.compile("v?(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)"
            + "(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+[0-9A-Za-z.-]+)?");
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
        Matcher form = FORM.matcher(tag);
        if (!form.matches()) {
            return null;
        }
        BigInteger[] numbers = {
            new BigInteger(form.group(1)), new BigInteger(form.group(2)), new BigInteger(form.group(3))
        };
        return new SemVer(
                numbers, form.group(4) == null ? new String[0] : form.group(4).split("\\."));
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
