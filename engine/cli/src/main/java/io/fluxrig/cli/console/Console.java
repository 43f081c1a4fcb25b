package io.fluxrig.cli.console;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * The world outside a command: its streams, its environment and what the terminal can do. Given to every command, so that
 * tests bring their own.
 */
public record Console(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Terminal terminal,
        Interrupts interrupts) {

    /** The process's own. */
    public static Console ofProcess(Interrupts interrupts) {
        Map<String, String> environment = System.getenv();
        return new Console(
                System.in,
                System.out,
                System.err,
                environment,
                Terminal.detect(Boolean.getBoolean("fluxrig.tty"), environment),
                interrupts);
    }

    /** Whether a variable of the environment says yes: it is there, and neither empty nor 0. */
    public boolean isSet(String variable) {
        String value = environment.getOrDefault(variable, "");
        return !value.isEmpty() && !value.equals("0");
    }
}
