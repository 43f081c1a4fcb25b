package io.fluxrig.mixer.registry;

import io.fluxrig.engine.artefact.Artefact;
import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactLostException;
import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.artefact.Artefacts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * Artefacts in the registry's database, so that every mixer has them: bytes by their hash, names beside. Nothing is ever changed or
 * taken away; added only while this mixer may make changes. Whose thread the registry is on.
 */
final class SqlArtefacts implements Artefacts {
    private final SqlStore store;
    private final Consumer<Runnable> changing;
    private final InstantSource clock;

    /** @param changing makes changes, all or none, if this mixer may */
    SqlArtefacts(SqlStore store, Consumer<Runnable> changing, InstantSource clock) {
        this.store = store;
        this.changing = changing;
        this.clock = clock;
    }

    @Override
    public Artefact add(String name, String tag, byte[] content) throws ArtefactException {
        ArtefactStore.check(name, tag, content);
        String hash = ArtefactStore.hash(content);
        long nowMs = clock.millis();
        boolean[] full = new boolean[1];
        changing.accept(() -> {
            full[0] = count() >= ArtefactStore.TAGS_MAX && !has(name, tag);
            if (full[0]) {
                return;
            }
            store.change("INSERT INTO blobs (hash, content) VALUES (?, ?) ON CONFLICT DO NOTHING", hash, content);
            store.change(
                    "INSERT INTO artefacts (name, tag, hash, added) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    name,
                    tag,
                    hash,
                    nowMs);
        });
        if (full[0]) {
            throw new ArtefactException("tags=" + ArtefactStore.TAGS_MAX + " max=" + ArtefactStore.TAGS_MAX
                    + " in the registry's database; use another registry");
        }
        Artefact there = find(name, tag);
        if (!there.hash().equals(hash)) {
            throw new ArtefactException(there.reference() + " is " + ArtefactStore.shown(there.hash())
                    + " for ever, and this is " + ArtefactStore.shown(hash) + "; give it another tag");
        }
        return there;
    }

    @Override
    public List<Artefact> list() {
        return store.query(
                "SELECT name, tag, hash, added FROM artefacts ORDER BY added, name, tag", SqlArtefacts::read);
    }

    @Override
    public byte[] content(String name, String tag) throws ArtefactException {
        Artefact artefact = find(name, tag);
        List<byte[]> found =
                store.query("SELECT content FROM blobs WHERE hash = ?", row -> row.bytes("content"), artefact.hash());
        if (found.isEmpty() || !ArtefactStore.hash(found.get(0)).equals(artefact.hash())) {
            throw new ArtefactLostException(artefact.reference() + ": its bytes in the database "
                    + (found.isEmpty() ? "are gone" : "were changed since they were kept")
                    + "; bring them back from a backup, or remove them and import the same file again");
        }
        return found.get(0);
    }

    private long count() {
        return store.query("SELECT count(*) AS n FROM artefacts", row -> row.number("n"))
                .get(0);
    }

    @Override
    public boolean has(String name, String tag) {
        return !store.query("SELECT tag FROM artefacts WHERE name = ? AND tag = ?", row -> row.text("tag"), name, tag)
                .isEmpty();
    }

    private Artefact find(String name, String tag) throws ArtefactException {
        List<Artefact> found = store.query(
                "SELECT name, tag, hash, added FROM artefacts WHERE name = ? AND tag = ?",
                SqlArtefacts::read,
                name,
                tag);
        if (found.isEmpty()) {
            throw new ArtefactLostException("no " + name + ":" + tag + " in the registry's database");
        }
        return found.get(0);
    }

    private static Artefact read(SqlStore.Columns row) {
        return new Artefact(
                row.text("name"), row.text("tag"), row.text("hash"), Instant.ofEpochMilli(row.number("added")));
    }
}
