package io.fluxrig.cli;

import io.fluxrig.cli.config.CheckCommand;
import io.fluxrig.cli.config.GearsCommand;
import io.fluxrig.cli.config.InspectCommand;
import io.fluxrig.cli.config.NewCommand;
import io.fluxrig.cli.config.SchemaCommand;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.demo.DemoCommand;
import io.fluxrig.cli.fleet.AdminCommand;
import io.fluxrig.cli.fleet.TailCommand;
import io.fluxrig.cli.fleet.TopologyCommand;
import io.fluxrig.cli.load.LoadCommand;
import io.fluxrig.cli.node.MixerCommand;
import io.fluxrig.cli.node.RackCommand;
import io.fluxrig.cli.node.RunCommand;
import io.fluxrig.cli.scenario.ScenarioCommand;
import io.fluxrig.cli.spec.SpecCommand;
import io.fluxrig.cli.status.ReloadCommand;
import io.fluxrig.cli.status.TopCommand;
import io.fluxrig.engine.scenario.GearCatalog;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code fluxrig} command, with picocli's model of the commands below it. */
@Command(
        name = "fluxrig",
        description = "Connects acquirers and issuers: switches ISO 8583, losing nothing.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = VersionCommand.Lines.class,
        footer = "'fluxrig COMMAND --help' tells more. Begin with 'fluxrig demo'.")
final class RootCommand implements Runnable {
    private static final int HELP_WIDTH = 80;

    /** Commands that need to know all the others. */
    private static final Set<String> ABOUT_ALL = Set.of("completion", "help");

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
            hidden = true, // the command of that name stands in the help, which fits a screen
            description = "show the version")
    @SuppressWarnings("unused") // picocli sees to it
    private boolean version;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Reading all commands' options takes picocli a tenth of a second, so a command that is named comes alone. */
    static CommandLine line(Console console, String... arguments) {
        CommandLine line = new CommandLine(new RootCommand());
        Map<String, Supplier<Object>> commands = commands(console);
        String named = arguments.length == 0 ? "" : arguments[0];
        if (commands.containsKey(named) && !ABOUT_ALL.contains(named)) {
            line.addSubcommand(named, commands.get(named).get());
        } else {
            commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
        }
        ErrorLines errors = ErrorLines.of(console);
        line.setParameterExceptionHandler(errors);
        line.setExecutionExceptionHandler(errors);
        line.registerConverter(Long.class, new Durations());
        line.registerConverter(long.class, new Durations());
        line.registerConverter(Path.class, new PathText());
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

    private static Map<String, Supplier<Object>> commands(Console console) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("run", () -> new RunCommand(console, null));
        commands.put("demo", () -> new DemoCommand(console));
        commands.put("load", () -> new LoadCommand(console));
        commands.put("top", () -> new TopCommand(console));
        commands.put("reload", () -> new ReloadCommand(console));
        commands.put("check", () -> new CheckCommand(console));
        commands.put("new", () -> new NewCommand(console));
        commands.put("schema", () -> new SchemaCommand(console));
        commands.put("gears", () -> new GearsCommand(console, GearCatalog.installed()));
        commands.put("spec", () -> SpecCommand.line(console));
        commands.put("mixer", () -> new MixerCommand(console, VersionCommand.version()));
        commands.put("rack", () -> new RackCommand(console, VersionCommand.version()));
        commands.put("admin", () -> AdminCommand.line(console));
        commands.put("keys", () -> AdminCommand.keys(console));
        commands.put("scenario", () -> scenario(console));
        commands.put("tail", () -> new TailCommand(console));
        commands.put("topology", () -> new TopologyCommand(console));
        commands.put("inspect", () -> new InspectCommand(console));
        commands.put("completion", () -> new CompletionCommand(console));
        commands.put("version", () -> new VersionCommand(console));
        commands.put("help", HelpCommand::new);
        return commands;
    }

    private static CommandLine scenario(Console console) {
        CommandLine lint = new CommandLine(new CheckCommand(console)).setCommandName("lint");
        return new CommandLine(new ScenarioCommand(console)).addSubcommand("lint", lint);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
