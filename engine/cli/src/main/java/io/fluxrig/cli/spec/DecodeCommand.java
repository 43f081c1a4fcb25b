package io.fluxrig.cli.spec;

import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.iso.spec.Spec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fluxrig spec decode}: messages, field by field. */
@Command(
        name = "decode",
        description = "Show messages field by field; where one does not parse, the byte and what was expected.",
        footer = {
            "",
            "Without HEX and --file, messages come from standard input, one a line, in hex.",
            "Exit code 0: all of them parse; 1: one does not."
        })
final class DecodeCommand implements Callable<Integer> {
    @Option(
            names = "--spec",
            required = true,
            paramLabel = "SPEC",
            description = "the dialect: a file of any kind, a built-in, or name:tag")
    String spec;

    @Parameters(arity = "0..*", paramLabel = "HEX", description = "a message; spaces do not matter")
    List<String> hex = new ArrayList<>();

    @Option(names = "--file", paramLabel = "FILE", description = "messages in hex, one a line")
    Path file;

    @Option(names = "--frame", description = "the bytes are framed: work out how, and say how it is known")
    boolean frame;

    @Option(names = "--unmasked", description = "show card data too")
    boolean unmasked;

    @Option(names = "--json", description = "one JSON object a line")
    boolean json;

    @Mixin
    LibraryOptions store;

    private final Console console;
    private MessageReader reader;
    private FrameGuess frames;
    private OtherReadings others;
    private DecodeReport report;
    private boolean good = true;

    DecodeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Spec dialect = new DialectSource("--spec", store, console).spec(spec, console.err());
        reader = new MessageReader(dialect);
        frames = new FrameGuess(dialect, reader);
        others = new OtherReadings(frames);
        report = json
                ? new JsonReport(console.out(), dialect, unmasked)
                : new TextReport(console.out(), dialect, unmasked);
        LineSource.each(hex, file, console, this::line);
        return good ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void line(InputLines.Line line) {
        HexText text = line.cut() ? null : HexText.of(line.text());
        if (text == null || text.bytes() == null) {
            good = false;
            report.unreadable(
                    line.number(),
                    text == null
                            ? LineSource.tooLong()
                            : new MessageReading.Fault("message", text.badAt(), "two hex digits for each byte"));
            return;
        }
        byte[] bytes = text.bytes();
        FrameGuess.Guess guess = frame ? frames.of(bytes) : null;
        if (frame) {
            report.framing(guess);
            good = good && (guess == null || !guess.isCut());
        }
        if (guess == null || guess.bodies().isEmpty()) {
            message(bytes, 0, bytes.length);
        } else {
            guess.bodies().forEach(body -> message(bytes, body.offset(), body.length()));
        }
    }

    private void message(byte[] bytes, int offset, int length) {
        MessageReading reading = reader.read(bytes, offset, length);
        good = good && reading.fault() == null;
        boolean whole = length == bytes.length;
        report.message(reading, reading.fault() == null || !whole ? List.of() : others.of(bytes, frame));
    }
}
