package io.fluxrig.cli;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.fault.Nearest;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluxrig help COMMAND}: the same as {@code fluxrig COMMAND --help}. */
@Command(name = "help", hidden = true, description = "Show the help of a command.")
final class HelpCommand implements Callable<Integer> {
    @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "whose help to show")
    String command;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        CommandLine of = command == null ? root : root.getSubcommands().get(command);
        if (of == null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "unknown command '" + command + "'; " + Nearest.fix(command, ErrorLines.visible(root)));
        }
        of.usage(root.getOut());
        return ExitCode.DONE;
    }
}
