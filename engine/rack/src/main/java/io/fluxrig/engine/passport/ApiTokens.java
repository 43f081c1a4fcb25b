package io.fluxrig.engine.passport;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who may use a mixer's API, by the lines of a file:
 *
 * <pre>
 *   # empty lines, and those that begin so, say nothing
 *   TOKEN             of {@value #ADMIN}
 *   NAME TOKEN        may do all
 *   NAME TOKEN read   may look, and change nothing
 * </pre>
 *
 * <p>A name may have several, so that one can go when its successor is in use. Faults name lines and never what stands in them.
 * Immutable.
 */
public final class ApiTokens {
    /** Whose a token without a name is. */
    public static final String ADMIN = "admin";

    /** Characters of a token at least. */
    public static final int LENGTH_MIN = 32;

    /** Characters of a token at most: a header has room for it. */
    static final int LENGTH_MAX = 512;

    /** Lines with a token at most; each request is compared with all of them. */
    static final int COUNT_MAX = 64;

    private static final String READ = "read";
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,32}");
    /** RFC 6750, 2.1. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final List<ApiToken> all;

    private ApiTokens(List<ApiToken> all) {
        this.all = List.copyOf(all);
    }

    /**
     * One token.
     *
     * @param name whose it is
     * @param readOnly whether it changes nothing
     */
    public record ApiToken(String name, String token, boolean readOnly) {
        /** Without the token. */
        @Override
        public String toString() {
            return name + (readOnly ? " (" + READ + ")" : "");
        }
    }

    /**
     * Reads the lines of a file.
     *
     * @param where the file, for messages
     * @throws PassportException if one is none, there are none, or more than {@value #COUNT_MAX}
     */
    public static ApiTokens read(byte[] file, String where) throws PassportException {
        List<ApiToken> all = new ArrayList<>();
        int number = 0;
        for (String line : new String(file, StandardCharsets.UTF_8).lines().toList()) {
            number++;
            String[] words = line.strip().split("\\s+");
            if (words[0].isEmpty() || words[0].startsWith("#")) {
                continue;
            }
            ApiToken token = token(words);
            String wrong = token == null ? "is not NAME TOKEN, or NAME TOKEN " + READ : fault(token, all);
            if (!wrong.isEmpty()) {
                throw new PassportException(where + " line " + number + " " + wrong);
            }
            all.add(token);
        }
        if (all.isEmpty()) {
            throw new PassportException(where + " holds no token: write one, or remove the file and start the mixer");
        }
        return new ApiTokens(all);
    }

    /** Null if these words are none. */
    private static ApiToken token(String[] words) {
        return switch (words.length) {
            case 1 -> new ApiToken(ADMIN, words[0], false);
            case 2 -> new ApiToken(words[0], words[1], false);
            case 3 -> words[2].equals(READ) ? new ApiToken(words[0], words[1], true) : null;
            default -> null;
        };
    }

    /** Empty for none. */
    private static String fault(ApiToken token, List<ApiToken> others) {
        int length = token.token().length();
        if (!NAME.matcher(token.name()).matches()) {
            return "has a name that none may have: 1 to 32 of a-z, 0-9, dash and underscore";
        }
        if (length < LENGTH_MIN || length > LENGTH_MAX) {
            return "has a token that is too " + (length < LENGTH_MIN ? "short" : "long") + ": length=" + length
                    + " min=" + LENGTH_MIN + " max=" + LENGTH_MAX + "; 'openssl rand -hex 32' makes one";
        }
        if (!TOKEN.matcher(token.token()).matches()) {
            return "has a token with characters that no header carries; 'openssl rand -hex 32' makes one";
        }
        if (others.stream().anyMatch(each -> each.token().equals(token.token()))) {
            return "has the token of a line above; whose it is could not be told";
        }
        return others.size() < COUNT_MAX ? "" : "is one too many: max=" + COUNT_MAX;
    }

    /** Whose a token is, null if nobody's; takes as long for any of one length. */
    public ApiToken find(String token) {
        byte[] shown = token.getBytes(StandardCharsets.UTF_8);
        ApiToken found = null;
        for (ApiToken each : all) {
            if (MessageDigest.isEqual(each.token().getBytes(StandardCharsets.UTF_8), shown)) {
                found = each;
            }
        }
        return found;
    }

    /** The first that may do all, or else the first. */
    public ApiToken best() {
        return all.stream().filter(each -> !each.readOnly()).findFirst().orElse(all.get(0));
    }

    /** Whose they are, in the order of the lines, and never a token. */
    @Override
    public String toString() {
        return all.stream().map(ApiToken::toString).collect(Collectors.joining(", "));
    }
}
