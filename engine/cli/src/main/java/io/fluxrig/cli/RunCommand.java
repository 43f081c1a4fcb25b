package io.fluxrig.cli;

import io.fluxrig.engine.rack.RackOptions;
import io.fluxrig.engine.rack.RackProcess;
import io.fluxrig.engine.scenario.GearCatalog;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fluxrig run}: one rack, until SIGTERM or Ctrl-C, which drain it. */
@Command(
        name = "run",
        description = "Run a scenario as one rack until SIGTERM or Ctrl-C, which drain it.",
        footer = {
            "",
            "Logs go to standard error and to base.data_dir; status and metrics to telemetry.bind.",
            "Exit code 0: drained with nothing left in flight; 78: a file is wrong."
        })
final class RunCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SCENARIO",
            arity = "0..1",
            description = "a YAML file (config/scenarios/payment-switch.yaml)")
    Path scenario;

    @Mixin
    NodeOptions node;

    private final Console console;

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path file = scenario == null ? Home.file("config/scenarios/payment-switch.yaml") : scenario;
        RackProcess rack = new RackProcess(new RackOptions(
                file,
                node.file(),
                node.set,
                console.environment(),
                GearCatalog.installed(),
                console.out(),
                console.err()));
        console.interrupts().onSignal(rack::stop);
        return rack.run();
    }
}
