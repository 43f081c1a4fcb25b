package io.fluxrig.mixer.tail;

/**
 * Something that happened to the fleet.
 *
 * @param atMs ms since 1970, by the mixer's clock
 * @param kind {@code audit} for a change that somebody made, {@code state} for what a rack says of itself, {@code outcome} for what came of
 *     an activation, {@code links} for how many of its destinations are up and whose breakers are open, {@code away} for a rack that is
 *     not heard of any more
 * @param rack whose, empty where it is about no rack alone
 * @param text for people; never card data or a secret
 */
public record Happening(long atMs, String kind, String rack, String text) {
    static final String AUDIT = "audit";
    static final String STATE = "state";
    static final String OUTCOME = "outcome";
    static final String LINKS = "links";
    static final String AWAY = "away";
}
