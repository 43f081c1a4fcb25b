package io.fluxrig.engine.gears.macro;

import io.fluxrig.engine.fault.Nearest;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.perf.buffer.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A {@code set} block, compiled: values for fields, all made before any is set, so that each may read the message as it
 * was. A field that the spec says is raw bytes takes its value as hex text. Strip thread only; allocates nothing.
 */
public final class FieldValues {
    /** Bytes that all values of one block may have together. */
    private static final int SPACE = 4 * ValueTemplate.LENGTH_MAX;

    private final FieldPath[] paths;
    private final ValueTemplate[] values;
    private final boolean[] hex;
    private final int[] lengths;
    private final byte[] space;

    private FieldValues(List<FieldPath> paths, List<ValueTemplate> values, Spec spec) {
        this.paths = paths.toArray(new FieldPath[0]);
        this.values = values.toArray(new ValueTemplate[0]);
        hex = new boolean[values.size()];
        for (int i = 0; i < hex.length; i++) {
            hex[i] = spec != null && isBytes(spec, this.paths[i]);
        }
        lengths = new int[values.size()];
        space = new byte[values.isEmpty() ? 0 : SPACE + ValueTemplate.LENGTH_MAX];
    }

    /** Takes what is wrong with an entry. */
    @FunctionalInterface
    public interface Faults {
        void error(String field, String what, String fix);
    }

    /**
     * Compiles a block; faults are reported and their entries left out.
     *
     * @param tree a map of field to value as it stands in the scenario, null for an empty block
     * @param spec the dialect, for aliases and for macros that need it; may be null
     */
    public static FieldValues compile(Object tree, Spec spec, Faults faults) {
        List<FieldPath> paths = new ArrayList<>();
        List<ValueTemplate> values = new ArrayList<>();
        if (tree instanceof Map<?, ?> map) {
            ValueFit fit = spec == null ? null : new ValueFit(spec);
            map.forEach((key, value) -> add(String.valueOf(key), value, spec, fit, faults, paths, values));
        } else if (tree != null) {
            faults.error("", "is no map of fields to values", "write lines such as 39: \"00\"");
        }
        return new FieldValues(paths, values, spec);
    }

    private static void add(
            String key,
            Object value,
            Spec spec,
            ValueFit fit,
            Faults faults,
            List<FieldPath> paths,
            List<ValueTemplate> values) {
        FieldPath path = path(key, spec);
        if (path == null) {
            faults.error(key, "is no field of " + (spec == null ? "a message" : spec.id()), fix(key, spec));
        } else if (!(value instanceof String text)) {
            faults.error(key, "has a value that is not text", "put it in quotes, so that leading zeros stay");
        } else {
            try {
                ValueTemplate template = ValueTemplate.compile(text, path, spec);
                String misfit = fit == null
                                || template.constant() == null
                                || template.constant().isEmpty()
                        ? null
                        : fit.fault(path, template.constant(), isBytes(spec, path));
                if (misfit != null) {
                    faults.error(key, misfit, "correct the value");
                }
                values.add(template);
                paths.add(path);
            } catch (MacroSyntaxException wrong) {
                faults.error(key, wrong.getMessage(), "correct the value");
            }
        }
    }

    private static String fix(String key, Spec spec) {
        String nearest = spec == null ? null : Nearest.find(key, spec.aliases().keySet());
        return nearest == null
                ? "write a number, a path such as 55.91 or an alias of the spec"
                : "did you mean '" + nearest + "'?";
    }

    private static FieldPath path(String key, Spec spec) {
        if (spec != null) {
            return spec.path(key);
        }
        try {
            return FieldPath.parse(key);
        } catch (IllegalArgumentException notOne) {
            return null;
        }
    }

    /** Makes the values from the message as it is now; {@link #set} puts them in. */
    public void make(MacroState state, IsoMessage message) {
        int at = 0;
        for (int i = 0; i < values.length; i++) {
            lengths[i] = at <= SPACE ? values[i].write(state, message, space, at) : Macro.ABSENT;
            at += Math.max(0, lengths[i]);
        }
    }

    /** Sets what was made; a value that came to nothing removes its field. Wipes the values. */
    public void set(IsoMessage message) {
        int at = 0;
        for (int i = 0; i < values.length; i++) {
            FieldPath path = paths[i];
            if (lengths[i] < 0) {
                message.unset(path);
                continue;
            }
            if (path.field() == 0) {
                message.setMti(number(at, lengths[i]));
            } else if (hex[i]) {
                setHex(message, path, at, lengths[i]);
            } else {
                message.set(path, space, at, lengths[i]);
            }
            at += lengths[i];
        }
        Bytes.wipe(space, 0, at);
    }

    /** Sets a field of raw bytes from its hex text, in place; what is no hex comes to nothing. */
    private void setHex(IsoMessage message, FieldPath path, int at, int length) {
        for (int i = 0; i + 1 < length; i += 2) {
            int high = Character.digit(space[at + i], 16);
            int low = Character.digit(space[at + i + 1], 16);
            if (high < 0 || low < 0) {
                message.unset(path);
                return;
            }
            space[at + i / 2] = (byte) (high << 4 | low);
        }
        message.setBytes(path, space, at, length / 2);
    }

    private static boolean isBytes(Spec spec, FieldPath path) {
        WireField field = spec.wire().fields().get(path.field());
        String[] keys = path.toString().split("\\.", -1);
        for (int i = 1; i < keys.length && field != null; i++) {
            field = field.composite() == null ? null : field.composite().parts().get(keys[i]);
        }
        return field != null && field.type().isBytes();
    }

    private int number(int at, int length) {
        int number = 0;
        for (int i = 0; i < length; i++) {
            number = number * 10 + space[at + i] - '0';
        }
        return number;
    }
}
