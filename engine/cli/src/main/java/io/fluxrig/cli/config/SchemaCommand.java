package io.fluxrig.cli.config;

import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.config.NodeSchema;
import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.engine.scenario.ScenarioSchema;
import io.fluxrig.iso.spec.SpecSchema;
import io.fluxrig.load.mix.MixSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fluxrig schema}: JSON Schema of the files that people write, for their editors. */
@Command(
        name = "schema",
        description = "Print the JSON Schema of a kind of file, for editors.",
        footer = {"", "First line of a YAML file:  # yaml-language-server: $schema=scenario.schema.json"})
public final class SchemaCommand implements Callable<Integer> {
    /** The kinds of files. */
    enum Kind {
        scenario,
        spec,
        mix,
        rack,
        mixer
    }

    @Parameters(paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
    Kind kind;

    private final Console console;

    public SchemaCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().println(text(kind));
        return ExitCode.DONE;
    }

    private static String text(Kind kind) {
        return switch (kind) {
            case scenario -> ScenarioSchema.text(GearCatalog.installed());
            case spec -> SpecSchema.text();
            case mix -> MixSchema.text();
            case rack -> NodeSchema.text(NodeKeys.FILE);
            case mixer -> NodeSchema.text(MixerKeys.FILE);
        };
    }
}
