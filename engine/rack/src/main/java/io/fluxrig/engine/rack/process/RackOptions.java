package io.fluxrig.engine.rack.process;

import io.fluxrig.engine.scenario.GearCatalog;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a rack process is started with.
 *
 * @param scenario the scenario's YAML file
 * @param nodeFile the node's TOML file, null for none
 * @param flags node keys set on the command line, full name to text
 * @param environment the process's variables: {@code FLUXRIG_*} for the node, any for {@code ${NAME}} in the scenario
 * @param gears the gear types there are
 * @param out gets the one line that says what is ready
 * @param err gets faults; logs go to standard error as the node's configuration says
 */
public record RackOptions(
        Path scenario,
        Path nodeFile,
        Map<String, String> flags,
        Map<String, String> environment,
        GearCatalog gears,
        PrintStream out,
        PrintStream err) {

    /** A rack of this process: its environment, the gears on its class path, its standard streams. */
    public static RackOptions ofProcess(Path scenario, Path nodeFile, Map<String, String> flags) {
        return new RackOptions(
                scenario, nodeFile, flags, System.getenv(), GearCatalog.installed(), System.out, System.err);
    }
}
