package io.fluxrig.engine.passport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * A rack's passport on its disk, and the mixer's public key beside it: the first mixer that admits a rack is the only one from then
 * on. Whatever is read is checked whole. One thread at a time.
 */
public final class PassportFile {
    private static final String REMOVE = "remove passport.cbor and have the rack approved anew";

    private final Path file;
    private final Path authorityFile;
    private final InstantSource clock;

    /** @param folder the rack's data folder */
    public PassportFile(Path folder, InstantSource clock) {
        this.file = folder.resolve("passport.cbor");
        this.authorityFile = folder.resolve("authority.pub");
        this.clock = clock;
    }

    /** The mixer's key, null before a mixer has admitted this rack. */
    public byte[] authority() throws PassportException {
        byte[] kept = OwnFile.readPublic(authorityFile);
        if (kept == null) {
            return null;
        }
        byte[] key = PublicKeys.parse(new String(kept, StandardCharsets.US_ASCII).strip());
        if (key == null) {
            throw new PassportException(authorityFile
                    + " holds no public key; remove it and passport.cbor, and have the rack" + " approved anew");
        }
        return key;
    }

    /**
     * The passport, null if there is none.
     *
     * @param rack the name that the rack is to run under
     * @param key the rack's own public key
     * @throws PassportException if it is edited, of another rack or of another mixer
     */
    public Passport read(String rack, byte[] key) throws PassportException {
        byte[] bytes = OwnFile.read(file);
        if (bytes == null) {
            return null;
        }
        byte[] authority = authority();
        if (authority == null) {
            throw new PassportException(file + " is there, and " + authorityFile
                    + " is not: nobody can tell who signed it; bring it back from a back-up, or remove the passport");
        }
        return check(bytes, authority, rack, key, file + ": ");
    }

    /**
     * Checks a passport that came; nothing is kept.
     *
     * @param authority the key that must have signed it
     * @throws PassportException if it is no good
     */
    public Passport accept(byte[] bytes, byte[] authority, String rack, byte[] key) throws PassportException {
        Passport passport = check(bytes, authority, rack, key, "the passport that came ");
        if (isExpired(passport)) {
            throw new PassportException("the passport that came expired at "
                    + Instant.ofEpochMilli(passport.expiresMs()) + "; look at this machine's clock and the mixer's");
        }
        return passport;
    }

    /**
     * Keeps a passport that was {@link #accept}ed, and the key of who signed it if none is kept yet. What is there already is not written
     * again: a disk that is full has it.
     *
     * @throws PassportException if it cannot be written; what was there before is there still
     */
    public void keep(byte[] bytes, byte[] authority) throws PassportException {
        if (authority() == null) {
            OwnFile.write(authorityFile, (PublicKeys.text(authority) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        if (!holds(bytes)) {
            OwnFile.write(file, bytes);
        }
    }

    /** One that others may read, or nobody can, is written anew, for its user only. */
    private boolean holds(byte[] bytes) {
        try {
            return Arrays.equals(bytes, OwnFile.read(file));
        } catch (PassportException unusable) {
            return false;
        }
    }

    /** Whether its time is over, by this machine's clock: no gears start with it, and the mixer gives another at a hello. */
    public boolean isExpired(Passport passport) {
        return clock.millis() >= passport.expiresMs();
    }

    /** Removes it: the mixer does not know this rack any more. Who admitted it stays known. */
    public void remove() throws PassportException {
        OwnFile.remove(file);
    }

    private Passport check(byte[] bytes, byte[] authority, String rack, byte[] key, String what)
            throws PassportException {
        Signed signed;
        Passport passport;
        try {
            signed = Signed.read(bytes, Passport.LENGTH_MAX);
            passport = signed.body(Passport.class);
        } catch (IOException malformed) {
            throw new PassportException(what + "is no passport (" + malformed.getMessage() + "); " + REMOVE, malformed);
        }
        if (!Arrays.equals(signed.key(), authority)) {
            throw new PassportException(what + "was signed by another mixer (" + PublicKeys.fingerprint(signed.key())
                    + ") than the one this rack obeys (" + PublicKeys.fingerprint(authority) + "); " + REMOVE
                    + ", authority.pub too if the mixer really is another one now");
        }
        if (!signed.isFor(Passport.PURPOSE)) {
            throw new PassportException(what + "was changed after the mixer signed it; " + REMOVE);
        }
        if (passport.format() != Passport.FORMAT) {
            throw new PassportException(what + "has format " + passport.format() + ", this version reads "
                    + Passport.FORMAT + "; run the version that the mixer runs");
        }
        if (!Arrays.equals(passport.key(), key)) {
            throw new PassportException(
                    what + "is of a rack with another key (" + PublicKeys.fingerprint(passport.key())
                            + ", this one has " + PublicKeys.fingerprint(key)
                            + "): it was copied here, or node.key was replaced; "
                            + REMOVE);
        }
        if (!passport.rack().equals(rack)) {
            throw new PassportException(what + "is of rack '" + passport.rack() + "', and rack.name is '" + rack
                    + "'; set rack.name back, or " + REMOVE);
        }
        return passport;
    }
}
