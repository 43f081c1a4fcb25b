package io.fluxrig.engine.rack.trial;

/**
 * What there was before a change: all of it, or of a minute at most.
 *
 * @param minuteBefore a minute before the change, or as long as there is a memory of; nothing where there is none
 * @param lastBefore the newest that was remembered before the change; nothing where there is none
 * @param applied when the change was applied
 */
record Baseline(Figures minuteBefore, Figures lastBefore, Figures applied) {}
