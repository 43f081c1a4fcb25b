package io.fluxrig.engine.control;

import java.util.Objects;

/**
 * What a mixer makes of a rack.
 *
 * @param rack whose standing it is
 * @param key the rack's public key
 * @param word one of {@link #PENDING}, {@link #ACTIVE}, {@link #SUSPENDED}, {@link #REMOVED}, {@link #REFUSED}, {@link #COPIED}
 * @param why for people, one line; empty if the word says it all
 * @param passport of an active rack, signed; empty if the rack's own is good for long yet
 * @param epoch in which the mixer leads that says so; a mixer of an earlier one is not obeyed any more
 * @param atMs its place among a mixer's messages in an epoch, ms since 1970 or more: each is later than the one before
 * @param nonce of the hello it answers; empty if nobody asked
 * @param certificate for the key that the hello named, with that of who signed it, PEM; empty for none
 * @param keys a {@link io.fluxrig.engine.passport.GivenKeys} sealed for the box that the hello named; empty if the rack has them, or there are none to give
 * @param keysMark what the mixer calls the keys that the rack is to have now; empty while there are none to give
 * @param writtenMs the mixer's clock as it was written, ms since 1970; null of a mixer of before, whose {@code atMs} is both
 * @param run the {@link RunNumber} of the one that is meant; 0 for whoever has the key
 */
public record Standing(
        String rack,
        byte[] key,
        String word,
        String why,
        byte[] passport,
        long epoch,
        long atMs,
        byte[] nonce,
        byte[] certificate,
        byte[] keys,
        String keysMark,
        Long writtenMs,
        Long run) {
    /** What it is signed for. */
    public static final String PURPOSE = "standing";

    /** Bytes at most. */
    public static final int LENGTH_MAX = 8192;

    /** Of {@link #why}. */
    public static final int WHY_MAX = 2048;

    /** Waits for an operator. */
    public static final String PENDING = "pending";

    public static final String ACTIVE = "active";

    /** Known, and not to run until it is activated. */
    public static final String SUSPENDED = "suspended";

    /** Was admitted once; its passport is worth nothing any more, and it waits to be approved anew. */
    public static final String REMOVED = "removed";

    /** Not admitted, for the reason given. */
    public static final String REFUSED = "refused";

    /** Another run with the same key is there, and was earlier: this one stops its gears, and says nothing but hello. */
    public static final String COPIED = "copied";

    public Standing {
        Objects.requireNonNull(rack, "rack");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(word, "word");
        why = PlainText.of(why, WHY_MAX);
        Objects.requireNonNull(passport, "passport");
        Objects.requireNonNull(nonce, "nonce");
        // mixers of before give none
        certificate = certificate == null ? new byte[0] : certificate;
        keys = keys == null ? new byte[0] : keys;
        keysMark = keysMark == null ? "" : keysMark;
        writtenMs = writtenMs == null ? Long.valueOf(atMs) : writtenMs;
        run = run == null ? Long.valueOf(0) : run;
    }

    /** Written at the time of its place. */
    public Standing(
            String rack,
            byte[] key,
            String word,
            String why,
            byte[] passport,
            long epoch,
            long atMs,
            byte[] nonce,
            byte[] certificate,
            byte[] keys,
            String keysMark) {
        this(rack, key, word, why, passport, epoch, atMs, nonce, certificate, keys, keysMark, atMs, null);
    }
}
