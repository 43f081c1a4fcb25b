package io.fluxrig.cli.spec;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.options.NodeOptions;
import io.fluxrig.engine.artefact.ArtefactStore;
import io.fluxrig.engine.config.NodeConfigLoad;
import io.fluxrig.engine.fault.Fault;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Where artefacts are kept: a folder that is named, or the one below the node's {@code base.data_dir}. */
public class StoreOptions {
    @Option(names = "--store", paramLabel = "DIR", description = "folder of the store (that of config/rack.toml)")
    Path store;

    /** Whether a folder was named. */
    public boolean named() {
        return store != null;
    }

    /**
     * The store, whose folder need not be there.
     *
     * @throws CommandFailure if no folder is named and the node's configuration has faults
     */
    public ArtefactStore open(Console console) {
        if (store != null) {
            return new ArtefactStore(store, Clock.systemUTC());
        }
        NodeConfigLoad node = node(console);
        if (!node.ok()) {
            String faults = node.faults().stream().map(Fault::toString).collect(Collectors.joining("\n  "));
            throw new CommandFailure(
                    ExitCode.CONFIG, "no folder of the store can be told; name it with --store\n  " + faults);
        }
        return ofNode(node);
    }

    /** What keeps the specs that a command names. */
    SpecLibrary library(Console console) {
        return new SpecLibrary.Local(open(console));
    }

    /** As {@link #open}, or null if no folder can be told, for files that may need none. */
    public ArtefactStore openIfTold(Console console) {
        return store != null || node(console).ok() ? open(console) : null;
    }

    private static NodeConfigLoad node(Console console) {
        return new NodeOptions().load(console.environment());
    }

    private static ArtefactStore ofNode(NodeConfigLoad node) {
        return new ArtefactStore(node.config().artefacts(), Clock.systemUTC());
    }
}
