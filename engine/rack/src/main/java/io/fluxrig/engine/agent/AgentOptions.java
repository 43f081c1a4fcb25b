package io.fluxrig.engine.agent;

import io.fluxrig.engine.scenario.GearCatalog;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a rack that a mixer leads is started with.
 *
 * @param nodeFile the node's TOML file, null for none
 * @param flags node keys set on the command line, full name to text
 * @param environment the process's variables: {@code FLUXRIG_*} for the node, any for {@code ${NAME}} in scenarios
 * @param gears the gear types there are
 * @param version of fluxrig
 * @param out gets the lines that say what is ready
 * @param err gets faults; logs go to standard error as the node's configuration says
 */
public record AgentOptions(
        Path nodeFile,
        Map<String, String> flags,
        Map<String, String> environment,
        GearCatalog gears,
        String version,
        PrintStream out,
        PrintStream err) {}
