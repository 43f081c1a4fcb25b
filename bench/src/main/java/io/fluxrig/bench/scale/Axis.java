package io.fluxrig.bench.scale;

import java.util.List;

/**
 * One thing that is varied while the rest stays as it is.
 *
 * @param name for {@code --axis} and JSON
 * @param varied what the values count
 * @param constant what stays the same from case to case
 * @param target highest CPU time of the last case against the base, NaN for none
 * @param base what the others are held against
 * @param cases the others, in order
 */
record Axis(String name, String varied, String constant, double target, Case base, List<Case> cases) {
    Axis {
        cases = List.copyOf(cases);
    }

    /** The target of that case: the axis's own for the greatest value, none for those on the way. */
    double targetOf(Case one) {
        return one.equals(cases.get(cases.size() - 1)) ? target : Double.NaN;
    }

    /** The same with nothing between base and greatest value. */
    Axis endsOnly() {
        return new Axis(name, varied, constant, target, base, cases.subList(cases.size() - 1, cases.size()));
    }
}
