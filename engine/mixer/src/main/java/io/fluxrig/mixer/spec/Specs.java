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
    private final boolean inRegistry;
    private final Registry registry;
    private final InstantSource clock;

    /** @param inRegistry whether the store lies in the registry's database, and not in files beside it */
    public Specs(Artefacts store, boolean inRegistry, Registry registry, InstantSource clock) {
        this.store = store;
        this.inRegistry = inRegistry;
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
     * Keeps one under a name and a tag, with a line that says so; the same bytes again change nothing. In the registry both are kept, or
     * neither; of files the line is kept first, and stays where the file cannot be written then.
     *
     * @throws RefusedException if the tag names other bytes, nothing can be called so, or a file cannot be written, with what is kept of it
     */
    public Artefact add(String name, String tag, byte[] content, String who) throws RefusedException {
        if (name.startsWith(SCENARIO)) {
            throw RefusedException.conflict("names with " + SCENARIO + " ahead are of scenarios; choose another");
        }
        try {
            return inRegistry ? addTogether(name, tag, content, who) : addToFiles(name, tag, content, who);
        } catch (ArtefactException refused) {
            throw RefusedException.conflict(refused.getMessage());
        }
    }

    private Artefact addTogether(String name, String tag, byte[] content, String who) throws ArtefactException {
        Artefact[] kept = new Artefact[1];
        try {
            registry.together(() -> {
                try {
                    writeDown(store.has(name, tag), name, tag, content, who);
                    kept[0] = store.add(name, tag, content);
                } catch (ArtefactException refused) {
                    throw new NotKeptException(refused);
                }
            });
        } catch (NotKeptException notKept) {
            throw notKept.refused();
        }
        return kept[0];
    }

    private Artefact addToFiles(String name, String tag, byte[] content, String who)
            throws ArtefactException, RefusedException {
        ArtefactStore.check(name, tag, content);
        Artefact there = store.list().stream()
                .filter(each -> each.name().equals(name) && each.tag().equals(tag))
                .findFirst()
                .orElse(null);
        if (there != null && !there.hash().equals(ArtefactStore.hash(content))) {
            return store.add(name, tag, content); // says why not
        }
        boolean written = writeDown(there != null, name, tag, content, who);
        try {
            return store.add(name, tag, content);
        } catch (ArtefactException notKept) {
            throw RefusedException.conflict(
                    notKept.getMessage() + (written ? "; import it again then: the audit log has it already" : ""));
        }
    }

    /** Whether there was no line yet that says so. */
    private boolean writeDown(boolean there, String name, String tag, byte[] content, String who) {
        String reference = name + ":" + tag;
        String what = "sha256:" + ArtefactStore.hash(content);
        boolean write = !there || !registry.isAudited(IMPORT, reference, what);
        if (write) {
            registry.audit(who, IMPORT, reference, what, clock.millis());
        }
        return write;
    }
}
