package io.fluxrig.mixer.scenario;

import io.fluxrig.engine.artefact.Artefact;
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
     * The bundle with what it names.
     *
     * @throws RefusedException if there is no such spec, or no room for it
     */
    ScenarioBundle into(ScenarioBundle bundle, List<String> references) throws RefusedException {
        String folder = folder(bundle);
        if (bundle.files().keySet().stream().anyMatch(name -> name.startsWith(folder))) {
            throw RefusedException.conflict("the folder " + folder
                    + " is where the mixer puts the specs that a scenario names: leave it out, or call it otherwise");
        }
        if (references.isEmpty()) {
            return bundle;
        }
        Map<Artefact, byte[]> contents = new LinkedHashMap<>();
        for (String reference : references) {
            Artefact found = find(reference);
            contents.put(found, specs.content(found));
        }
        Map<String, byte[]> files = new TreeMap<>(bundle.files());
        BundledArtefacts.files(contents).forEach((name, bytes) -> files.put(folder + name, bytes));
        try {
            return ScenarioBundle.of(bundle.main(), files);
        } catch (IllegalArgumentException tooMany) {
            throw RefusedException.conflict("the specs that the scenario names do not fit in: " + tooMany.getMessage());
        }
    }

    private Artefact find(String reference) throws RefusedException {
        try {
            return specs.find(reference);
        } catch (RefusedException missing) {
            throw RefusedException.conflict("spec_path " + reference + ": " + missing.getMessage());
        }
    }

    /** Whether a bundle that is kept is this one with what it named then. */
    static boolean isOf(ScenarioBundle kept, ScenarioBundle given) {
        SortedMap<String, byte[]> own = new TreeMap<>(kept.files());
        own.keySet().removeIf(name -> name.startsWith(folder(kept)));
        return kept.main().equals(given.main())
                && own.keySet().equals(given.files().keySet())
                && own.entrySet().stream()
                        .allMatch(file ->
                                Arrays.equals(file.getValue(), given.files().get(file.getKey())));
    }

    /** Beside the scenario's file. */
    private static String folder(ScenarioBundle bundle) {
        int slash = bundle.main().lastIndexOf('/') + 1;
        return bundle.main().substring(0, slash) + BundledArtefacts.FOLDER + "/";
    }
}
