package io.fluxrig.mixer;

import io.fluxrig.engine.artefact.Artefact;
import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.artefact.Artefacts;
import io.fluxrig.mixer.registry.RegistryException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives mixers that share a registry what lies in this mixer's own files: of before it shared one, or put there by {@code fluxrig spec import}.
 * Desk only, while this mixer leads: {@value #AT_A_TIME} at a time, so that a desk which has many to give is none that hangs.
 */
final class OwnArtefacts {
    static final int AT_A_TIME = 20;

    private static final Logger LOG = LoggerFactory.getLogger(OwnArtefacts.class);

    private final ArtefactStore files;
    private final Artefacts shared;
    /** Those that are yet to be given, null before it was looked which. */
    private Deque<Artefact> left;

    OwnArtefacts(ArtefactStore files, Artefacts shared) {
        this.files = files;
        this.shared = shared;
    }

    /** Has it looked again what there is to give. */
    void lookAgain() {
        left = null;
    }

    /**
     * Gives some, if there are any left; one that cannot be given is told of, and keeps no other. Where the registry fails, the one that
     * it failed at is given last, and no further one before this is called again.
     */
    void giveSome() {
        try {
            if (left == null) {
                left = missing();
            }
            for (int i = 0; i < AT_A_TIME && !left.isEmpty(); i++) {
                Artefact next = left.remove();
                left.add(next);
                give(next);
                left.removeLast();
            }
        } catch (RegistryException away) {
            LOG.warn("this mixer's own files wait for the registry: {}", away.getMessage());
        }
    }

    private Deque<Artefact> missing() {
        try {
            Set<String> known = shared.list().stream().map(Artefact::reference).collect(Collectors.toSet());
            return files.list().stream()
                    .filter(each -> !known.contains(each.reference()))
                    .collect(Collectors.toCollection(ArrayDeque::new));
        } catch (ArtefactException unread) {
            LOG.error("nothing of this mixer's own files is given to the registry: {}", unread.getMessage());
            return new ArrayDeque<>();
        }
    }

    private void give(Artefact each) {
        try {
            shared.add(each.name(), each.tag(), files.content(each));
            LOG.info("{} of this mixer's own files is in the registry now", each.reference());
        } catch (ArtefactException kept) {
            LOG.error("{} of this mixer's own files is not in the registry: {}", each.reference(), kept.getMessage());
        }
    }
}
