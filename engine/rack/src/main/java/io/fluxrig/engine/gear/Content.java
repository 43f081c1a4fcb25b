package io.fluxrig.engine.gear;

/** What a port takes or gives, as far as the scenario check tells wires that cannot work from those that can. */
public enum Content {
    /** An input that takes anything; an output that gives what came in, as it came. */
    ANY,
    /** Messages as bytes, as they stand on a socket. */
    BYTES,
    /** Decoded messages; an output's are in the dialect of the gear's {@code spec_path}. */
    FIELDS,
    /** Of an output: what came as bytes leaves as fields, and the other way round. */
    TURNED
}
