package io.fluxrig.engine.scenario;

import io.fluxrig.engine.artefact.ArtefactSource;
import io.fluxrig.engine.config.Name;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.Place;
import java.nio.file.Path;
import java.util.List;

/** Checks one scenario's nodes section by section and puts the model together. One use each. */
final class ScenarioChecker {
    private final GearCatalog catalog;
    private final Path file;
    private final Path folder;
    private final ArtefactSource artefacts;
    private final SpecMemory.Use memory;
    private final Pace pace;
    private final Faults faults;
    private final List<String> notChecked;

    /**
     * @param artefacts as {@link ScenarioLoader} has it
     * @param memory of dialects
     * @param pace at which it checks
     * @param notChecked gets what faults kept from being looked at
     */
    ScenarioChecker(
            GearCatalog catalog,
            Path file,
            ArtefactSource artefacts,
            SpecMemory.Use memory,
            Pace pace,
            Faults faults,
            List<String> notChecked) {
        this.memory = memory;
        this.pace = pace;
        this.artefacts = artefacts;
        this.notChecked = notChecked;
        this.catalog = catalog;
        this.file = file;
        this.folder = file.toAbsolutePath().getParent();
        this.faults = faults;
    }

    /** The scenario; only to be used if no fault is an error. */
    Scenario check(YamlNode.Mapping root, String hash) {
        SpecShelf specs = new SpecShelf(folder, artefacts, memory, faults);
        KeyChecker keys = new KeyChecker(specs, pace, faults);
        CheckedConfig top = keys.check(root, ScenarioKeys.ALL, "");
        CheckedConfig meta = root.get("meta") instanceof YamlNode.Mapping ? (CheckedConfig) top.section("meta") : null;
        String name = meta == null ? null : meta.text("name");
        checkName(name, root.get("meta"), "meta.name", faults);

        RackChecker racks = new RackChecker(faults);
        List<RackDecl> rackDecls = racks.check(top.sections("racks"));
        GearChecker gears = new GearChecker(catalog, racks, keys, specs, faults);
        List<GearDecl> gearDecls = gears.check(top.sections("gears"), root.placeOf("gears"));
        WireChecker wires = new WireChecker(gearDecls, gears.named(), racks, faults);
        List<WireDecl> wireDecls = wires.check(top.sections("wires"));
        pace.breathe();
        boolean wired = root.get("wires") != null && !isEmptyList(root.get("wires"));
        if (wired) { // else one warning says it of all gears
            gears.checkDestinations(gearDecls, new DestinationChecker(wires, faults));
        }
        pace.breathe();
        new BindChecker(faults).check(gearDecls);
        ContentChecker contents = new ContentChecker(gearDecls, wireDecls, faults);
        contents.checkWires();
        pace.breathe();
        gears.checkWired(gearDecls, contents);
        pace.breathe();
        if (faults.hasErrors()) {
            notChecked.addAll(gears.notChecked());
            specs.unusable().forEach(spec -> notChecked.add("names of values against the dialect " + spec));
            notChecked.add("whether wires lead nowhere or run in circles, and answers come back");
        }
        if (isEmptyList(root.get("gears"))) {
            faults.error(
                    root.placeOf("gears"),
                    "gears",
                    "no gear is given",
                    "add one; 'fluxrig new scenario' writes some to start from");
        } else if (!gears.named().isEmpty() && !wired) {
            faults.warning(
                    root.placeOf("wires"),
                    "wires",
                    "no wire is given: no message passes from gear to gear",
                    "add wires such as { from: gear.out, to: other.in }");
        } else if (!faults.hasErrors()) {
            new WireAdvice(gearDecls, wireDecls, faults).give();
            WireWalk walk = new WireWalk(gearDecls, wireDecls);
            pace.breathe();
            new AnswerChecker(gearDecls, walk, faults).check();
            pace.breathe();
            new ScatteredAnswers(gearDecls, wireDecls, racks, walk, faults).check();
            pace.breathe();
            new StaleWireAdvice(gearDecls, walk, faults).give();
        }
        return new Scenario(
                file,
                name,
                meta == null ? null : meta.text("version"),
                hash,
                rackDecls,
                List.copyOf(gearDecls),
                wireDecls,
                specs.catalog());
    }

    private static boolean isEmptyList(YamlNode node) {
        return node instanceof YamlNode.Sequence list && list.items().isEmpty();
    }

    /** Reports a name that no wire, metric or subject could carry. */
    static void checkName(String name, YamlNode holder, String path, Faults faults) {
        if (name == null) {
            return;
        }
        Name.refusal(name).ifPresent(refusal -> {
            Place place = NodePath.find(holder, path.substring(path.lastIndexOf('.') + 1));
            faults.error(place, path, refusal.what(), refusal.fix());
        });
    }
}
