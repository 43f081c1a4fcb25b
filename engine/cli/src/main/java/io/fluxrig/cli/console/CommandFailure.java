package io.fluxrig.cli.console;

/** Ends a command with a line for the user and an exit code; no stack trace is shown. */
public class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    /** @param message what, where, why, and what to do next; may have several lines */
    public CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public static CommandFailure failed(String message) {
        return new CommandFailure(ExitCode.FAILED, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
