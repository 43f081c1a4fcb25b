package io.fluxrig.engine.artefact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The artefacts that a scenario names, as files that go with it: a store of their own, laid out as {@link StoreFiles} has it, in a
 * folder beside the scenario's file. Its index says what each name stood for when the scenario was kept, so that {@code name:latest}
 * stays the one that it was then. The same artefacts make the same bytes.
 */
public final class BundledArtefacts {
    /** Of the folder. */
    public static final String FOLDER = "bundled-artefacts";

    private BundledArtefacts() {}

    /**
     * The files, by their names below {@link #FOLDER} with {@code /}.
     *
     * @param contents of the artefacts
     */
    public static Map<String, byte[]> files(Map<Artefact, byte[]> contents) {
        Map<String, Artefact> named = new TreeMap<>();
        contents.keySet()
                .forEach(each ->
                        named.put(each.reference(), new Artefact(each.name(), each.tag(), each.hash(), Instant.EPOCH)));
        StoreFiles layout = new StoreFiles(Path.of(""));
        Map<String, byte[]> files = new LinkedHashMap<>();
        try {
            files.put(name(layout.index()), StoreIndex.write(List.copyOf(named.values())));
        } catch (IOException notInMemory) {
            throw new UncheckedIOException(notInMemory);
        }
        contents.forEach((each, bytes) -> files.put(name(layout.blob(each.hash())), bytes));
        return files;
    }

    private static String name(Path file) {
        return file.toString().replace('\\', '/');
    }

    /**
     * What those files say that names stand for.
     *
     * @param files as {@link #files} makes them; no bytes of artefacts are needed
     * @throws ArtefactException if they have no index, or one that cannot be read
     */
    public static ArtefactLookup named(Map<String, byte[]> files) throws ArtefactException {
        byte[] index = files.get(name(new StoreFiles(Path.of("")).index()));
        if (index == null) {
            throw new ArtefactException(FOLDER + " has no index: bring it back, or remove the folder");
        }
        try {
            return new ArtefactLookup(StoreIndex.read(index), FOLDER);
        } catch (IOException unreadable) {
            throw new ArtefactException(
                    "the index in " + FOLDER + " cannot be read: " + unreadable.getMessage()
                            + "; bring it back, or remove the folder",
                    unreadable);
        }
    }

    /** What goes with a scenario: empty where nothing does. */
    public static ArtefactStore of(Path scenario) {
        return new ArtefactStore(scenario.resolveSibling(FOLDER), InstantSource.system());
    }

    /**
     * What goes with a scenario, and what else there is where that is not named.
     *
     * @param scenario its file
     */
    public static ArtefactSource beside(Path scenario, ArtefactSource otherwise) {
        ArtefactStore bundled = of(scenario);
        return reference -> bundled.has(reference) ? bundled.content(reference) : otherwise.content(reference);
    }
}
