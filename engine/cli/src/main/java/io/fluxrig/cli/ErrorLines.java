package io.fluxrig.cli;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.fault.Nearest;
import io.fluxrig.iso.mask.MaskingText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into lines that begin with {@code fluxrig:}, and an exit code. */
final class ErrorLines implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final boolean trace;

    /** @param trace whether unexpected exceptions show where they came from */
    ErrorLines(boolean trace) {
        this.trace = trace;
    }

    /** As the environment asks for. */
    static ErrorLines of(Console console) {
        return new ErrorLines(console.isSet("FLUXRIG_DEBUG") || console.isSet("FLUXRIG_TRACE"));
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        if (e instanceof UnmatchedArgumentException unmatched && namesCommands(e.getCommandLine(), unmatched)) {
            String word = unmatched.getUnmatched().get(0);
            err.println("fluxrig: unknown command '" + word + "'; " + Nearest.fix(word, visible(e.getCommandLine())));
        } else {
            err.println("fluxrig: " + e.getMessage());
            UnmatchedArgumentException.printSuggestions(e, err);
        }
        err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    /** Whether what was not understood stands where a command should. */
    private static boolean namesCommands(CommandLine command, UnmatchedArgumentException e) {
        return !command.getSubcommands().isEmpty()
                && !e.isUnknownOption()
                && !e.getUnmatched().isEmpty();
    }

    /** The commands that help lists. */
    static List<String> visible(CommandLine command) {
        return command.getSubcommands().entrySet().stream()
                .filter(sub -> !sub.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        return tell(e, command.getErr());
    }

    /**
     * Says what a command failed with.
     *
     * @return the exit code
     */
    int tell(Exception e, PrintWriter err) {
        if (e instanceof CommandFailure failure) {
            err.println("fluxrig: " + failure.getMessage());
            return failure.exitCode();
        }
        err.println("fluxrig: unexpected " + e.getClass().getSimpleName() + ": "
                + MaskingText.scrub(String.valueOf(e.getMessage())));
        if (trace) {
            StringWriter stack = new StringWriter();
            e.printStackTrace(new PrintWriter(stack));
            err.print(MaskingText.scrub(stack.toString()));
            err.flush();
        } else {
            err.println("Set FLUXRIG_DEBUG=1 to see where it came from.");
        }
        return ExitCode.FAILED;
    }
}
