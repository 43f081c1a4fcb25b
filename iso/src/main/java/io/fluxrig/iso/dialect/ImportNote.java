package io.fluxrig.iso.dialect;

import io.fluxrig.iso.spec.SpecFault;

/**
 * One difference between a description and the spec that it came to.
 *
 * @param severity how much it matters
 * @param path the field, such as {@code 48.3}, or the place in the file; empty for the whole of it
 * @param line line of the file, from 1
 * @param what what the description says
 * @param instead what is done here
 */
public record ImportNote(Severity severity, String path, int line, String what, String instead) {
    /** How much a difference matters; ordered from most to least. */
    public enum Severity {
        /** Bytes or meaning that a message may have are not expressed: refuse the import unless it is forced. */
        LOST,
        /** Done otherwise, as stated. */
        CHANGED,
        /** Does not concern the bytes, and is not carried on. */
        KEPT_ASIDE
    }

    public ImportNote {
        path = SpecFault.oneLine(path);
        what = SpecFault.oneLine(what);
    }

    /** {@code LOST 48.3 (line 7): what; instead}. */
    @Override
    public String toString() {
        String where = path.isEmpty() ? "" : " " + path;
        return severity + where + " (line " + line + "): " + what + "; " + instead;
    }
}
