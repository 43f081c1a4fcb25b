package io.fluxrig.cli.spec;

import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Json;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fluxrig spec encode}: the inverse of {@code decode --json --unmasked}. */
@Command(
        name = "encode",
        description = "Write messages in hex from JSON as 'decode --json --unmasked' makes it.",
        footer = {
            "",
            "A message: '{\"mti\": \"0800\", \"fields\": {\"11\": \"000001\", \"55.9F02\": \"000000012345\"}}', bytes in hex.",
            "Without JSON and --file, messages come from standard input, one a line.",
            "Exit code 0: all of them are written; 1: one cannot be, its line says why."
        })
final class EncodeCommand implements Callable<Integer> {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    @Option(
            names = "--spec",
            required = true,
            paramLabel = "SPEC",
            description = "the dialect: a file of any kind, a built-in, or name:tag")
    String spec;

    @Parameters(arity = "0..*", paramLabel = "JSON", description = "a message")
    List<String> messages = new ArrayList<>();

    @Option(names = "--file", paramLabel = "FILE", description = "messages, one a line")
    Path file;

    @Option(names = "--json", description = "one JSON object a line: hex or error")
    boolean json;

    @Mixin
    LibraryOptions store;

    private final Console console;
    private final IsoMessage message = new IsoMessage();
    private JsonMessage reader;
    private IsoCodec codec;
    private byte[] written;
    private boolean good = true;

    EncodeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Spec dialect = new DialectSource("--spec", store, console).spec(spec, console.err());
        reader = new JsonMessage(dialect);
        codec = new IsoCodec(dialect.wire());
        written = new byte[dialect.wire().limits().messageBytesMax()];
        LineSource.each(messages, file, console, this::line);
        return good ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void line(InputLines.Line line) {
        MessageReading.Fault fault = line.cut() ? LineSource.tooLong() : reader.read(line.text(), message);
        int length = fault == null ? codec.encode(message, written, 0) : -1;
        if (fault == null && length < 0) {
            fault = MessageReading.Fault.of(codec.error());
        }
        if (fault == null) {
            byte[] header = reader.header();
            System.arraycopy(header, 0, written, 0, header.length);
            String hex = HEX.formatHex(written, 0, length);
            console.out().println(json ? Json.line(Map.of("hex", hex)) : hex);
            return;
        }
        good = false;
        if (json) {
            console.out().println(Json.line(JsonReport.error(fault, List.of())));
        } else {
            console.err().println("fluxrig: line " + line.number() + ": " + fault);
        }
    }
}
