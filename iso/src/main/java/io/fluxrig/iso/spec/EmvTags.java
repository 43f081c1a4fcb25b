package io.fluxrig.iso.spec;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tags of {@code emv-tags.txt}, for whatever a dialect says nothing about. Stateless. */
public final class EmvTags {
    private static final Map<String, EmvTag> ALL = read("emv-tags.txt");

    private EmvTags() {}

    /** Every tag, in the order of the file. */
    public static List<EmvTag> all() {
        return List.copyOf(ALL.values());
    }

    /** The tag that upper-case hex spells, or null if the table does not have it. */
    public static EmvTag find(String tag) {
        return ALL.get(tag);
    }

    /** The tag that stands last in a path, or null if no BER tag stands there or the table does not have it. */
    static EmvTag of(WireSpec wire, FieldPath path) {
        String text = path.toString();
        return isTag(wire, path) ? find(text.substring(text.lastIndexOf('.') + 1)) : null;
    }

    /** Whether what stands last in a path is a BER tag. */
    static boolean isTag(WireSpec wire, FieldPath path) {
        if (path.depth() == 0) {
            return false;
        }
        String[] keys = path.toString().split("\\.", -1);
        WireField field = wire.fields().get(path.field());
        boolean ber = false;
        for (int at = 1; at < keys.length; at++) {
            Composite holder = field == null ? null : field.composite();
            if (holder == null && !ber) {
                return false;
            }
            if (holder != null && holder.repeat() && ++at == keys.length) {
                return false;
            }
            // Below a template that the dialect does not take apart stand tags all the same.
            ber = holder == null || holder.layout() == Composite.Layout.BER_TLV;
            field = holder == null ? null : holder.parts().get(keys[at]);
        }
        return ber;
    }

    static Map<String, EmvTag> read(String resource) {
        Map<String, EmvTag> tags = new LinkedHashMap<>();
        try (InputStream in = EmvTags.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in the jar");
            }
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    EmvTag tag = tag(line);
                    tags.put(tag.tag(), tag);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Collections.unmodifiableMap(tags);
    }

    private static EmvTag tag(String line) {
        String[] words = line.split(" +", 4);
        boolean open = words[2].equals("open");
        Sensitivity sensitivity = open ? Sensitivity.CHD : Sensitivity.valueOf(words[2].toUpperCase(Locale.ROOT));
        EmvTag.Kind kind = EmvTag.Kind.valueOf(words[1].toUpperCase(Locale.ROOT));
        return new EmvTag(words[0], kind, sensitivity, !open && sensitivity.masks(), words[3]);
    }
}
