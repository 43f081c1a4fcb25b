package io.fluxrig.mixer.scenario;

import io.fluxrig.engine.artefact.Artefact;
import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactLookup;
import io.fluxrig.engine.artefact.BundledArtefacts;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.spec.Specs;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts the specs that a scenario names by reference into its bundle, as they are now: racks get them with it, and what is imported later
 * changes nothing about it. Desk only.
 */
final class NamedSpecs {
    private final Specs specs;

    NamedSpecs(Specs specs) {
        this.specs = specs;
    }

    /**
     * The bundle with what it names: where it brings an index of its own, as one that was exported does, what that says the names stand
     * for, with the store's bytes.
     *
     * @throws RefusedException if there is no such spec, the store has another one under that tag, or there is no room for it
     */
    ScenarioBundle into(ScenarioBundle bundle, List<String> references) throws RefusedException {
        String folder = folder(bundle);
        Map<String, byte[]> files = without(folder, bundle);
        ArtefactLookup brought = brings(bundle) ? brought(folder, bundle) : new ArtefactLookup(List.of(), folder);
        Map<Artefact, byte[]> contents = new LinkedHashMap<>();
        for (String reference : references) {
            Artefact found = find(reference, brought);
            contents.put(found, specs.content(found));
        }
        if (!contents.isEmpty()) {
            BundledArtefacts.files(contents).forEach((name, bytes) -> files.put(folder + name, bytes));
        }
        try {
            return ScenarioBundle.of(bundle.main(), files);
        } catch (IllegalArgumentException tooMany) {
            throw RefusedException.conflict("the specs that the scenario names do not fit in: " + tooMany.getMessage());
        }
    }

    private static ArtefactLookup brought(String folder, ScenarioBundle bundle) throws RefusedException {
        Map<String, byte[]> files = new TreeMap<>();
        bundle.files().forEach((name, bytes) -> {
            if (name.startsWith(folder)) {
                files.put(name.substring(folder.length()), bytes);
            }
        });
        try {
            return BundledArtefacts.named(files);
        } catch (ArtefactException unreadable) {
            throw RefusedException.conflict(unreadable.getMessage());
        }
    }

    private Artefact find(String reference, ArtefactLookup brought) throws RefusedException {
        try {
            if (!brought.has(reference)) {
                return specs.find(reference);
            }
            Artefact meant = brought.find(reference);
            Artefact kept = specs.find(meant.reference());
            if (!kept.hash().equals(meant.hash())) {
                throw RefusedException.conflict(meant.reference() + " of " + BundledArtefacts.FOLDER + " is sha256:"
                        + meant.hash() + ", and in the mixer's store it is sha256:" + kept.hash()
                        + "; give the one that came with the scenario another tag, and name that");
            }
            return kept;
        } catch (ArtefactException ambiguous) {
            throw RefusedException.conflict("spec_path " + reference + ": " + ambiguous.getMessage());
        } catch (RefusedException refused) {
            throw refused.missing()
                    ? RefusedException.conflict("spec_path " + reference + ": " + refused.getMessage())
                    : refused;
        }
    }

    /** Whether a bundle says itself what its names stand for. */
    private static boolean brings(ScenarioBundle bundle) {
        String folder = folder(bundle);
        return bundle.files().keySet().stream().anyMatch(name -> name.startsWith(folder));
    }

    /** Whether a bundle that is kept is this one with what it named then. */
    static boolean isOf(ScenarioBundle kept, ScenarioBundle given) {
        SortedMap<String, byte[]> own = without(folder(kept), kept);
        return kept.main().equals(given.main())
                && own.keySet().equals(given.files().keySet())
                && own.entrySet().stream()
                        .allMatch(file ->
                                Arrays.equals(file.getValue(), given.files().get(file.getKey())));
    }

    private static SortedMap<String, byte[]> without(String folder, ScenarioBundle bundle) {
        SortedMap<String, byte[]> own = new TreeMap<>(bundle.files());
        own.keySet().removeIf(name -> name.startsWith(folder));
        return own;
    }

    /** Beside the scenario's file. */
    private static String folder(ScenarioBundle bundle) {
        int slash = bundle.main().lastIndexOf('/') + 1;
        return bundle.main().substring(0, slash) + BundledArtefacts.FOLDER + "/";
    }
}
