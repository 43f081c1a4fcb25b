package io.fluxrig.mixer.registry;

/**
 * A key that secrets are sealed with, wrapped.
 *
 * @param id counts them
 * @param keeper who can unwrap it
 * @param under which of the keeper's keys wrapped it, for people
 * @param madeMs ms since 1970
 */
public record DataKeyEntry(long id, String keeper, String under, byte[] wrapped, long madeMs) {
    @Override
    public String toString() {
        return "DataKeyEntry[" + id + ", " + keeper + ", " + under + "]";
    }
}
