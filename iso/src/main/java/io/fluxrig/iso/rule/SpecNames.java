package io.fluxrig.iso.rule;

import io.fluxrig.iso.codec.FieldPath;
import java.util.Set;

/**
 * What a condition may call the fields of a message, and how their values compare. A spec is one; {@link #NUMBERS} is
 * for messages without a spec. Read at compile time only.
 */
public interface SpecNames {
    /** Field numbers and paths only: any number is known, no alias is, and nothing is declared a number. */
    SpecNames NUMBERS = new SpecNames() {
        @Override
        public FieldPath resolve(String alias) {
            return null;
        }

        @Override
        public boolean defines(FieldPath path) {
            return true;
        }

        @Override
        public boolean numeric(FieldPath path) {
            return false;
        }

        @Override
        public Set<String> aliasNames() {
            return Set.of();
        }
    };

    /** The path that an alias stands for, or null. */
    FieldPath resolve(String alias);

    /** Whether the dialect has this field. */
    boolean defines(FieldPath path);

    /** Whether the values are numbers and so compare by size: amounts, numeric formats, and signed amounts ({@code x+n}). */
    boolean numeric(FieldPath path);

    /** All aliases, to suggest one for a misspelt name. */
    Set<String> aliasNames();
}
