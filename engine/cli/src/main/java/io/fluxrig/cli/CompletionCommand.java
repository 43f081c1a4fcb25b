package io.fluxrig.cli;

import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluxrig completion}. */
@Command(
        name = "completion",
        description = "Print a completion script for bash or zsh.",
        footer = {"", "source <(fluxrig completion bash)", "fluxrig completion zsh >\"$fpath[1]/_fluxrig\""})
final class CompletionCommand implements Callable<Integer> {
    enum Shell {
        bash,
        zsh
    }

    @Parameters(paramLabel = "SHELL", arity = "0..1", defaultValue = "bash", description = "bash or zsh (bash)")
    Shell shell;

    @Spec
    private CommandSpec spec;

    private final Console console;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String script = withoutNotes(AutoComplete.bash("fluxrig", spec.root().commandLine()));
        // zsh runs the same functions through its bash emulation; the first line tells compinit whose file it is.
        String head = shell == Shell.zsh
                ? "#compdef fluxrig\nautoload -U +X bashcompinit && bashcompinit\n"
                : "#!/usr/bin/env bash\n";
        console.out().print(head + "# Made by 'fluxrig completion " + shell + "'.\n" + script);
        return ExitCode.DONE;
    }

    /** What the library writes before the first line of code is of how to install the scripts of others. */
    private static String withoutNotes(String script) {
        return script.lines()
                        .dropWhile(line -> line.isBlank() || line.startsWith("#"))
                        .collect(Collectors.joining("\n"))
                + "\n";
    }
}
