package io.fluxrig.cli.config;

import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Json;
import io.fluxrig.cli.console.Table;
import io.fluxrig.cli.options.NodeOptions;
import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfigLoad;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluxrig inspect}: what a node would run with. */
@Command(name = "inspect", description = "What a rack would run with: inspect config.")
public final class InspectCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private final Console console;

    public InspectCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            description = {
                "Every key of the node file: its value and where that came from.",
                "With a scenario also each gear that has a dialect, and the dialect's hash."
            })
    int config(
            @Parameters(arity = "0..1", paramLabel = "SCENARIO", description = "whose dialects to show") Path scenario,
            @Mixin NodeOptions node,
            @Option(names = "--json", description = "one JSON object") boolean json,
            @Option(names = "--mixer", description = "of a mixer: config/mixer.toml") boolean mixer) {
        NodeConfigLoad load = mixer
                ? NodeConfigLoader.load(MixerKeys.FILE, node.mixerFile(), console.environment(), node.settings())
                : node.load(console.environment());
        load.faults().forEach(fault -> console.err().println(fault));
        if (!load.ok()) {
            return ExitCode.CONFIG;
        }
        List<Dialect> dialects = scenario == null ? List.of() : dialects(scenario, load.config());
        if (dialects == null) {
            return ExitCode.CONFIG;
        }
        if (json) {
            Map<String, Object> root = new LinkedHashMap<>();
            load.config().all().forEach(setting -> root.put(setting.name(), object(setting)));
            if (scenario != null) {
                root.put("dialects", dialects.stream().map(Dialect::object).toList());
            }
            console.out().println(Json.line(root));
            return ExitCode.DONE;
        }
        Table table = new Table("KEY", "VALUE", "FROM");
        for (NodeConfig.Setting setting : load.config().all()) {
            String shown = setting.shown().isEmpty() ? "\"\"" : setting.shown();
            table.row(setting.name(), shown, setting.source());
        }
        console.out().print(table.text(console.terminal()));
        print(dialects);
        return ExitCode.DONE;
    }

    private void print(List<Dialect> dialects) {
        if (dialects.isEmpty()) {
            return;
        }
        Table table = new Table("GEAR", "DIALECT", "ID", "VERSION", "HASH");
        dialects.forEach(each -> table.row(
                each.gear(),
                each.path(),
                each.spec().id(),
                each.spec().version(),
                each.spec().shortHash()));
        console.out().println();
        console.out().print(table.text(console.terminal()));
    }

    /** Those of a scenario, its faults told; null if it has errors. */
    private List<Dialect> dialects(Path scenario, NodeConfig node) {
        ScenarioLoad load = new ScenarioLoader(
                        GearCatalog.installed(),
                        console.environment()::get,
                        new ArtefactStore(node.artefacts(), Clock.systemUTC()))
                .load(scenario);
        load.faults().forEach(fault -> console.err().println(fault));
        if (!load.ok()) {
            return null;
        }
        return load.scenario().gears().stream()
                .filter(gear -> gear.spec() != null)
                .map(gear -> new Dialect(gear.name(), gear.config().text("spec_path"), gear.spec()))
                .toList();
    }

    /** What a gear reads or writes messages in. */
    private record Dialect(String gear, String path, io.fluxrig.iso.spec.Spec spec) {
        Map<String, Object> object() {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("gear", gear);
            object.put("path", path);
            object.put("id", spec.id());
            object.put("version", spec.version());
            object.put("hash", spec.hash());
            return object;
        }
    }

    private static Map<String, Object> object(NodeConfig.Setting setting) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("value", setting.shown());
        object.put("from", setting.source());
        return object;
    }
}
