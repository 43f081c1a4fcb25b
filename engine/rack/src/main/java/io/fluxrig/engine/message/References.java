package io.fluxrig.engine.message;

import io.fluxrig.iso.mask.MaskingText;
import io.fluxrig.iso.wire.DataElement;
import io.fluxrig.transport.msg.FluxMsg;

/**
 * The numbers by which an operator finds a transaction in the books of terminal and issuer, for a log line. What its dialect
 * calls sensitive is left out, everything where no dialect says what is, and what the log's masker would make stars of, such as a
 * retrieval reference of digits only: a number as long as a card's is told in no log. Allocates.
 */
public final class References {
    private static final int[] FIELDS = {
        DataElement.STAN, DataElement.RRN, DataElement.TERMINAL, DataElement.RESPONSE_CODE
    };
    private static final String[] NAMES = {"STAN", "RRN", "terminal", "code"};

    private References() {}

    /** {@code  (STAN 004711)}, of a message whose other numbers may be read from the wrong place; empty if it is not there. */
    public static String stan(FluxMsg message) {
        return of(message, 1);
    }

    /** {@code  (STAN 004711, RRN A12345678901, terminal TERM0001, code 00)} of what is there; empty if nothing is. */
    public static String of(FluxMsg message) {
        return of(message, FIELDS.length);
    }

    private static String of(FluxMsg message, int count) {
        if (!(message.payload() instanceof IsoPayload payload) || payload.spec() == null) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String value = payload.message().text(FIELDS[i]);
            if (value != null && !payload.spec().sensitivity(FIELDS[i]).masks() && MaskingText.isClean(value)) {
                text.append(text.isEmpty() ? " (" : ", ")
                        .append(NAMES[i])
                        .append(' ')
                        .append(value.strip());
            }
        }
        return text.isEmpty() ? "" : text.append(')').toString();
    }
}
