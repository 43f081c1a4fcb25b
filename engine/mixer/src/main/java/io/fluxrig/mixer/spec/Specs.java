package io.fluxrig.mixer.spec;

import io.fluxrig.engine.artefact.Artefact;
import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactLookup;
import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.artefact.Artefacts;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.registry.Registry;
import java.time.InstantSource;
import java.util.List;

/** The dialects in the artefact store: everything there but scenarios. Desk only. */
public final class Specs {
    /** Ahead of a scenario's name in the artefact store, which specs share. */
    public static final String SCENARIO = "scenario.";

    private static final String IMPORT = "spec.import";

    private final Artefacts store;
    private final Registry registry;
    private final InstantSource clock;

    public Specs(Artefacts store, Registry registry, InstantSource clock) {
        this.store = store;
        this.registry = registry;
        this.clock = clock;
    }

    /** All, or those of one name, in the order in which they were added. */
    public List<Artefact> list(String name) throws RefusedException {
        try {
            return all().stream()
                    .filter(each -> name.isEmpty() || each.name().equals(name))
                    .toList();
        } catch (ArtefactException untold) {
            throw RefusedException.conflict(untold.getMessage());
        }
    }

    private List<Artefact> all() throws ArtefactException {
        return store.list().stream()
                .filter(each -> !each.name().startsWith(SCENARIO))
                .toList();
    }

    /** What a reference names. */
    public Artefact find(String reference) throws RefusedException {
        List<Artefact> all = list("");
        try {
            return new ArtefactLookup(all, "the mixer's store").find(reference);
        } catch (ArtefactException missing) {
            throw RefusedException.missing(missing.getMessage());
        }
    }

    /** The bytes of one. */
    public byte[] content(Artefact spec) throws RefusedException {
        try {
            return store.content(spec.name(), spec.tag());
        } catch (ArtefactException damaged) {
            throw RefusedException.conflict(damaged.getMessage());
        }
    }

    /**
     * Keeps one under a name and a tag, with a line that says so; the same bytes again change nothing. Where they lie in files the line is
     * kept ahead of them; of one that was cut short behind it, whoever asks again writes the line.
     *
     * @throws RefusedException if the tag names other bytes, or nothing can be called so
     */
    public Artefact add(String name, String tag, byte[] content, String who) throws RefusedException {
        if (name.startsWith(SCENARIO)) {
            throw RefusedException.conflict("names with " + SCENARIO + " ahead are of scenarios; choose another");
        }
        Artefact[] kept = new Artefact[1];
        try {
            registry.together(() -> kept[0] = addWritten(name, tag, content, who));
        } catch (NotKeptException refused) {
            throw RefusedException.conflict(refused.getMessage());
        }
        return kept[0];
    }

    private Artefact addWritten(String name, String tag, byte[] content, String who) {
        String reference = name + ":" + tag;
        String what = "sha256:" + ArtefactStore.hash(content);
        try {
            if (!store.has(name, tag) || !registry.isAudited(IMPORT, reference, what)) {
                registry.audit(who, IMPORT, reference, what, clock.millis());
            }
            return store.add(name, tag, content);
        } catch (ArtefactException refused) {
            throw new NotKeptException(refused);
        }
    }

    /** Takes back the line with it. */
    private static final class NotKeptException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotKeptException(ArtefactException refused) {
            super(refused.getMessage(), refused);
        }
    }
}
