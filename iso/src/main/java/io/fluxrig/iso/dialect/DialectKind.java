package io.fluxrig.iso.dialect;

/** What kind of description a file is, told by its content and not by its name. */
public enum DialectKind {
    /** Our own spec, in YAML or JSON. */
    FLUXRIG_YAML,
    /** A moov-io/iso8583 spec, in JSON or YAML. */
    MOOV,
    /** A jPOS packager, in XML. */
    JPOS_XML
}
