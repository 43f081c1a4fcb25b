package io.fluxrig.mixer.scenario;

import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.artefact.Artefacts;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.ScenarioEntry;
import io.fluxrig.mixer.spec.NotKeptException;
import io.fluxrig.mixer.spec.Specs;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Versions of scenarios, in the artefact store that specs share. Desk only. */
public final class ScenarioVersions {
    private static final Logger LOG = LoggerFactory.getLogger(ScenarioVersions.class);

    private final Registry registry;
    private final Artefacts store;
    private final NamedSpecs named;
    private final LongSupplier bodyMax;
    private final InstantSource clock;

    /** @param bodyMax bytes of one message to racks at most; 0 while nobody knows */
    public ScenarioVersions(
            Registry registry, Artefacts store, Specs specs, LongSupplier bodyMax, InstantSource clock) {
        this.registry = registry;
        this.bodyMax = bodyMax;
        this.store = store;
        this.named = new NamedSpecs(specs);
        this.clock = clock;
    }

    /**
     * Keeps a bundle under its scenario's name and version, with the specs of the store that it names; the same one again changes nothing.
     *
     * @throws RefusedException if it is none, holds a private key, names a spec that there is not, is longer than NATS takes, or the version has
     *     other bytes, also where the store has lost those
     */
    public ScenarioEntry add(ScenarioBundle given, String who) throws RefusedException {
        for (Map.Entry<String, byte[]> file : given.files().entrySet()) {
            if (ScenarioBundle.holdsPrivateKey(file.getValue())) {
                throw RefusedException.conflict(
                        file.getKey() + " holds a private key, which is not kept here: put it on"
                                + " the racks and name it by an absolute path, or by a variable that holds one");
            }
        }
        ScenarioOutline outline = ScenarioOutline.of(given.mainBytes());
        ScenarioBundle bundle = whole(outline, given);
        byte[] bytes = bundle.write();
        if (bytes.length > ScenarioBundle.LENGTH_MAX) {
            throw RefusedException.conflict("the scenario with its files is too long: bytes=" + bytes.length + " max="
                    + ScenarioBundle.LENGTH_MAX);
        }
        String unfit =
                BundleFit.refusal(outline.name() + " " + outline.version(), bytes.length, bundle, bodyMax.getAsLong());
        if (!unfit.isEmpty()) {
            // kept, it could be activated nowhere, and its version would be taken
            throw RefusedException.conflict(unfit);
        }
        ScenarioEntry there = registry.scenario(outline.name(), outline.version());
        if (there != null && !there.hash().equals(ArtefactStore.hash(bytes))) {
            // also where the store has lost it, and would take any
            throw otherFiles(outline, given);
        }
        try {
            return there == null ? added(outline, bytes, who) : keptAgain(there, bytes, who);
        } catch (ArtefactException refused) {
            if (!isKept(outline)) {
                throw RefusedException.conflict(refused.getMessage());
            }
            throw there == null ? cutShort(outline, given) : otherFiles(outline, given);
        }
    }

    /** With its files, or not at all; where those lie beside the registry they are written last. */
    private ScenarioEntry added(ScenarioOutline outline, byte[] bytes, String who) throws ArtefactException {
        ScenarioEntry added = new ScenarioEntry(
                outline.name(), outline.version(), ArtefactStore.hash(bytes), bytes.length, clock.millis());
        String with = outline.specs().isEmpty() ? "" : ", with " + String.join(", ", outline.specs());
        String what = "sha256:" + added.hash() + with;
        try {
            registry.together(() -> {
                registry.add(added, AuditEntry.of(added.addedMs(), who, "scenario.import", added.title(), what));
                try {
                    store.add(Specs.SCENARIO + outline.name(), outline.version(), bytes);
                } catch (ArtefactException refused) {
                    throw new NotKeptException(refused);
                }
            });
        } catch (NotKeptException notKept) {
            throw notKept.refused();
        }
        return added;
    }

    private ScenarioEntry keptAgain(ScenarioEntry there, byte[] bytes, String who) throws ArtefactException {
        boolean damaged = !isWhole(there);
        store.add(Specs.SCENARIO + there.name(), there.version(), bytes);
        if (damaged && isWhole(there)) {
            registry.audit(who, "scenario.restore", there.title(), "sha256:" + there.hash(), clock.millis());
        }
        return there;
    }

    /** With what it names: what that was when this version was kept, if it was. */
    private ScenarioBundle whole(ScenarioOutline outline, ScenarioBundle given) throws RefusedException {
        ScenarioBundle kept = outline.specs().isEmpty() ? null : kept(outline);
        return kept != null && NamedSpecs.isOf(kept, given) ? kept : named.into(given, outline.specs());
    }

    private static RefusedException otherFiles(ScenarioOutline outline, ScenarioBundle given) {
        return RefusedException.conflict(outline.name() + " " + outline.version()
                + " was imported with other files, and stays what it was; write another meta.version in "
                + given.main());
    }

    /** Of files that nothing lists, which are not replaced: the registry may be an older one than they are. */
    private static RefusedException cutShort(ScenarioOutline outline, ScenarioBundle given) {
        return RefusedException.conflict("there are other files of " + outline.name() + " " + outline.version()
                + ", which no list has: an import was cut short, or the registry is an older copy; import those, or write"
                + " another meta.version in " + given.main());
    }

    /** Whether its files are in the store as they were kept. */
    private boolean isWhole(ScenarioEntry scenario) {
        try {
            return ArtefactStore.hash(bytes(scenario.name(), scenario.version()))
                    .equals(scenario.hash());
        } catch (ArtefactException lost) {
            LOG.debug("{} is not as it was kept: {}", scenario.title(), lost.getMessage());
            return false;
        }
    }

    private boolean isKept(ScenarioOutline outline) {
        try {
            return store.has(Specs.SCENARIO + outline.name(), outline.version());
        } catch (ArtefactException unreadable) {
            LOG.debug("whether {} is kept cannot be told: {}", outline.name(), unreadable.getMessage());
            return false;
        }
    }

    /** Null if there is none, or it is damaged: then the same files mend it. */
    private ScenarioBundle kept(ScenarioOutline outline) {
        try {
            String name = Specs.SCENARIO + outline.name();
            String version = outline.version();
            return store.has(name, version) ? ScenarioBundle.read(store.content(name, version)) : null;
        } catch (ArtefactException | IOException damaged) {
            LOG.warn("{} {} is kept anew: {}", outline.name(), outline.version(), damaged.getMessage());
            return null;
        }
    }

    /** The files of a version. */
    public ScenarioBundle bundle(ScenarioEntry scenario) throws RefusedException {
        return bundle(scenario, whole(scenario));
    }

    /** The files of a version, as they are sent. */
    byte[] whole(ScenarioEntry scenario) throws RefusedException {
        try {
            return bytes(scenario.name(), scenario.version());
        } catch (ArtefactException unread) {
            throw RefusedException.conflict(unread.getMessage());
        }
    }

    /** The same, told apart. */
    static ScenarioBundle bundle(ScenarioEntry scenario, byte[] bytes) throws RefusedException {
        try {
            return ScenarioBundle.read(bytes);
        } catch (IOException damaged) {
            throw RefusedException.conflict(scenario.title() + " is damaged: " + damaged.getMessage());
        }
    }

    /** A version that there is. */
    public ScenarioEntry find(String name, String version) throws RefusedException {
        ScenarioEntry found = registry.scenario(name, version);
        if (found == null) {
            List<ScenarioEntry> versions = registry.scenarios(name, null, 20);
            throw RefusedException.missing(
                    versions.isEmpty()
                            ? "no scenario '" + name + "' was imported: fluxrig scenario import FILE"
                            : "no version '" + version + "' of " + name + "; there are "
                                    + String.join(
                                            ", ",
                                            versions.stream()
                                                    .map(ScenarioEntry::version)
                                                    .toList()));
        }
        return found;
    }

    /** What can be told of a version by its main file. */
    public ScenarioOutline outline(ScenarioEntry scenario) throws RefusedException {
        return ScenarioOutline.of(bundle(scenario).mainBytes());
    }

    /** The bundle of a version, as it is sent; fails as {@link Artefacts#content}. */
    byte[] bytes(String name, String version) throws ArtefactException {
        return store.content(Specs.SCENARIO + name, version);
    }
}
