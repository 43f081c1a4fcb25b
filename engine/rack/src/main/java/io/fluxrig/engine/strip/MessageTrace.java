package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.GearManifest.Port;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gears.ConnectionName;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.util.List;
import org.slf4j.Logger;

/**
 * At trace level, a line for each message that a gear is handed, and one more where the gear does not take it:
 *
 * <pre>
 *   gear.switch: in 0100 id=1x5k0v9c3q2d ref=0 conn=0.0.1.4 from=terminals
 *   gear.switch: in 0100 id=1x5k0v9c3q2d ref=0 conn=0.0.1.4 from=terminals: full
 * </pre>
 *
 * Message ids are in base 36, which no masking takes for a card number; nothing of a message's fields but its MTI is shown.
 * Allocates for each line: it exists at trace level only. Strip thread only.
 */
final class MessageTrace {
    private static final int ID_RADIX = 36;
    private static final int HALF_BITS = 32;
    private static final String NOTHING = "-";

    private final Logger log;
    private final List<Port> inputs;

    private MessageTrace(Logger log, List<Port> inputs) {
        this.log = log;
        this.inputs = inputs;
    }

    /** Null unless the logger takes trace lines: asked once, so that a message costs nothing otherwise. */
    static MessageTrace of(Logger log, List<Port> inputs) {
        return log.isTraceEnabled() ? new MessageTrace(log, inputs) : null;
    }

    void handed(int input, FluxMsg message) {
        log.trace("{}", describe(input, message));
    }

    void ended(int input, FluxMsg message, int outcome) {
        if (outcome != Outcome.ACCEPTED) {
            log.trace("{}: {}", describe(input, message), Outcome.name(outcome));
        }
    }

    private String describe(int input, FluxMsg message) {
        StringBuilder line = new StringBuilder(128);
        line.append(inputs.get(input).name()).append(' ').append(mti(message));
        line.append(" id=").append(Long.toUnsignedString(message.id(), ID_RADIX));
        line.append(" ref=").append(Long.toUnsignedString(message.refId(), ID_RADIX));
        line.append(" conn=").append(ConnectionName.of(message.meta().number(MetaKey.CONN_ID, 0)));
        String source = message.meta().text(MetaKey.FLUXRIG_SOURCE);
        line.append(" from=").append(source == null ? NOTHING : source);
        if (message.traceHi() != 0 || message.traceLo() != 0) {
            line.append(" trace=");
            hex(line, message.traceHi());
            hex(line.append('.'), message.traceLo());
        }
        String reason = message.meta().text(MetaKey.ERROR_REASON);
        return reason == null
                ? line.toString()
                : line.append(" reason=").append(reason).toString();
    }

    /** In halves, since sixteen hexadecimal digits may be decimal ones only. */
    private static void hex(StringBuilder line, long value) {
        line.append(Integer.toHexString((int) (value >>> HALF_BITS)))
                .append('.')
                .append(Integer.toHexString((int) value));
    }

    /** Four digits, {@code -} for what was not decoded. */
    private static String mti(FluxMsg message) {
        int mti = message.payload() instanceof IsoPayload iso ? iso.message().mti() : -1;
        return mti < 0 ? NOTHING : String.format("%04d", mti);
    }
}
