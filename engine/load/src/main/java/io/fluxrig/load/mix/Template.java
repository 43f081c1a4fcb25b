package io.fluxrig.load.mix;

import java.util.Map;
import java.util.TreeMap;

/**
 * One kind of message in a mix.
 *
 * @param name for reports
 * @param weight share of the mix, relative to the other templates, above 0
 * @param mti as a decimal number, 100 for {@code 0100}
 * @param fields DE number to value; a value is text with macros in it, see {@link Macro}
 */
public record Template(String name, int weight, int mti, Map<Integer, String> fields) {

    public Template {
        fields = Map.copyOf(new TreeMap<>(fields));
    }
}
