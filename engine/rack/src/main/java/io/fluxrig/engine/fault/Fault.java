package io.fluxrig.engine.fault;

import io.fluxrig.iso.mask.MaskingText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing wrong in a file: where, what, and what to write instead. Never carries a secret: values are quoted only where
 * the key is no credential, and a number as long as a card's that stands in quotes is masked as in the log.
 *
 * @param key path of the key, such as {@code gears[2].config.bind}; empty for the file as a whole
 * @param what what is wrong, with numbers
 * @param fix what to do, empty if {@code what} says it all
 */
public record Fault(Severity severity, Place place, String key, String what, String fix) {

    private static final Pattern QUOTED = Pattern.compile("'[^']*'");

    public Fault {
        what = masked(what);
        fix = masked(fix);
    }

    /** Paths stay as they are: they stand without quotes, and nobody finds a file by stars. */
    private static String masked(String text) {
        return MaskingText.isClean(text)
                ? text
                : QUOTED.matcher(text).replaceAll(found -> Matcher.quoteReplacement(MaskingText.scrub(found.group())));
    }

    /** An error keeps the file from being used; a warning does only under {@code --strict}. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** One line for a terminal: {@code file:line:column: error: key: what; fix}. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(160);
        line.append(place).append(": ").append(isError() ? "error" : "warning").append(": ");
        if (!key.isEmpty()) {
            line.append(key).append(": ");
        }
        line.append(what);
        if (!fix.isEmpty()) {
            line.append("; ").append(fix);
        }
        return line.toString();
    }
}
