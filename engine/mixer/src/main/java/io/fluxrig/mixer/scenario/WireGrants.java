package io.fluxrig.mixer.scenario;

import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactLostException;
import io.fluxrig.engine.artefact.Artefacts;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.mixer.bus.WireRights;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.spec.Specs;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What racks may do on the wires between racks. Remembers the wires of the last {@value #KNOWN_MAX} bundles that it read, for each is asked for
 * by all of its racks, at one activation after the other. Desk only.
 */
final class WireGrants {
    static final int KNOWN_MAX = 64;

    private static final Logger LOG = LoggerFactory.getLogger(WireGrants.class);

    private final Registry registry;
    private final Artefacts store;
    /** By the hashes of bundles; the one that was asked for last at the end. */
    private final Map<String, FarWires> known = new LinkedHashMap<>(16, 0.75f, true);

    WireGrants(Registry registry, Artefacts store) {
        this.registry = registry;
        this.store = store;
    }

    /**
     * What a rack should run, and what it may be running until it has said that it does, have it do that.
     *
     * @throws ArtefactException if one of those cannot be read now
     */
    WireRights of(String rack) throws ArtefactException {
        ActivationEntry wanted = registry.wanted(rack);
        if (wanted == null) {
            return WireRights.NONE;
        }
        WireRights rights = of(wanted);
        if (wanted.ranWell()) {
            return rights;
        }
        for (ActivationEntry each : registry.activations(rack, wanted.id(), Scenarios.BEFORE_MAX)) {
            rights = each.neverRan() ? rights : rights.and(of(each));
            if (each.ranWell()) {
                return rights;
            }
        }
        return rights;
    }

    /**
     * What its rack does with that one; nothing, where its bundle is lost, or is none.
     *
     * @throws ArtefactException if it cannot be read now
     */
    WireRights of(ActivationEntry activation) throws ArtefactException {
        try {
            return wires(activation).of(activation.rack());
        } catch (ArtefactLostException | RefusedException | IOException gone) {
            LOG.error("rack {} may use no wires between racks: {}", activation.rack(), gone.getMessage());
            return WireRights.NONE;
        }
    }

    /** What was read of a bundle just now, which its racks are asked about next. */
    void know(String hash, ScenarioOutline outline) {
        known.put(hash, new FarWires(outline));
        if (known.size() > KNOWN_MAX) {
            known.remove(known.keySet().iterator().next());
        }
    }

    private FarWires wires(ActivationEntry activation) throws ArtefactException, RefusedException, IOException {
        FarWires wires = known.get(activation.hash());
        if (wires == null) {
            byte[] bundle = store.content(Specs.SCENARIO + activation.scenario(), activation.version());
            know(
                    activation.hash(),
                    ScenarioOutline.of(ScenarioBundle.read(bundle).mainBytes()));
            wires = known.get(activation.hash());
        }
        return wires;
    }
}
