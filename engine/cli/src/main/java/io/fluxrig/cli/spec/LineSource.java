package io.fluxrig.cli.spec;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.fault.FileReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Where the lines of a command come from: its arguments, a file, or else standard input. */
final class LineSource {
    /** Twice the longest message, with spaces, and JSON around its fields. */
    private static final int LINE_MAX = 8 << 20;

    private LineSource() {}

    /**
     * Hands each line on that holds something.
     *
     * @param arguments one text, for shells take it apart at its spaces
     * @param file null if none is named
     */
    static void each(List<String> arguments, Path file, Console console, Consumer<InputLines.Line> to) {
        if (!arguments.isEmpty() && file != null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "messages stand among the arguments and in --file; give one of them");
        }
        try {
            if (!arguments.isEmpty()) {
                each(InputLines.of(String.join(" ", arguments), LINE_MAX), to);
            } else if (file == null) {
                each(new InputLines(console.in(), LINE_MAX), to);
            } else {
                try (InputStream in = Files.newInputStream(file)) {
                    each(new InputLines(in, LINE_MAX), to);
                }
            }
        } catch (IOException e) {
            String from = file == null ? "standard input" : "--file " + file;
            throw CommandFailure.failed(from + ": " + FileReason.of(e) + "; " + FileReason.readFix(e));
        }
    }

    private static void each(InputLines lines, Consumer<InputLines.Line> to) throws IOException {
        for (InputLines.Line line = lines.next(); line != null; line = lines.next()) {
            to.accept(line);
        }
    }

    /** Why a line that was cut is not read. */
    static MessageReading.Fault tooLong() {
        return new MessageReading.Fault("message", 0, "a line of at most " + LINE_MAX + " characters");
    }
}
