package io.fluxrig.iso.spec;

import java.util.List;

/**
 * How a field is used in some messages.
 *
 * @param mtis message types as numbers ({@code "0110"} is 110), empty for all
 * @param presence whether it must, may or must not be there
 * @param when condition under which that holds, empty for always; see {@link io.fluxrig.iso.rule.Condition}
 * @param responseValue where an answer takes it from
 * @param note for people
 */
public record Usage(List<Integer> mtis, Presence presence, String when, ResponseValue responseValue, String note) {
    /** Whether a field is there. */
    public enum Presence {
        MANDATORY,
        OPTIONAL,
        FORBIDDEN
    }

    /** Where the value of an answer's field comes from. */
    public enum ResponseValue {
        /** Not said. */
        UNSPECIFIED,
        /** The request's value. */
        ECHO,
        /** Made by whoever answers. */
        NEW,
        /** The request's value, changed. */
        MODIFIED
    }

    public Usage {
        mtis = List.copyOf(mtis);
    }

    /** Whether this is about that message type. */
    public boolean concerns(int mti) {
        return mtis.isEmpty() || mtis.contains(mti);
    }
}
