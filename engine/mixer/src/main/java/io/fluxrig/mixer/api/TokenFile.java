package io.fluxrig.mixer.api;

import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.passport.PassportException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** The token that a request must carry; made at the first start, in a file for the mixer's user only. Any thread. */
public final class TokenFile {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH = 32;
    private static final String SCHEME = "Bearer ";

    private final byte[] token;

    private TokenFile(byte[] token) {
        this.token = token;
    }

    /**
     * Reads the token, or makes one.
     *
     * @throws PassportException if the file cannot be used
     */
    public static TokenFile open(Path file) throws PassportException {
        byte[] kept = OwnFile.read(file);
        if (kept == null) {
            byte[] random = new byte[LENGTH];
            RANDOM.nextBytes(random);
            String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            OwnFile.write(file, (made + "\n").getBytes(StandardCharsets.US_ASCII));
            return new TokenFile(made.getBytes(StandardCharsets.US_ASCII));
        }
        byte[] token = new String(kept, StandardCharsets.US_ASCII).strip().getBytes(StandardCharsets.US_ASCII);
        if (token.length < LENGTH) {
            throw new PassportException(file + " holds a token that is too short: length=" + token.length + " min="
                    + LENGTH + "; remove it, and another is made");
        }
        return new TokenFile(token);
    }

    /** Whether an Authorization header carries it; a scheme is the same in capitals (RFC 9110, 11.1). */
    boolean isIn(String header) {
        return header != null
                && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        token, header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }
}
