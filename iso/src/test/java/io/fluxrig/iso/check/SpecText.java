package io.fluxrig.iso.check;

import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import java.nio.charset.StandardCharsets;

/** Specs from the text of a test. */
final class SpecText {
    private SpecText() {}

    static Spec load(String yaml) {
        return SpecLoader.load("test.yaml", yaml.getBytes(StandardCharsets.UTF_8))
                .orThrow();
    }

    /** Over ISO 8583:1987 in ASCII with the usual chip tags in DE 55; the lines go below {@code spec:}. */
    static Spec v87(String lines) {
        return load("""
                spec:
                  id: a
                  version: 1.0.0
                  wire:
                    source: moov:spec87ascii
                    fields:
                      55:
                        type: Composite
                        length: 255
                        prefix: ASCII.LLL
                        subfields:
                          layout: tlv
                          unknown_tags: preserve
                          parts:
                            - { tag: "9F02", type: Numeric, length: 6 }
                            - { tag: "9F26", type: Binary, length: 8 }
                            - { tag: "9F27", type: Binary, length: 1 }
                            - { tag: "9A", type: Numeric, length: 3 }
                """ + lines.indent(2));
    }
}
