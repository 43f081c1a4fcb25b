package io.fluxrig.engine.scenario;

import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactSource;
import io.fluxrig.engine.config.ScalarReader;
import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.FileReason;
import io.fluxrig.engine.fault.Nearest;
import io.fluxrig.engine.fault.Place;
import io.fluxrig.engine.gear.SpecCatalog;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecFault;
import io.fluxrig.iso.spec.SpecLoad;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.iso.spec.SpecSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Loads each dialect that a scenario names once, and passes its faults on with their own file and line. */
final class SpecShelf {
    private final Path folder;
    private final ArtefactSource artefacts;
    private final SpecMemory.Use memory;
    private final Faults faults;
    private final Map<String, Spec> bySpecPath = new HashMap<>();
    private final Map<String, List<SpecSource>> sources = new HashMap<>();
    private final Set<String> tried = new LinkedHashSet<>();

    /**
     * @param folder where relative spec files start
     * @param artefacts where what is no file is looked for
     * @param memory of dialects that were loaded before
     */
    SpecShelf(Path folder, ArtefactSource artefacts, SpecMemory.Use memory, Faults faults) {
        this.memory = memory;
        this.folder = folder;
        this.artefacts = artefacts;
        this.faults = faults;
    }

    /** Loads the dialect of a {@code spec_path} that stands at {@code place}; the second time for one path does nothing. */
    void load(String specPath, Place place, String key) {
        if (!tried.add(specPath)) {
            return;
        }
        SpecLoad load = SpecLoader.bases().contains(specPath)
                ? memory.get(specPath, known -> true, () -> base(specPath))
                : fromFile(specPath, place, key);
        if (load == null) {
            return;
        }
        for (SpecFault fault : load.faults()) {
            faults.add(new Fault(
                    fault.severity() == SpecFault.Severity.ERROR ? Fault.Severity.ERROR : Fault.Severity.WARNING,
                    new Place(fault.file(), fault.line(), fault.column()),
                    fault.path(),
                    fault.message(),
                    fault.fix()));
        }
        if (load.ok()) {
            bySpecPath.put(specPath, load.spec());
            sources.put(specPath, load.sources());
        } else if (load.faults().isEmpty()) {
            faults.error(place, key, "the spec " + specPath + " does not load", "run 'fluxrig check' on it");
        }
    }

    /** The dialect of a path that was loaded; null if it has faults, or for null. */
    Spec find(String specPath) {
        return bySpecPath.get(specPath);
    }

    /** The file of a dialect, empty if it is built in. */
    Optional<Path> file(String specPath) {
        return SpecLoader.bases().contains(specPath)
                ? Optional.empty()
                : Optional.of(folder.resolve(specPath).normalize());
    }

    /** The files that a dialect was loaded from, itself first; none if nobody kept that. */
    List<SpecSource> sources(String specPath) {
        return sources.getOrDefault(specPath, List.of());
    }

    /** The dialects that have faults, as the scenario calls them. */
    List<String> unusable() {
        return tried.stream().filter(path -> !bySpecPath.containsKey(path)).toList();
    }

    /** Where relative file names of the scenario start. */
    Path folder() {
        return folder;
    }

    SpecCatalog catalog() {
        return new Loaded(Map.copyOf(bySpecPath));
    }

    private static SpecLoad base(String specPath) {
        return SpecLoader.load(specPath, SpecLoader.baseText(specPath).getBytes(StandardCharsets.UTF_8));
    }

    private SpecLoad fromFile(String specPath, Place place, String key) {
        Path file;
        try {
            file = folder.resolve(specPath).normalize();
        } catch (InvalidPathException noPath) {
            faults.error(
                    place,
                    key,
                    ScalarReader.quote(specPath) + " is no path: " + FileReason.noPath(specPath),
                    "name a spec file, or a built-in such as moov:spec87ascii");
            return null;
        }
        if (FileReason.unreadable(file) == null) {
            return memory.get(file.toString(), SpecLoad::isCurrent, () -> SpecLoader.load(shortest(file)));
        }
        if (specPath.indexOf(':') > 0) {
            return fromStore(specPath, place, key);
        }
        faults.error(
                place,
                key,
                "no readable spec file at " + file + FileReason.unreadableNote(file),
                FileReason.unreadableFix(file));
        return null;
    }

    private SpecLoad fromStore(String specPath, Place place, String key) {
        String nearest = Nearest.find(specPath, SpecLoader.bases());
        String fix = (nearest == null ? "" : "did you mean '" + nearest + "'? ") + "the built-in ones are "
                + String.join(", ", SpecLoader.bases().stream().sorted().toList())
                + "; 'fluxrig spec list' lists what is in the store";
        try {
            byte[] content = artefacts.content(specPath);
            return memory.get(specPath, known -> known.isOf(content), () -> SpecLoader.load(specPath, content));
        } catch (ArtefactException e) {
            faults.error(place, key, e.getMessage(), fix);
            return null;
        }
    }

    /** As the operator would name it from where they stand, so that faults can be clicked. */
    private static Path shortest(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file;
    }

    /** The dialects of one scenario, by what the scenario calls them. */
    private static final class Loaded implements SpecCatalog {
        private final Map<String, Spec> bySpecPath;
        private final Map<String, Spec> byHash = new HashMap<>();
        /** Of several with one id, the first by its path. */
        private final Map<String, Spec> byId = new HashMap<>();

        Loaded(Map<String, Spec> bySpecPath) {
            this.bySpecPath = bySpecPath;
            bySpecPath.values().forEach(spec -> byHash.put(spec.shortHash(), spec));
            new TreeMap<>(bySpecPath).values().forEach(spec -> byId.putIfAbsent(spec.id(), spec));
        }

        @Override
        public Spec bySpecPath(String specPath) {
            Spec spec = bySpecPath.get(specPath);
            if (spec == null) {
                throw new IllegalArgumentException(
                        "spec " + specPath + " was not loaded with the scenario: only keys called spec_path are");
            }
            return spec;
        }

        @Override
        public Spec byHash(String specHash) {
            return byHash.get(specHash);
        }

        @Override
        public Spec byId(String specId) {
            return byId.get(specId);
        }
    }
}
