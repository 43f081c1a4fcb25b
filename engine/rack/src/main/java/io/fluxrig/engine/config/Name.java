package io.fluxrig.engine.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** What scenarios, racks, groups and gears may be called: what a wire, a metric and a file name can carry. */
public final class Name {
    /** What a name is made of, as a regular expression for all of it; {@link #LENGTH_MAX} is apart. */
    public static final String PATTERN = "[a-z0-9_-]+";

    /** Most characters of a name. */
    public static final int LENGTH_MAX = 64;

    /** Fix for a name with other characters. */
    public static final String FIX = "use lower-case letters, digits, '_' and '-'";

    private static final Pattern GOOD = Pattern.compile(PATTERN);

    /**
     * Why something cannot be called so.
     *
     * @param what what is wrong, with the name or its length
     * @param fix what to do
     */
    public record Refusal(String what, String fix) {}

    private Name() {}

    /** Empty for a good name. */
    public static Optional<Refusal> refusal(String name) {
        if (name.length() > LENGTH_MAX) {
            return Optional.of(new Refusal(
                    ScalarReader.quote(name) + " is too long for a name: length=" + name.length() + " max="
                            + LENGTH_MAX,
                    "choose a shorter one"));
        }
        return GOOD.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(new Refusal(ScalarReader.quote(name) + " is no name", FIX));
    }
}
