package io.fluxrig.cli;

import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.Interrupts;
import io.fluxrig.cli.console.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Runs commands in this process and keeps what they print. */
public final class Cli {
    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();

    private InputStream in = InputStream.nullInputStream();
    private boolean onTerminal;
    private final Interrupts interrupts = new Interrupts();

    public Interrupts interrupts() {
        return interrupts;
    }

    /** What Ctrl-C would do to the running command. */
    void interrupt() {
        interrupts.askToEnd();
    }

    /** What the next command finds on its standard input. */
    public Cli typing(String text) {
        in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** What runs from now on writes to a terminal so wide, without colours. */
    public Cli onTerminal(int columns) {
        onTerminal = true;
        return with("COLUMNS", Integer.toString(columns)).with("NO_COLOR", "1");
    }

    /** @return the exit code */
    public int run(String... arguments) {
        outBytes.reset();
        errBytes.reset();
        PrintStream out = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
        Terminal terminal = Terminal.detect(onTerminal, environment);
        return Fluxrig.execute(new Console(in, out, err, environment, terminal, interrupts), arguments);
    }

    public String out() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }
}
