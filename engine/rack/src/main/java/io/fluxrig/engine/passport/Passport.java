package io.fluxrig.engine.passport;

import java.util.Objects;

/**
 * That a mixer knows a rack. Useless without the rack's own key, whose public half it names.
 *
 * @param format of this map
 * @param serial counts the passports of a mixer
 * @param rack the name under which the rack runs
 * @param key the rack's public key
 * @param login the public key under which the rack logs in to NATS
 * @param managed whether the mixer tells NATS who may log in; else the rack's own settings say how
 * @param issuedMs when, in ms since 1970
 * @param expiresMs from when on no gears start with it; those that run run on
 */
public record Passport(
        int format,
        long serial,
        String rack,
        byte[] key,
        byte[] login,
        boolean managed,
        long issuedMs,
        long expiresMs) {
    /** What a mixer signs it for. */
    public static final String PURPOSE = "passport";

    /** The format that this version writes and reads. */
    public static final int FORMAT = 1;

    static final int LENGTH_MAX = 4096;

    public Passport {
        Objects.requireNonNull(rack, "rack");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(login, "login");
    }
}
