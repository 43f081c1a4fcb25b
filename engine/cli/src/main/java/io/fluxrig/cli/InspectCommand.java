package io.fluxrig.cli;

import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfigLoad;
import io.fluxrig.engine.config.NodeConfigLoader;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fluxrig inspect}: what a node would run with. */
@Command(name = "inspect", description = "What a rack would run with: inspect config.")
final class InspectCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private final Console console;

    InspectCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(description = "Every key of the node file: its value and where that came from.")
    int config(
            @Mixin NodeOptions node,
            @Option(names = "--json", description = "one JSON object") boolean json,
            @Option(names = "--mixer", description = "of a mixer: config/mixer.toml") boolean mixer) {
        NodeConfigLoad load = mixer
                ? NodeConfigLoader.load(MixerKeys.FILE, MixerCommand.file(node), console.environment(), node.settings())
                : node.load(console.environment());
        load.faults().forEach(fault -> console.err().println(fault));
        if (!load.ok()) {
            return ExitCode.CONFIG;
        }
        if (json) {
            Map<String, Object> root = new LinkedHashMap<>();
            load.config().all().forEach(setting -> root.put(setting.name(), object(setting)));
            console.out().println(Json.line(root));
            return ExitCode.DONE;
        }
        Table table = new Table("KEY", "VALUE", "FROM");
        for (NodeConfig.Setting setting : load.config().all()) {
            String shown = setting.shown().isEmpty() ? "\"\"" : setting.shown();
            table.row(setting.name(), shown, setting.source());
        }
        console.out().print(table);
        return ExitCode.DONE;
    }

    private static Map<String, Object> object(NodeConfig.Setting setting) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("value", setting.shown());
        object.put("from", setting.source());
        return object;
    }
}
