package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.SpecCatalog;
import io.fluxrig.iso.spec.Spec;
import java.util.ArrayList;
import java.util.List;

/**
 * The dialects of the scenario that runs and of those that ran before, so that a message which was decoded under one of those, and
 * waits on a disk or in a ring, can still be made whole; and those of the change that is being made or was given up last, whose gears
 * may have sent something in their short life. A scenario enters the history once it runs, so that changes which are refused push out
 * none that ran.
 *
 * <p>Written by one thread at a time, whoever makes the change; any thread reads.
 */
final class SpecHistory {
    /** Scenarios whose dialects are known, the one that runs among them; beyond that the oldest are forgotten. */
    static final int CATALOGS_MAX = 16;

    /** Newest first. Never changed, but replaced. */
    private volatile List<SpecCatalog> ran;
    /** Of the change that was begun last and has not been entered; null if there is none. */
    private volatile SpecCatalog tried;
    /** Whether that change is still being made. */
    private volatile boolean trying;

    SpecHistory(SpecCatalog first) {
        ran = List.of(first);
    }

    /** Gears are about to be made under these. */
    void begin(SpecCatalog catalog) {
        tried = catalog;
        trying = true;
    }

    /** The change that was begun, if one was, runs. */
    void enter() {
        if (!trying) {
            return;
        }
        List<SpecCatalog> all = new ArrayList<>(ran);
        all.remove(tried);
        all.add(0, tried);
        ran = List.copyOf(all.subList(0, Math.min(all.size(), CATALOGS_MAX)));
        trying = false;
        tried = null;
    }

    /** The change that was begun does not come to run; its dialects stay known until another is begun. */
    void giveUp() {
        trying = false;
    }

    /** Under which gears are made. */
    SpecCatalog newest() {
        return trying ? tried : ran.get(0);
    }

    /** Of the scenario that runs. */
    SpecCatalog running() {
        return ran.get(0);
    }

    /** The spec of that {@code codec.spec_hash}, null if no scenario known here had it. */
    Spec byHash(String specHash) {
        for (SpecCatalog catalog : ran) {
            Spec spec = catalog.byHash(specHash);
            if (spec != null) {
                return spec;
            }
        }
        SpecCatalog last = tried;
        return last == null ? null : last.byHash(specHash);
    }
}
