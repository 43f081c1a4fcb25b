package io.fluxrig.cli;

import io.fluxrig.cli.screen.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Runs commands in this process and keeps what they print. */
final class Cli {
    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();

    private final Interrupts interrupts = new Interrupts();

    /** What Ctrl-C would do to the running command. */
    void interrupt() {
        interrupts.askToEnd();
    }

    Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** @return the exit code */
    int run(String... arguments) {
        outBytes.reset();
        errBytes.reset();
        PrintStream out = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
        Terminal terminal = Terminal.detect(false, environment);
        return Fluxrig.execute(new Console(out, err, environment, terminal, interrupts), arguments);
    }

    String out() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }
}
