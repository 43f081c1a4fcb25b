package io.fluxrig.cli.options;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.ExitCode;
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
    private static final Path RACK_USUAL = Path.of("config", "rack.toml");
    private static final Path MIXER_USUAL = Path.of("config", "mixer.toml");

    /** A key of every node. */
    private static final String EXAMPLE = "base.data_dir=data-2";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "node file (config/rack.toml or config/mixer.toml of this folder, if it has it)")
    Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "one key of the node file, such as " + EXAMPLE)
    List<String> set = new ArrayList<>();

    /** A rack's; null if there is none. */
    public Path file() {
        return fileOr(RACK_USUAL);
    }

    /** A mixer's; null if there is none. */
    public Path mixerFile() {
        return fileOr(MIXER_USUAL);
    }

    private Path fileOr(Path usual) {
        if (config != null) {
            return config;
        }
        return Files.isRegularFile(usual) ? usual : null;
    }

    /**
     * The keys set on the command line.
     *
     * @throws CommandFailure if one is not written as a key and its value
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : set) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--set " + setting + ": write KEY=VALUE, such as " + EXAMPLE
                                + "; config/rack.toml and config/mixer.toml list the keys");
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
