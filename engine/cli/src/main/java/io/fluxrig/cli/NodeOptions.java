package io.fluxrig.cli;

import io.fluxrig.engine.config.NodeConfigLoad;
import io.fluxrig.engine.config.NodeConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where a node's configuration comes from. */
public final class NodeOptions {
    private static final Path USUAL = Path.of("config", "rack.toml");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "node file (config/rack.toml or config/mixer.toml of this folder, if it has it)")
    Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "one key of the node file, such as rack.strips=4")
    List<String> set = new ArrayList<>();

    /** Null if there is none. */
    Path file() {
        if (config != null) {
            return config;
        }
        return Files.isRegularFile(USUAL) ? USUAL : null;
    }

    /** The keys set on the command line. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : set) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--set " + setting + ": write KEY=VALUE, such as rack.strips=4; 'fluxrig inspect config' lists"
                                + " the keys");
            }
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return settings;
    }

    /** The configuration that file, environment and these options come to. */
    public NodeConfigLoad load(Map<String, String> environment) {
        return NodeConfigLoader.load(file(), environment, settings());
    }
}
