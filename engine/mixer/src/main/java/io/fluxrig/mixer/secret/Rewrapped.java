package io.fluxrig.mixer.secret;

/**
 * A data key that was wrapped anew.
 *
 * @param before whose key it was wrapped with, for people
 * @param after whose it is wrapped with now
 */
public record Rewrapped(long id, String before, String after) {
    /** Whether it is another one. */
    public boolean isUnderAnother() {
        return !before.equals(after);
    }

    @Override
    public String toString() {
        return "data key " + id + (isUnderAnother() ? " from " + before + " to " + after : " stays under " + after);
    }
}
