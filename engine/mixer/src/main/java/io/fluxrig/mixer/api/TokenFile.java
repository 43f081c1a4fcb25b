package io.fluxrig.mixer.api;

import io.fluxrig.engine.passport.ApiTokens;
import io.fluxrig.engine.passport.ApiTokens.ApiToken;
import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.passport.PassportException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens one of which a request must carry, as {@link ApiTokens} has them; one is made at the first start. In a file for the mixer's user
 * only, which may be changed while the mixer runs. Any thread asks; one at a time has it read again.
 */
public final class TokenFile {
    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 32;
    private static final String SCHEME = "Bearer ";

    private final Path file;
    private volatile ApiTokens tokens;
    private byte[] content;
    /** Why it could not be used when it was looked at last; empty for nothing. */
    private String trouble = "";

    private TokenFile(Path file, byte[] content) throws PassportException {
        this.file = file;
        this.content = content;
        this.tokens = ApiTokens.read(content, file.toString());
    }

    /**
     * Reads the tokens, or makes one.
     *
     * @throws PassportException if the file cannot be used
     */
    public static TokenFile open(Path file) throws PassportException {
        byte[] kept = OwnFile.read(file);
        if (kept == null) {
            byte[] random = new byte[RANDOM_BYTES];
            RANDOM.nextBytes(random);
            String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            kept = (made + "\n").getBytes(StandardCharsets.US_ASCII);
            OwnFile.write(file, kept);
        }
        return new TokenFile(file, kept);
    }

    /**
     * Looks at the file again. One that cannot be used changes nothing, and the log says so once; a token that went opens nothing from now on.
     * Reads from the disk.
     *
     * @return whose tokens they are now where that has changed, and no token; else empty
     */
    String look() {
        String wrong;
        String changed = "";
        try {
            byte[] now = OwnFile.read(file);
            wrong = now == null ? file + " is gone; put it back" : "";
            if (now != null && !Arrays.equals(now, content)) {
                tokens = ApiTokens.read(now, file.toString());
                content = now;
                changed = tokens.toString();
                LOG.info("API tokens are now those of {}", changed);
            }
        } catch (PassportException unusable) {
            wrong = unusable.getMessage();
        }
        if (!wrong.equals(trouble) && !wrong.isEmpty()) {
            LOG.error("API tokens stay those of {}, since their file cannot be used: {}", tokens, wrong);
        } else if (!trouble.isEmpty() && wrong.isEmpty()) {
            LOG.info("the file of API tokens can be used again");
        }
        trouble = wrong;
        return changed;
    }

    /** Whose the token in an Authorization header is, null if nobody's; a scheme is the same in capitals (RFC 9110, 11.1). */
    ApiToken in(String header) {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? tokens.find(header.substring(SCHEME.length()).strip())
                : null;
    }
}
