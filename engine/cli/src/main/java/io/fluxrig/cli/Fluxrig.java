package io.fluxrig.cli;

import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.Interrupts;
import io.fluxrig.cli.demo.ParentWatch;
import io.fluxrig.cli.node.RunCommand;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The {@code fluxrig} process. */
public final class Fluxrig {
    /** What an argument begins with if the parser makes more of it than a file's name: an option, a file of arguments. */
    private static final String PARSED = "-@";

    private Fluxrig() {}

    public static void main(String... arguments) {
        ParentWatch.startIfAsked();
        Interrupts interrupts = Interrupts.ofProcess();
        int code;
        try {
            code = execute(Console.ofProcess(interrupts), arguments);
        } catch (Throwable broken) { // a JVM with threads left would stay and do nothing
            int failed = LastWords.say(broken, System.err);
            Runtime.getRuntime().halt(failed); // what would run at an orderly exit needs what is not there
            return;
        }
        System.out.flush();
        interrupts.done(code);
        System.exit(code);
    }

    /** Runs what the arguments ask for, printing to that console; the exit code. */
    static int execute(Console console, String... arguments) {
        return isBareRun(arguments)
                ? run(console, Path.of(arguments[1]))
                : RootCommand.line(console, arguments).execute(arguments);
    }

    /** {@code run SCENARIO} alone is what a rack starts with, and has no option for which to set up the parser. */
    static boolean isBareRun(String... arguments) {
        return arguments.length == 2
                && arguments[0].equals("run")
                && !arguments[1].isEmpty()
                && PARSED.indexOf(arguments[1].charAt(0)) < 0
                && isPath(arguments[1]);
    }

    /** Whether the process's locale can write it; if not, the parser says so. */
    private static boolean isPath(String text) {
        try {
            return !Path.of(text).toString().isEmpty();
        } catch (InvalidPathException notHere) {
            return false;
        }
    }

    private static int run(Console console, Path scenario) {
        try {
            return new RunCommand(console, scenario).call();
        } catch (RuntimeException failed) {
            PrintWriter err = new PrintWriter(new OutputStreamWriter(console.err(), StandardCharsets.UTF_8), true);
            return ErrorLines.of(console).tell(failed, err);
        }
    }
}
