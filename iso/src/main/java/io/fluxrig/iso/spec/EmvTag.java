package io.fluxrig.iso.spec;

/**
 * A tag that everybody gives the same meaning: of the EMV books and ISO/IEC 7816.
 *
 * @param tag upper-case hex
 * @param kind what its bytes are
 * @param sensitivity how much harm it does when seen, where a spec does not say
 * @param certain whether it holds that for certain, so that a spec may only say more
 * @param name for people
 */
public record EmvTag(String tag, Kind kind, Sensitivity sensitivity, boolean certain, String name) {
    /** What the bytes of a value are. */
    public enum Kind {
        /** Digits, two a byte, zeros ahead. */
        N,
        /** Digits, two a byte, F behind. */
        CN,
        /** Letters and digits, one a byte. */
        AN,
        /** Characters, one a byte. */
        ANS,
        /** Bytes. */
        B,
        /** Elements of the same kind. */
        TEMPLATE;

        /** Whether the bytes are characters. */
        public boolean isText() {
            return this == AN || this == ANS;
        }
    }
}
