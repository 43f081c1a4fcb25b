package io.fluxrig.cli.mixer;

import picocli.CommandLine.Option;

/** Where the mixer's API is, for commands that show what it answers. */
public class ApiJsonOptions extends ApiOptions {
    @Option(names = "--json", description = "JSON, as the API gives it")
    boolean json;

    /** Whether it is shown to a program. */
    public final boolean json() {
        return json;
    }
}
