package io.fluxrig.cli.fleet;

import picocli.CommandLine.Option;

/** Where the mixer's API is, for commands that show what it answers. */
class FleetOptions extends ApiOptions {
    @Option(names = "--json", description = "JSON, as the API gives it")
    boolean json;
}
