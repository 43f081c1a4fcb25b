package io.fluxrig.cli.node;

import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.Signals;
import io.fluxrig.cli.options.NodeOptions;
import io.fluxrig.engine.agent.AgentOptions;
import io.fluxrig.engine.agent.AgentProcess;
import io.fluxrig.engine.scenario.GearCatalog;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fluxrig rack}: one rack that a mixer leads, until SIGTERM or Ctrl-C, which drain it. */
@Command(
        name = "rack",
        description = "Run a rack that a mixer leads: it runs what it is sent.",
        footer = {
            "",
            "Needs rack.name and snake.url. Who it is lies in base.data_dir: node.key, login.key, passport.cbor."
                    + " With passport and last scenario it starts without the mixer. 'fluxrig run SCENARIO' runs a"
                    + " rack by itself.",
            "What it runs is changed with 'fluxrig scenario activate': SIGHUP changes nothing, the log says so.",
            "Exit code 0: drained with nothing left in flight; 1: its identity is refused, or something was left in flight"
                    + " at the end; 3: the JVM had no memory left; 78: a file is wrong, or a folder that it names cannot be written."
        })
public final class RackCommand implements Callable<Integer> {
    @Mixin
    NodeOptions node = new NodeOptions();

    private final Console console;
    private final String version;

    /** @param version of fluxrig */
    public RackCommand(Console console, String version) {
        this.console = console;
        this.version = version;
    }

    @Override
    public Integer call() {
        AgentProcess rack = new AgentProcess(new AgentOptions(
                node.file(),
                node.settings(),
                console.environment(),
                GearCatalog.installed(),
                version,
                console.out(),
                console.err()));
        console.interrupts().onSignal(rack::stop, rack::drainTimeoutNs);
        Signals.listen(Signals.RELOAD, rack::reload);
        return rack.run();
    }
}
