package io.fluxrig.load.mix;

import java.util.List;

/** The keys of a mix file and their bounds, for its reader and its schema. */
final class MixKeys {
    static final String MIX = "mix";
    static final String NAME = "name";
    static final String FIELDS = "fields";
    static final String TEMPLATES = "templates";
    static final String WEIGHT = "weight";
    static final String MTI = "mti";

    static final List<String> OF_MIX = List.of(NAME, FIELDS, TEMPLATES);
    static final List<String> OF_TEMPLATE = List.of(NAME, WEIGHT, MTI, FIELDS);

    static final int WEIGHT_MAX = 1_000_000;
    static final int FIELD_MIN = 2;
    static final int FIELD_MAX = 192;
    static final String MTI_PATTERN = "[0-9]{4}";

    private MixKeys() {}
}
