package io.fluxrig.engine.control;

import java.util.Objects;

/**
 * A rack says who it is and asks for its {@link Standing}.
 *
 * @param rack the name that it is to run under
 * @param login public key under which it logs in to NATS
 * @param version of fluxrig
 * @param host name of its machine, for people
 * @param atMs its place among a rack's messages, ms since 1970 or more: each is later than the one before
 * @param nonce 16 random bytes, which the answer repeats
 * @param tlsKey public key (X.509) for which the rack wants a certificate; empty for none
 * @param certifiedMs until when it has one for that key, ms since 1970; 0 if it has none
 * @param box public key of the {@link io.fluxrig.engine.passport.KeyBox} in which the rack takes its keys; empty for none
 * @param keys what the mixer calls those that the rack has, {@link Standing#keysMark()}; empty for none
 * @param writtenMs the rack's clock as it was written, ms since 1970; null of a rack of before, whose {@code atMs} is both
 * @param run the {@link RunNumber} of its process; 0 of a rack of before, which does not say
 * @param copied whether its mixer told it last that it is {@link Standing#COPIED}; null is no
 */
public record Hello(
        String rack,
        byte[] login,
        String version,
        String host,
        long atMs,
        byte[] nonce,
        byte[] tlsKey,
        Long certifiedMs,
        byte[] box,
        String keys,
        Long writtenMs,
        Long run,
        Boolean copied) {
    /** What it is signed for. */
    public static final String PURPOSE = "hello";

    /** Bytes at most. */
    public static final int LENGTH_MAX = 2048;

    /** Bytes of a nonce. */
    public static final int NONCE_LENGTH = 16;

    public Hello {
        Objects.requireNonNull(rack, "rack");
        Objects.requireNonNull(login, "login");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(host, "host");
        if (nonce.length != NONCE_LENGTH) {
            throw new IllegalArgumentException("nonce length=" + nonce.length + " must be " + NONCE_LENGTH);
        }
        // racks of before say nothing of certificates
        tlsKey = tlsKey == null ? new byte[0] : tlsKey;
        certifiedMs = certifiedMs == null ? Long.valueOf(0) : certifiedMs;
        // nor of keys
        box = box == null ? new byte[0] : box;
        keys = keys == null ? "" : keys;
        writtenMs = writtenMs == null ? Long.valueOf(atMs) : writtenMs;
        run = run == null ? Long.valueOf(0) : run;
        copied = Boolean.TRUE.equals(copied);
    }

    /** Written at the time of its place. */
    public Hello(
            String rack,
            byte[] login,
            String version,
            String host,
            long atMs,
            byte[] nonce,
            byte[] tlsKey,
            Long certifiedMs,
            byte[] box,
            String keys) {
        this(rack, login, version, host, atMs, nonce, tlsKey, certifiedMs, box, keys, atMs, null, null);
    }
}
