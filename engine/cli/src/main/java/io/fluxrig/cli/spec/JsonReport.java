package io.fluxrig.cli.spec;

import io.fluxrig.cli.console.Json;
import io.fluxrig.iso.mask.Masker;
import io.fluxrig.iso.spec.Spec;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages for scripts, one object a line:
 *
 * <pre>
 *   {"mti":"0100","fields":{"2":"476173******0119","55.9F02":"000000012345"}}
 *   {"error":{"path":"55.9F26","offset":131,"expected":"8 bytes, length=5"}}
 * </pre>
 *
 * <p>Of a dialect with a header ahead of the message type, {@code "header"} in hex comes first; nobody knows what is in one, so it is
 * masked. With a framing that was worked out, {@code "framing":{"keys":...,"why":...}} behind that; an error may have {@code "hints"}, and
 * has no offset where it is about no byte. A line of hex that is none has its {@code "line"}, from 1.
 */
final class JsonReport implements DecodeReport {
    private final PrintStream out;
    private final Spec spec;
    private final FieldNames names;
    private final boolean unmasked;
    private Map<String, Object> framing;

    JsonReport(PrintStream out, Spec spec, boolean unmasked) {
        this.out = out;
        this.spec = spec;
        this.names = new FieldNames(spec);
        this.unmasked = unmasked;
    }

    @Override
    public void framing(FrameGuess.Guess guess) {
        framing = new LinkedHashMap<>();
        framing.put(
                "keys",
                guess == null || guess.framing() == null ? "" : guess.framing().keys());
        framing.put("why", guess == null ? "none that is known fits" : guess.why());
    }

    @Override
    public void message(MessageReading reading, List<String> hints) {
        Map<String, Object> object = reading.fault() == null ? values(reading) : error(reading.fault(), hints);
        if (framing != null) {
            object.put("framing", framing);
        }
        out.println(Json.line(object));
    }

    @Override
    public void unreadable(int line, MessageReading.Fault fault) {
        Map<String, Object> object = error(fault, List.of());
        object.put("line", line);
        out.println(Json.line(object));
    }

    private Map<String, Object> values(MessageReading reading) {
        Map<String, Object> object = new LinkedHashMap<>();
        String header = reading.header(spec);
        if (!header.isEmpty()) {
            object.put("header", unmasked ? header : Masker.hidden(header.length()));
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (FieldRows.Row row : reading.rows()) {
            if (row.path().equals("mti")) {
                object.put("mti", row.value());
            } else {
                fields.put(row.path(), unmasked ? row.value() : names.masked(row.path(), row.value()));
            }
        }
        object.put("fields", fields);
        return object;
    }

    static Map<String, Object> error(MessageReading.Fault fault, List<String> hints) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("path", fault.path());
        if (fault.offset() != MessageReading.Fault.NOWHERE) {
            error.put("offset", fault.offset());
        }
        error.put("expected", fault.expected());
        if (!hints.isEmpty()) {
            error.put("hints", hints);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("error", error);
        return object;
    }
}
