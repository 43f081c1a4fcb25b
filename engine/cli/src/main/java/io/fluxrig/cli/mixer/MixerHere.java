package io.fluxrig.cli.mixer;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.config.MixerDoors;
import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfigLoad;
import io.fluxrig.engine.config.NodeConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The node file of this machine's mixer: that of a folder, where it has one or a mixer's data, or else that of the Debian package, whose data
 * is where its unit has it. Immutable.
 *
 * @param folder where a command was started
 * @param installed node file of the package's mixer
 * @param data of the package's mixer
 */
record MixerHere(Path folder, Path installed, Path data) {
    private static final String DATA_DIR = "FLUXRIG_BASE_DATA_DIR";

    /** Of the folder that this command was started in. */
    static MixerHere ofThisFolder() {
        return new MixerHere(Path.of(""), Path.of("/etc/fluxrig/mixer.toml"), Path.of("/var/lib/fluxrig-mixer"));
    }

    /** Its configuration, as far as files and this command's environment tell. */
    NodeConfigLoad load(Map<String, String> environment) {
        Path own = folder.resolve("config").resolve("mixer.toml");
        if (Files.isRegularFile(own)) {
            return NodeConfigLoader.load(MixerKeys.FILE, own, environment, Map.of());
        }
        if (!isInstalled()) {
            return NodeConfigLoader.load(MixerKeys.FILE, null, environment, Map.of());
        }
        Map<String, String> units = new HashMap<>(environment);
        units.putIfAbsent(DATA_DIR, data.toString());
        return NodeConfigLoader.load(MixerKeys.FILE, installed, units, Map.of());
    }

    /**
     * Where its API is for commands here: {@code http://127.0.0.1:8090}.
     *
     * @throws CommandFailure if its configuration has a fault, or does not say which port that has
     */
    String apiUrl(Map<String, String> environment) {
        NodeConfigLoad mixer = load(environment);
        if (!mixer.ok()) {
            throw unknown(mixer.faults().get(0).toString());
        }
        String url = MixerDoors.apiUrl(mixer.config());
        if (url.isEmpty()) {
            throw unknown(MixerKeys.API_BIND + " lets the machine choose the port");
        }
        return url;
    }

    private static CommandFailure unknown(String why) {
        return new CommandFailure(
                ExitCode.CONFIG,
                "where the mixer's API is cannot be told: " + why + "; name it with --api, or set " + ApiOptions.URL);
    }

    /** Whether it is the package's, as whose user, or as root, its token can be read. */
    boolean isInstalled() {
        return !Files.isRegularFile(folder.resolve("config").resolve("mixer.toml"))
                && !Files.isDirectory(folder.resolve("data").resolve("mixer"))
                && Files.isRegularFile(installed);
    }
}
