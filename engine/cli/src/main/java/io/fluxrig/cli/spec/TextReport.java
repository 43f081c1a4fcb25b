package io.fluxrig.cli.spec;

import io.fluxrig.cli.console.Table;
import io.fluxrig.iso.mask.Masker;
import io.fluxrig.iso.spec.Spec;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Messages as tables, for people. */
final class TextReport implements DecodeReport {
    private final PrintStream out;
    private final Spec spec;
    private final FieldNames names;
    private final boolean unmasked;
    private final ByteDump dump;
    private int messages;

    TextReport(PrintStream out, Spec spec, boolean unmasked) {
        this.out = out;
        this.spec = spec;
        this.names = new FieldNames(spec);
        this.unmasked = unmasked;
        this.dump = new ByteDump(unmasked);
    }

    @Override
    public void framing(FrameGuess.Guess guess) {
        if (guess == null) {
            out.println("framing: none that is known fits; read as a message that stands alone");
            return;
        }
        out.println("framing: " + guess.words() + ": " + guess.why());
        if (guess.framing() != null) {
            out.println("  io_iso8583: { " + guess.framing().keys() + " }");
        }
    }

    @Override
    public void message(MessageReading reading, List<String> hints) {
        if (messages++ > 0) {
            out.println();
        }
        boolean shows = reading.fault() == null || unmasked;
        Table table = new Table("PATH", "NAME", shows ? "VALUE" : "LENGTH");
        String header = reading.header(spec);
        if (!header.isEmpty()) {
            String hidden = shows ? Masker.hidden(header.length()) : Integer.toString(header.length());
            table.row("header", "Bytes ahead of the message type", unmasked ? header : hidden);
        }
        for (FieldRows.Row row : reading.rows()) {
            List<FieldRows.Row> elements = shows ? names.elements(row) : List.of();
            String shown = shows ? value(row) : length(row);
            table.row(row.path(), names.name(row.path()), elements.isEmpty() ? shown : "");
            elements.forEach(element -> table.row(element.path(), names.name(element.path()), value(element)));
        }
        if (!reading.rows().isEmpty() || !header.isEmpty()) {
            out.print(table);
        }
        MessageReading.Fault fault = reading.fault();
        if (fault != null) {
            out.println("does not parse: " + fault);
            out.print(dump.lines(reading.bytes(), reading.offset(), reading.length(), fault.offset()));
            hints.forEach(hint -> out.println("  " + hint));
        }
    }

    @Override
    public void unreadable(int line, MessageReading.Fault fault) {
        out.println("line " + line + " does not parse: " + fault);
    }

    /** In a message that does not parse, a card number may stand under the path of anything. */
    private static String length(FieldRows.Row row) {
        return row.path().equals("mti")
                ? row.value()
                : Integer.toString(row.value().length());
    }

    private String value(FieldRows.Row row) {
        String value = unmasked ? row.value() : names.masked(row.path(), row.value());
        String meaning = names.meaningOf(row.path(), row.value());
        boolean shown = value.equals(row.value());
        return printable(value) + (meaning.isEmpty() || !shown ? "" : "  (" + meaning + ")");
    }

    /** Control characters spelled out, so that a message cannot write to somebody's terminal. */
    private static String printable(String value) {
        StringBuilder text = new StringBuilder(value.length());
        value.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                text.append(String.format(Locale.ROOT, "\\x%02x", c));
            } else {
                text.append((char) c);
            }
        });
        return text.toString();
    }
}
