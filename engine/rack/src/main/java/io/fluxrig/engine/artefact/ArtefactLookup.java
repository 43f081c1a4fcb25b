package io.fluxrig.engine.artefact;

import io.fluxrig.engine.fault.Nearest;
import java.util.Comparator;
import java.util.List;

/** Finds by reference among the artefacts of a store. Immutable. */
public final class ArtefactLookup {
    private final List<Artefact> all;
    private final String where;

    /**
     * @param all in the order in which they were added
     * @param where the store is, for messages
     */
    public ArtefactLookup(List<Artefact> all, String where) {
        this.all = List.copyOf(all);
        this.where = where;
    }

    /**
     * What has a name, in the order in which it was added.
     *
     * @throws ArtefactLostException if nothing has it
     */
    public List<Artefact> history(String name) throws ArtefactException {
        List<Artefact> found =
                all.stream().filter(each -> each.name().equals(name)).toList();
        if (found.isEmpty()) {
            List<String> names =
                    all.stream().map(Artefact::name).distinct().sorted().toList();
            throw new ArtefactLostException("nothing is named '" + name + "' in " + where + "; "
                    + (names.isEmpty() ? "nothing was imported yet" : Nearest.fix(name, names)));
        }
        return found;
    }

    /**
     * What a reference names.
     *
     * @throws ArtefactLostException if that is nothing, with what there is
     * @throws ArtefactException if it is no reference, or begins more than one hash
     */
    public Artefact find(String reference) throws ArtefactException {
        if (!ArtefactStore.isReference(reference)) {
            throw new ArtefactException(
                    "'" + reference + "' is no reference; write name:tag, name:latest, or sha256: and at least "
                            + Reference.HASH_LENGTH_MIN + " digits");
        }
        if (reference.startsWith(Reference.HASH)) {
            return byHash(reference.substring(Reference.HASH.length()));
        }
        int colon = reference.indexOf(':');
        List<Artefact> history = history(reference.substring(0, colon));
        String tag = reference.substring(colon + 1);
        Artefact found = tag.equals(Reference.LATEST)
                ? latest(history)
                : tagged(history.get(0).name(), tag);
        if (found == null) {
            List<String> tags = history.stream().map(Artefact::tag).toList();
            throw new ArtefactLostException(
                    tag.equals(Reference.LATEST)
                            ? "no tag of " + history.get(0).name() + " is a version; name one: "
                                    + String.join(", ", tags)
                            : "no " + reference + " in " + where + "; " + Nearest.fix(tag, tags));
        }
        return found;
    }

    /** Whether there is something that {@link #find} finds. */
    public boolean has(String reference) {
        int colon = reference.indexOf(':') + 1;
        String behind = reference.substring(colon);
        String name = reference.substring(0, Math.max(0, colon - 1));
        return all.stream()
                .anyMatch(each -> reference.startsWith(Reference.HASH)
                        ? each.hash().startsWith(behind)
                        : each.name().equals(name)
                                && (each.tag().equals(behind)
                                        || behind.equals(Reference.LATEST) && SemVer.of(each.tag()) != null));
    }

    private Artefact byHash(String start) throws ArtefactException {
        List<Artefact> found =
                all.stream().filter(each -> each.hash().startsWith(start)).toList();
        if (found.isEmpty()) {
            throw new ArtefactLostException(
                    "no " + Reference.HASH + start + " in " + where + "; see 'fluxrig spec list'");
        }
        if (found.stream().map(Artefact::hash).distinct().count() > 1) {
            throw new ArtefactException(Reference.HASH + start + " begins more than one; give more digits");
        }
        return found.get(0);
    }

    /** Null if there is none. */
    Artefact tagged(String name, String tag) {
        return all.stream()
                .filter(each -> each.name().equals(name) && each.tag().equals(tag))
                .findFirst()
                .orElse(null);
    }

    private static Artefact latest(List<Artefact> history) {
        return history.stream()
                .filter(each -> SemVer.of(each.tag()) != null)
                .max(Comparator.comparing(each -> SemVer.of(each.tag())))
                .orElse(null);
    }
}
