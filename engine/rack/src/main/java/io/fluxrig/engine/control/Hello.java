package io.fluxrig.engine.control;

import java.util.Objects;

/**
 * A rack says who it is and asks for its {@link Standing}.
 *
 * @param rack the name that it is to run under
 * @param login public key under which it logs in to NATS
 * @param version of fluxrig
 * @param host name of its machine, for people
 * @param atMs the rack's clock, ms since 1970; rises with each message of a rack
 * @param nonce 16 random bytes, which the answer repeats
 */
public record Hello(String rack, byte[] login, String version, String host, long atMs, byte[] nonce) {
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
    }
}
