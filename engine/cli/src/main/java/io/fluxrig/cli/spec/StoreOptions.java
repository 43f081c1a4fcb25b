package io.fluxrig.cli.spec;

import io.fluxrig.cli.CommandFailure;
import io.fluxrig.cli.Console;
import io.fluxrig.cli.ExitCode;
import io.fluxrig.cli.NodeOptions;
import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.config.NodeConfigLoad;
import io.fluxrig.engine.config.NodeKeys;
import io.fluxrig.engine.fault.Fault;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Where artefacts are kept: a folder that is named, or the one below the node's {@code base.data_dir}. */
final class StoreOptions {
    private static final String FOLDER = "artefacts";

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "folder of the store (artefacts in base.data_dir of config/rack.toml)")
    Path store;

    ArtefactStore open(Console console) {
        return new ArtefactStore(store == null ? ofNode(console) : store, Clock.systemUTC());
    }

    private static Path ofNode(Console console) {
        NodeConfigLoad node = new NodeOptions().load(console.environment());
        if (!node.ok()) {
            String faults = node.faults().stream().map(Fault::toString).collect(Collectors.joining("\n  "));
            throw new CommandFailure(
                    ExitCode.CONFIG, "no folder of the store can be told; name it with --store\n  " + faults);
        }
        return Path.of(node.config().text(NodeKeys.BASE_DATA_DIR)).resolve(FOLDER);
    }
}
