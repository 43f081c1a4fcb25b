package io.fluxrig.cli;

import io.fluxrig.cli.demo.ParentWatch;
import io.fluxrig.engine.scenario.GearCatalog;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code fluxrig} command. */
@Command(
        name = "fluxrig",
        description = "Connects acquirers and issuers: switches ISO 8583 in microseconds, losing nothing.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = VersionCommand.Lines.class,
        footer = {"", "'fluxrig COMMAND --help' tells more. Begin with 'fluxrig demo'."})
public final class Fluxrig implements Runnable {
    private static final int HELP_WIDTH = 100;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "show this help")
    @SuppressWarnings("unused") // picocli sees to it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the version")
    @SuppressWarnings("unused") // picocli sees to it
    private boolean version;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The process. */
    public static void main(String... arguments) {
        ParentWatch.startIfAsked();
        Interrupts interrupts = Interrupts.ofProcess();
        int code = commandLine(Console.ofProcess(interrupts)).execute(arguments);
        System.out.flush();
        interrupts.done(code);
        System.exit(code);
    }

    /** The command with all its sub-commands, printing to that console. */
    static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new Fluxrig());
        line.addSubcommand(new RunCommand(console));
        line.addSubcommand(new DemoCommand(console));
        line.addSubcommand(new LoadCommand(console));
        line.addSubcommand(new TopCommand(console));
        line.addSubcommand(new CheckCommand(console));
        line.addSubcommand(new NewCommand(console));
        line.addSubcommand(new SchemaCommand(console));
        line.addSubcommand(new GearsCommand(console, GearCatalog.installed()));
        line.addSubcommand(new InspectCommand(console));
        line.addSubcommand(new CompletionCommand(console));
        line.addSubcommand(new VersionCommand(console));
        line.addSubcommand(new HelpCommand());
        ErrorLines errors = new ErrorLines(console.isSet("FLUXRIG_DEBUG") || console.isSet("FLUXRIG_TRACE"));
        line.setParameterExceptionHandler(errors);
        line.setExecutionExceptionHandler(errors);
        line.registerConverter(Long.class, new Durations());
        line.registerConverter(long.class, new Durations());
        line.registerConverter(Integer.class, new WholeNumber());
        line.registerConverter(int.class, new WholeNumber());
        line.setOut(writer(console.out()));
        line.setErr(writer(console.err()));
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setUsageHelpAutoWidth(false);
        line.setAbbreviatedSubcommandsAllowed(false);
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(console.terminal().color() ? Ansi.ON : Ansi.OFF));
        return line;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
