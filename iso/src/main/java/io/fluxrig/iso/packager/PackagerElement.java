package io.fluxrig.iso.packager;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An element of a packager file.
 *
 * @param name {@code isopackager}, {@code isofield}, {@code isofieldpackager} or anything else that stands there
 * @param line where it begins, from 1
 * @param attributes as written
 * @param children in the order of the file
 */
record PackagerElement(String name, int line, Map<String, String> attributes, List<PackagerElement> children) {
    static final String PACKAGER = "isopackager";
    static final String FIELD = "isofield";
    static final String FIELD_PACKAGER = "isofieldpackager";

    PackagerElement(String name, int line, Map<String, String> attributes) {
        this(name, line, attributes, new ArrayList<>());
    }

    boolean isField() {
        return name.equals(FIELD) || name.equals(FIELD_PACKAGER);
    }

    String attribute(String key, String otherwise) {
        return attributes.getOrDefault(key, otherwise);
    }

    /** The number behind a key; {@code otherwise} if it is absent or no number of up to seven digits. */
    int number(String key, int otherwise) {
        String text = attributes.get(key);
        return isNumber(text) ? Integer.parseInt(text.trim()) : otherwise;
    }

    static boolean isNumber(String text) {
        return text != null && text.trim().matches("[0-9]{1,7}");
    }

    /** The first of some keys behind which stands no number, so that {@link #number} takes it for absent; null if there is none. */
    String firstUnread(List<String> keys) {
        for (String key : keys) {
            String text = attributes.get(key);
            if (text != null && !text.matches("-?[0-9]{1,7}")) { // below zero is absent for jPOS too
                return key;
            }
        }
        return null;
    }

    boolean flag(String key, boolean otherwise) {
        String text = attributes.get(key);
        return text == null ? otherwise : text.trim().equalsIgnoreCase("true");
    }

    /** The class without the package that most of them stand in: {@code IFA_NUMERIC}, {@code packager.GenericPackager}. */
    static String shortName(String className) {
        return className.startsWith("org.jpos.") ? className.replaceFirst("^org\\.jpos\\.(iso\\.)?", "") : className;
    }
}
