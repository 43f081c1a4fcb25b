package io.fluxrig.engine.rack.trial;

/**
 * What there was before a change: all of it, or of a minute at most. Of what was until a change that went back meanwhile, where there is one.
 *
 * @param start from when all of it counts; what came while changes ran that went back is counted in, so that the rest is without it
 * @param minuteBefore a minute before the change, or as long as there is a memory of; nothing where there is none
 * @param lastBefore the newest that was remembered before the change; nothing where there is none
 * @param until the end of what was before: when the change was applied, or one that went back shortly before it
 * @param applied when the change was applied
 */
record Baseline(Figures start, Figures minuteBefore, Figures lastBefore, Figures until, Figures applied) {
    /** The same before, for a change that was applied later. */
    Baseline appliedAt(Figures later) {
        return new Baseline(start, minuteBefore, lastBefore, until, later);
    }

    /** Where all counts from for a later change, if nothing from the end of what was before until now is to. */
    Figures startWithout(Figures now) {
        return start.plus(until, now);
    }
}
