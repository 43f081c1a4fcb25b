package io.fluxrig.iso.packager;

/**
 * One difference between a packager file and what became of it.
 *
 * @param kind how much it matters
 * @param path the field, such as {@code 48.3}; empty for the whole file
 * @param line line of the packager file, from 1
 * @param what what the packager says
 * @param instead what is done with it here, or what to do about it
 */
public record Finding(Kind kind, String path, int line, String what, String instead) {
    /** How much a difference matters; ordered from most to least. */
    public enum Kind {
        /** The file cannot be understood, in whole or at this field: there is nothing to go on with. */
        FAULT,
        /** Bytes or meaning that a message may have are not expressed: the field was left out or is not taken apart. */
        LOST,
        /** Done otherwise, as stated. */
        CHANGED,
        /** Does not concern the bytes, and is not carried on. */
        ASIDE
    }

    /** The field of the message that it is about: {@code 48} of {@code 48.3}; empty for the whole file. */
    public String field() {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }
}
