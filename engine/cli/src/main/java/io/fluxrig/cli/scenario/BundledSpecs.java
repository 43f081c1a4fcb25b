package io.fluxrig.cli.scenario;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.mixer.MixerSpecs;
import io.fluxrig.engine.artefact.Artefact;
import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.artefact.BundledArtefacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The specs that lie beside a scenario that was exported, on their way to a mixer: those that its store lacks are put there, and what
 * their names stand for goes along with the scenario. One thread; blocks as the client does.
 */
final class BundledSpecs {
    private final Map<Artefact, byte[]> contents;

    private BundledSpecs(Map<Artefact, byte[]> contents) {
        this.contents = contents;
    }

    /**
     * Those beside a scenario's file; none where there is no such folder.
     *
     * @throws CommandFailure if one is gone, or was changed
     */
    static BundledSpecs beside(Path scenario) {
        ArtefactStore store = BundledArtefacts.of(scenario);
        Map<Artefact, byte[]> contents = new LinkedHashMap<>();
        try {
            for (Artefact each : store.list()) {
                contents.put(each, store.content(each));
            }
        } catch (ArtefactException damaged) {
            throw CommandFailure.failed(damaged.getMessage());
        }
        return new BundledSpecs(contents);
    }

    /** Their files, by their names below {@link BundledArtefacts#FOLDER}; none for none. */
    Map<String, byte[]> files() {
        return contents.isEmpty() ? Map.of() : BundledArtefacts.files(contents);
    }

    /** What they are called, with commas; empty for none. */
    String names() {
        return contents.keySet().stream().map(Artefact::reference).collect(Collectors.joining(", "));
    }

    /**
     * Puts those into a mixer's store that it lacks, and none of them where one cannot be.
     *
     * @return what those are called, with commas; empty for none
     * @throws CommandFailure if a tag names others there, or the mixer refuses one
     */
    String into(MixerSpecs mixer) {
        try {
            List<Artefact> lacking = new ArrayList<>();
            for (Artefact each : contents.keySet()) {
                Artefact there = tagged(mixer, each);
                if (there == null) {
                    lacking.add(each);
                } else if (!there.hash().equals(each.hash())) {
                    throw other(each, there, "the mixer's store has");
                }
            }
            for (Artefact each : lacking) {
                Artefact kept = mixer.add(each.name(), each.tag(), contents.get(each));
                if (!kept.hash().equals(each.hash())) {
                    throw other(each, kept, "the mixer kept");
                }
            }
            return lacking.stream().map(Artefact::reference).collect(Collectors.joining(", "));
        } catch (ArtefactException refused) {
            throw CommandFailure.failed(refused.getMessage());
        }
    }

    private static Artefact tagged(MixerSpecs mixer, Artefact sought) throws ArtefactException {
        return mixer.list(sought.name()).stream()
                .filter(each -> each.tag().equals(sought.tag()))
                .findFirst()
                .orElse(null);
    }

    private static CommandFailure other(Artefact own, Artefact there, String who) {
        return CommandFailure.failed(own.reference() + " in " + BundledArtefacts.FOLDER + " is sha256:" + own.hash()
                + ", and " + who + " sha256:" + there.hash()
                + " under that name, for ever; import this one under another tag ('fluxrig spec import'), name that in the"
                + " scenario, and remove the folder");
    }
}
