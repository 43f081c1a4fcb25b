package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.SpecCatalog;
import io.fluxrig.iso.spec.Spec;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The dialects of the scenario that runs and of those that ran before, so that a message which was decoded under one of those, and
 * waits on a disk or in a ring, can still be made whole. Any thread.
 */
final class SpecHistory {
    /** Changes after which the dialects of a scenario are forgotten. */
    static final int CATALOGS_MAX = 16;

    private final List<SpecCatalog> catalogs = new CopyOnWriteArrayList<>();

    SpecHistory(SpecCatalog first) {
        catalogs.add(first);
    }

    void add(SpecCatalog catalog) {
        catalogs.add(0, catalog);
        if (catalogs.size() > CATALOGS_MAX) {
            catalogs.remove(CATALOGS_MAX);
        }
    }

    SpecCatalog newest() {
        return catalogs.get(0);
    }

    /** The spec of that {@code codec.spec_hash}, null if no scenario had it. */
    Spec byHash(String specHash) {
        for (SpecCatalog catalog : catalogs) {
            Spec spec = catalog.byHash(specHash);
            if (spec != null) {
                return spec;
            }
        }
        return null;
    }
}
