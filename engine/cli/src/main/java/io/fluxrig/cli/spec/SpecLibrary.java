package io.fluxrig.cli.spec;

import io.fluxrig.cli.mixer.MixerSpecs;
import io.fluxrig.engine.artefact.Artefact;
import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactSource;
import io.fluxrig.engine.artefact.ArtefactStore;
import java.util.List;

/** Where specs are kept under names and tags: a folder, or a mixer's store. One thread; may block. */
interface SpecLibrary extends ArtefactSource {

    /** As {@link ArtefactStore#add}. */
    Artefact add(String name, String tag, byte[] yaml) throws ArtefactException;

    /** Everything there is, in the order in which it was added. */
    List<Artefact> list() throws ArtefactException;

    /** As {@link ArtefactStore#history}. */
    List<Artefact> history(String name) throws ArtefactException;

    /** A folder's. */
    record Local(ArtefactStore store) implements SpecLibrary {
        @Override
        public byte[] content(String reference) throws ArtefactException {
            return store.content(reference);
        }

        @Override
        public Artefact add(String name, String tag, byte[] yaml) throws ArtefactException {
            return store.add(name, tag, yaml);
        }

        @Override
        public List<Artefact> list() throws ArtefactException {
            return store.list();
        }

        @Override
        public List<Artefact> history(String name) throws ArtefactException {
            return store.history(name);
        }
    }

    /** A mixer's. */
    record Remote(MixerSpecs specs) implements SpecLibrary {
        @Override
        public byte[] content(String reference) throws ArtefactException {
            return specs.content(reference);
        }

        @Override
        public Artefact add(String name, String tag, byte[] yaml) throws ArtefactException {
            return specs.add(name, tag, yaml);
        }

        @Override
        public List<Artefact> list() throws ArtefactException {
            return specs.list("");
        }

        @Override
        public List<Artefact> history(String name) throws ArtefactException {
            List<Artefact> found = specs.list(name);
            if (found.isEmpty()) {
                throw new ArtefactException("nothing is named '" + name + "' in the mixer's store; see 'spec list'");
            }
            return found;
        }
    }
}
