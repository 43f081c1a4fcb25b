package io.fluxrig.mixer.scenario;

import io.fluxrig.engine.artefact.Artefact;
import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.Artefacts;
import java.util.List;

/** Counts how often a bundle is read. */
final class CountedArtefacts implements Artefacts {
    private final Artefacts behind;
    int read;
    boolean away;
    boolean broken;

    CountedArtefacts(Artefacts behind) {
        this.behind = behind;
    }

    @Override
    public Artefact add(String name, String tag, byte[] content) throws ArtefactException {
        return behind.add(name, tag, content);
    }

    @Override
    public List<Artefact> list() throws ArtefactException {
        return behind.list();
    }

    @Override
    public boolean has(String name, String tag) throws ArtefactException {
        return behind.has(name, tag);
    }

    @Override
    public byte[] content(String name, String tag) throws ArtefactException {
        read++;
        if (broken) {
            throw new ArtefactException("too many open files");
        }
        return behind.content(name, away ? "gone" : tag);
    }
}
