package io.fluxrig.mixer.secret;

/**
 * A version of a secret, open.
 *
 * @param version counts those of a name, from 1
 * @param madeMs ms since 1970
 */
public record Secret(long version, byte[] value, long madeMs) {
    /** Never the value. */
    @Override
    public String toString() {
        return "Secret[version " + version + "]";
    }
}
