package io.fluxrig.engine.agent;

/**
 * A scenario that is being tried, and how often the rack's process ended meanwhile.
 *
 * @param activation that has it tried; 0 for a start of what ran before
 * @param title its name and version, for people
 * @param before hash of the bundle that runs again where it comes to nothing, empty for none
 * @param deaths how many processes have ended meanwhile that nobody had asked to
 * @param open whether it is tried now: a process that starts and finds it so comes after a death
 */
record Attempt(long activation, String title, String before, int deaths, boolean open) {
    /** The same, while it is tried or while it is not. */
    Attempt open(boolean now) {
        return new Attempt(activation, title, before, deaths, now);
    }

    /** The same after another death. */
    Attempt died() {
        return new Attempt(activation, title, before, deaths + 1, false);
    }
}
