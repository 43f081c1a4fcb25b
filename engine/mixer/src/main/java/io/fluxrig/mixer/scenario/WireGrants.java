package io.fluxrig.mixer.scenario;

import io.fluxrig.engine.artefact.ArtefactException;
import io.fluxrig.engine.artefact.ArtefactLostException;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.mixer.bus.WireRights;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.enrol.Logins;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.Registry;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What racks may do on the wires between racks. Remembers the wires of the last {@value #KNOWN_MAX} bundles that it read, for each is asked for
 * by all of its racks, at one activation after the other. Desk only.
 */
final class WireGrants {
    static final int KNOWN_MAX = 64;

    /** Bundles that a rack may be running since one ran well there; of more the last ones count. */
    static final int SINCE_MAX = 100;

    private static final Logger LOG = LoggerFactory.getLogger(WireGrants.class);

    private final Registry registry;
    private final ScenarioVersions versions;
    private final Logins logins;
    /** By the hashes of bundles; the one that was asked for last at the end. */
    private final Map<String, FarWires> known = new LinkedHashMap<>(16, 0.75f, true);
    /** Racks whose rights could not be told, and why. */
    private final Map<String, String> untold = new HashMap<>();

    WireGrants(Registry registry, ScenarioVersions versions, Logins logins) {
        this.registry = registry;
        this.versions = versions;
        this.logins = logins;
    }

    /** As {@link #of(String)}; empty where that cannot be told now: what it has stays as it is, and at its next heartbeat it is tried again. */
    Optional<WireRights> now(String rack) {
        try {
            WireRights rights = of(rack);
            untold.remove(rack);
            return Optional.of(rights);
        } catch (ArtefactException notNow) {
            if (!notNow.getMessage().equals(untold.put(rack, notNow.getMessage()))) {
                LOG.error("what rack {} may do on wires between racks cannot be told: {}", rack, notNow.getMessage());
            }
            return Optional.empty();
        }
    }

    /**
     * Has nats-server know what racks may do, all at once: those that are to run by now what was kept for them then, and have not said that they
     * do. Of others it was told since, or there is nothing to tell.
     */
    void allow(Map<ActivationEntry, WireRights> found) {
        Map<String, ActivationEntry> wanted = registry.wanted(
                found.keySet().stream().map(ActivationEntry::rack).toList());
        Map<String, WireRights> rights = new HashMap<>();
        found.forEach((kept, may) -> {
            ActivationEntry now = wanted.get(kept.rack());
            if (now != null && now.id() == kept.id() && !now.ranWell()) {
                rights.put(kept.rack(), may);
            }
        });
        logins.allow(rights, false);
    }

    /** Has nats-server know in a moment what a rack may do by now. */
    void allowSoon(String rack) {
        now(rack).ifPresent(rights -> logins.allow(Map.of(rack, rights), true));
    }

    /** The same, where that could not be told. */
    void allowUntold(String rack) {
        if (untold.containsKey(rack)) {
            allowSoon(rack);
        }
    }

    void forget(String rack) {
        untold.remove(rack);
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
        for (ActivationEntry each : registry.mayRun(rack, wanted.id(), SINCE_MAX)) {
            rights = rights.and(of(each));
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
            byte[] bundle = versions.bytes(activation.scenario(), activation.version());
            know(
                    activation.hash(),
                    ScenarioOutline.of(ScenarioBundle.read(bundle).mainBytes()));
            wires = known.get(activation.hash());
        }
        return wires;
    }
}
