package io.fluxrig.cli.node;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Signals;
import io.fluxrig.cli.options.NodeOptions;
import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfigLoad;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.control.ControlPlane;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fluxrig mixer}: the control plane of a fleet, until SIGTERM or Ctrl-C. */
@Command(
        name = "mixer",
        description = "Run the control plane of a fleet: registry, NATS, REST API.",
        footer = {
            "",
            "The node file is config/mixer.toml. Without snake.url it runs a nats-server of its own.",
            "'fluxrig admin', 'scenario', 'tail', 'topology' ask it; /docs there has its API."
        })
public final class MixerCommand implements Callable<Integer> {
    @Mixin
    NodeOptions node = new NodeOptions();

    @Option(
            names = "--copy-registry",
            description =
                    "copy registry.duckdb of base.data_dir into the database of registry.url, which must be empty, and end;"
                            + " while the mixer is stopped")
    boolean copyRegistry;

    private final Console console;
    private final String version;

    /** @param version of fluxrig */
    public MixerCommand(Console console, String version) {
        this.console = console;
        this.version = version;
    }

    @Override
    public Integer call() {
        ControlPlane mixer = ServiceLoader.load(ControlPlane.class)
                .findFirst()
                .orElseThrow(() -> CommandFailure.failed(
                        "this is the lean fluxrig, without the mixer; run 'bin/fluxrig mixer' of a checkout"));
        NodeConfigLoad load =
                NodeConfigLoader.load(MixerKeys.FILE, node.mixerFile(), console.environment(), node.settings());
        load.faults().forEach(fault -> console.err().println(fault));
        if (!load.ok()) {
            return ExitCode.CONFIG;
        }
        if (copyRegistry) {
            return mixer.copyRegistry(load.config(), console.out(), console.err());
        }
        console.interrupts().onSignal(mixer::stop);
        Signals.listen(Signals.RELOAD, mixer::reload);
        return mixer.run(load.config(), version, console.out(), console.err());
    }
}
