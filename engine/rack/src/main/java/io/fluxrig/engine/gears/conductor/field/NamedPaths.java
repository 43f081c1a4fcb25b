package io.fluxrig.engine.gears.conductor.field;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.spec.Spec;
import java.util.List;

/** The paths of some names in each dialect met so far. One for each strip; allocates when it meets a dialect for the first time. */
public final class NamedPaths {
    private final List<String> names;
    private final boolean[] mtiClass;
    private final PerDialect<FieldPath[]> paths = new PerDialect<>(this::resolve);

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
    public FieldPath[] of(Spec spec) {
        return paths.of(spec);
    }

    private FieldPath[] resolve(Spec spec) {
        FieldPath[] resolved = new FieldPath[names.size()];
        for (int i = 0; i < resolved.length; i++) {
            resolved[i] = isMtiClass(i) ? null : FieldName.resolve(names.get(i), spec);
        }
        return resolved;
    }

    /** Whether the name at that place is {@link FieldName#MTI_CLASS}. */
    public boolean isMtiClass(int name) {
        return mtiClass[name];
    }
}
