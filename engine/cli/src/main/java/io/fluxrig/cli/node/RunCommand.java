package io.fluxrig.cli.node;

import io.fluxrig.cli.config.FileKind;
import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Home;
import io.fluxrig.cli.console.Signals;
import io.fluxrig.cli.options.NodeOptions;
import io.fluxrig.engine.rack.process.RackOptions;
import io.fluxrig.engine.rack.process.RackProcess;
import io.fluxrig.engine.scenario.GearCatalog;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fluxrig run}: one rack, until SIGTERM or Ctrl-C, which drain it. */
@Command(
        name = "run",
        description = "Run a scenario as one rack; SIGTERM or Ctrl-C drains it.",
        footer = {
            "",
            "Other ports: TERMINALS_BIND=:7000 and what else the first lines of a scenario"
                    + " name; FLUXRIG_TELEMETRY_BIND=:0 for the status, as for any node key.",
            "SIGHUP, or 'fluxrig reload', reads the scenario and its files again: what changed is replaced while it runs.",
            "Logs go to standard error and to base.data_dir; status and metrics to telemetry.bind.",
            "Exit code 0: drained with nothing left in flight; 1: something did not start, or was left in flight at the end;"
                    + " 3: the JVM had no memory left; 78: a file is wrong, or a folder that it names cannot be written."
        })
public final class RunCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SCENARIO",
            arity = "0..1",
            description = "a YAML file (config/scenarios/payment-switch.yaml: of this folder, or else the one that came"
                    + " with fluxrig)")
    Path scenario;

    @Mixin
    NodeOptions node = new NodeOptions();

    private final Console console;

    /** @param scenario null for what the parser finds */
    public RunCommand(Console console, Path scenario) {
        this.console = console;
        this.scenario = scenario;
    }

    @Override
    public Integer call() {
        Path file = scenario == null ? Home.file("config/scenarios/payment-switch.yaml") : scenario;
        refuseOther(file);
        RackProcess rack = new RackProcess(new RackOptions(
                file,
                node.file(),
                node.settings(),
                console.environment(),
                GearCatalog.installed(),
                console.out(),
                console.err()));
        console.interrupts().onSignal(rack::stop, rack::drainTimeoutNs);
        Signals.listen(Signals.RELOAD, rack::reload);
        return rack.run();
    }

    /** A file of another kind would be told every scenario key that it lacks. */
    private static void refuseOther(Path file) {
        String use = switch (FileKind.of(file)) {
            case "spec" -> "name it as spec_path in a codec_iso8583 gear, or check it with 'fluxrig check'";
            case "mix" -> "give it to 'fluxrig load --mix'";
            case "node" -> "give it as --config";
            default -> "";
        };
        if (!use.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.CONFIG, file + " is a " + FileKind.noun(FileKind.of(file)) + ", no scenario; " + use);
        }
    }
}
