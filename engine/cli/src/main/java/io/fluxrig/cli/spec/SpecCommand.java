package io.fluxrig.cli.spec;

import io.fluxrig.cli.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fluxrig spec}: what can be done with a dialect. */
@Command(name = "spec", description = "Dialects: read and write messages with them.")
public final class SpecCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private SpecCommand() {}

    /** The command with those below it. */
    public static CommandLine line(Console console) {
        CommandLine line = new CommandLine(new SpecCommand());
        line.addSubcommand("decode", new DecodeCommand(console));
        line.addSubcommand("encode", new EncodeCommand(console));
        return line;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
