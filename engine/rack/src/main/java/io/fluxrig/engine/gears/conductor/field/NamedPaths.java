package io.fluxrig.engine.gears.conductor.field;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.spec.Spec;
import java.util.List;

/**
 * The paths of some names in each dialect met so far; found by identity, so that the hot path compares pointers. One for
 * each strip; allocates when it meets a dialect for the first time.
 */
public final class NamedPaths {
    /** Dialects remembered at most; with more, the oldest is found anew each time. */
    private static final int DIALECTS_MAX = 32;

    private final List<String> names;
    private final boolean[] mtiClass;
    private final Spec[] specs = new Spec[DIALECTS_MAX];
    private final FieldPath[][] paths = new FieldPath[DIALECTS_MAX][];
    private int count;
    private int oldest;

    /** @param names as {@link FieldName} describes them, checked before */
    public NamedPaths(List<String> names) {
        this.names = List.copyOf(names);
        this.mtiClass = new boolean[names.size()];
        for (int i = 0; i < mtiClass.length; i++) {
            mtiClass[i] = names.get(i).equals(FieldName.MTI_CLASS);
        }
    }

    /** How many names there are. */
    public int size() {
        return mtiClass.length;
    }

    /** The path of each name, null where the dialect has none or where the name is {@link FieldName#MTI_CLASS}. */
    @SuppressWarnings("ReferenceEquality") // the catalog hands out one instance of each
    public FieldPath[] of(Spec spec) {
        for (int i = 0; i < count; i++) {
            if (specs[i] == spec) {
                return paths[i];
            }
        }
        return add(spec);
    }

    private FieldPath[] add(Spec spec) {
        FieldPath[] resolved = new FieldPath[names.size()];
        for (int i = 0; i < resolved.length; i++) {
            resolved[i] = isMtiClass(i) ? null : FieldName.resolve(names.get(i), spec);
        }
        int slot = count < DIALECTS_MAX ? count++ : oldest;
        oldest = (oldest + 1) % DIALECTS_MAX;
        specs[slot] = spec;
        paths[slot] = resolved;
        return resolved;
    }

    /** Whether the name at that place is {@link FieldName#MTI_CLASS}. */
    public boolean isMtiClass(int name) {
        return mtiClass[name];
    }
}
