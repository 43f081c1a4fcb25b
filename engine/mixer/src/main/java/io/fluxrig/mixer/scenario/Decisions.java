package io.fluxrig.mixer.scenario;

import io.fluxrig.engine.config.Name;
import io.fluxrig.engine.control.ScenarioBundle;
import io.fluxrig.mixer.bus.Carried;
import io.fluxrig.mixer.bus.PushLine;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.enrol.Logins;
import io.fluxrig.mixer.registry.ActivationEntry;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.ScenarioEntry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What racks are told to run: whether they can be, and that it is kept. Desk only. */
final class Decisions {
    private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);

    private final Registry registry;
    private final ScenarioVersions versions;
    private final WireGrants grants;
    private final ScenarioSender sender;
    private final PushLine line;
    private final Logins logins;
    private final InstantSource clock;

    Decisions(
            Registry registry,
            ScenarioVersions versions,
            WireGrants grants,
            ScenarioSender sender,
            PushLine line,
            Logins logins,
            InstantSource clock) {
        this.registry = registry;
        this.versions = versions;
        this.grants = grants;
        this.sender = sender;
        this.line = line;
        this.logins = logins;
        this.clock = clock;
    }

    /**
     * What some racks are to run, which they can be told to.
     *
     * @param warning of what an operator should know first; empty for nothing
     */
    record Decision(ScenarioEntry scenario, List<String> racks, byte[] bundle, String warning) {}

    /**
     * Changes nothing yet.
     *
     * @param racks names; empty for those that the scenario declares
     * @throws RefusedException if it cannot be
     */
    Decision about(ScenarioEntry scenario, List<String> racks) throws RefusedException {
        byte[] bytes = versions.whole(scenario);
        ScenarioBundle bundle = ScenarioVersions.bundle(scenario, bytes);
        ScenarioOutline outline = ScenarioOutline.of(bundle.mainBytes());
        List<String> declared = outline.racks();
        List<String> targets =
                (racks.isEmpty() ? declared : racks).stream().distinct().toList();
        if (targets.isEmpty()) {
            throw RefusedException.conflict(
                    scenario.title() + " declares no racks; say which are to run it: --rack NAME");
        }
        for (String rack : targets) {
            if (Name.refusal(rack).isPresent()) {
                throw RefusedException.conflict("no rack can have one of these names; " + Name.FIX);
            }
        }
        checkKnown(scenario, declared, targets);
        String unfit = BundleFit.refusal(scenario.title(), scenario.bytes(), bundle, line.bodyMax());
        if (!unfit.isEmpty()) {
            throw RefusedException.conflict(unfit);
        }
        grants.know(scenario.hash(), outline);
        return new Decision(scenario, targets, bytes, warning(scenario, outline));
    }

    private String warning(ScenarioEntry scenario, ScenarioOutline outline) {
        Carried carried = new FarWires(outline).carried();
        return carried.any() && logins.endWithMixer()
                ? scenario.title() + ": " + carried
                        + " over the mixer's own nats-server, which ends with the mixer: then racks"
                        + " send nothing there; snake.keep_server = true in the mixer's file keeps it"
                : "";
    }

    /** Keeps all of them, or none; what is to be sent. */
    Rollout keep(List<Decision> all, boolean restart, String who, String action) {
        long nowMs = clock.millis();
        List<ActivationEntry> kept = new ArrayList<>();
        registry.together(() -> {
            kept.clear();
            for (Decision each : all) {
                String title = each.scenario().title();
                String where = " on " + String.join(", ", each.racks());
                long given = registry.activate(
                        each.scenario(),
                        each.racks(),
                        restart,
                        nowMs,
                        id -> AuditEntry.of(nowMs, who, action, title, "activation " + id + where));
                each.racks().forEach(rack -> kept.add(waiting(given, rack, each.scenario(), restart, nowMs)));
            }
        });
        Map<String, byte[]> bundles = new HashMap<>();
        all.forEach(each -> bundles.put(each.scenario().hash(), each.bundle()));
        List<String> warnings = all.stream()
                .map(Decision::warning)
                .filter(each -> !each.isEmpty())
                .toList();
        warnings.forEach(LOG::warn);
        return new Rollout(grants, sender, kept, bundles, warnings);
    }

    private static ActivationEntry waiting(long id, String rack, ScenarioEntry scenario, boolean restart, long atMs) {
        return new ActivationEntry(
                id,
                rack,
                scenario.name(),
                scenario.version(),
                scenario.hash(),
                restart,
                atMs,
                ActivationEntry.WAITING,
                "",
                0);
    }

    /** What a name that was mistyped is to run would be anybody's who comes under it. */
    private void checkKnown(ScenarioEntry scenario, List<String> declared, List<String> targets)
            throws RefusedException {
        List<String> unknown = new ArrayList<>(
                targets.stream().filter(rack -> registry.rack(rack) == null).toList());
        unknown.removeAll(declared);
        if (!unknown.isEmpty()) {
            throw RefusedException.missing("no rack '" + String.join("', '", unknown) + "' has said hello, and "
                    + scenario.title() + " has none of that name under racks");
        }
    }
}
