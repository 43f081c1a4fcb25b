package io.fluxrig.cli;

import io.fluxrig.engine.config.NodeConfigLoad;
import io.fluxrig.engine.config.NodeConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where a node's configuration comes from. */
final class NodeOptions {
    private static final Path USUAL = Path.of("config", "rack.toml");

    @Option(names = "--config", paramLabel = "FILE", description = "node file (config/rack.toml, if it is there)")
    Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "one key of the node file, such as rack.strips=4")
    Map<String, String> set = new LinkedHashMap<>();

    /** Null if there is none. */
    Path file() {
        if (config != null) {
            return config;
        }
        return Files.isRegularFile(USUAL) ? USUAL : null;
    }

    NodeConfigLoad load(Map<String, String> environment) {
        return NodeConfigLoader.load(file(), environment, set);
    }
}
