package io.fluxrig.engine.gears.codec;

import io.fluxrig.engine.gear.ErrorReasons;
import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gears.ConnectionName;
import io.fluxrig.engine.gears.LogBudget;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.engine.message.References;
import io.fluxrig.iso.check.MessageCheck;
import io.fluxrig.iso.codec.CodecError;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.Meta;
import io.fluxrig.transport.msg.MetaKey;
import io.fluxrig.transport.msg.Payload;

/**
 * One strip's copy of a codec gear, whatever {@link MessageCodec} it works with: decodes into the one message it owns, encodes into the one scratch array it
 * owns, both lent down the wire for the call and wiped at the end of the batch.
 *
 * <p>A message that is still what its bytes say, in this very dialect, is not encoded: its bytes go on. After the call a
 * message is as it came, so that a sender whose message was not taken can try elsewhere. What cannot be decoded or encoded
 * is counted by code and field, told in a rate-limited log line without values, and ends as {@code on_error} says; the
 * sender is told {@link Outcome#REFUSED} unless {@code error} took it. What was decoded and finds that {@code out} is
 * {@link Outcome#STALLED} leaves on {@code error} as well. Strip thread only.
 */
public final class CodecGear implements Gear {
    private static final String PROTOCOL = "iso8583";
    /** The second digit of a type: 0800. */
    private static final int NETWORK_MANAGEMENT = 8;
    /** First digits of types: 0 to 2 are editions of ISO 8583, 8 and 9 for own use. */
    private static final int VERSION_MAX = 2;

    private static final int VERSION_OWN_MIN = 8;

    private enum Direction {
        AUTO,
        ENCODE,
        DECODE
    }

    private enum OnError {
        REJECT,
        DROP,
        KILL
    }

    private final GearContext context;
    private final Spec spec;
    private final String shortHash;
    private final Direction direction;
    private final OnError onError;
    private final MessageCodec codec;
    private final MessageCheck check;
    private final boolean enforce;
    private final IsoPayload payload = new IsoPayload();
    private final byte[] scratch;
    private final MtiWords words = new MtiWords();
    private final CodecMetrics metrics;
    private final Output out;
    private final Output error;
    private final CodecLines lines;
    private final Runnable wipe = this::wipe;
    private boolean wipePending;
    private boolean busy;
    private int scratchUsed;

    /**
     * @param context its configuration has the keys of {@link CodecFactory}
     * @param spec what the fields mean
     * @param codec how they stand in bytes; this gear's own
     */
    public CodecGear(GearContext context, Spec spec, MessageCodec codec) {
        this.context = context;
        this.spec = spec;
        this.codec = codec;
        shortHash = spec.shortHash();
        direction = switch (context.config().text("direction")) {
            case "encode" -> Direction.ENCODE;
            case "decode" -> Direction.DECODE;
            default -> Direction.AUTO;
        };
        onError = switch (context.config().text("on_error")) {
            case "drop" -> OnError.DROP;
            case "kill" -> OnError.KILL;
            default -> OnError.REJECT;
        };
        String validation = context.config().text("validation");
        check = "off".equals(validation) ? null : new MessageCheck(spec);
        enforce = "enforce".equals(validation);
        scratch = new byte[spec.wire().limits().messageBytesMax()];
        metrics = new CodecMetrics(context.metrics());
        lines = new CodecLines(context);
        out = context.output("out");
        error = context.output("error");
    }

    @Override
    public int onMessage(int inPort, FluxMsg message) {
        if (busy) {
            metrics.reentered.increment();
            return Outcome.REFUSED;
        }
        boolean encoding = direction == Direction.ENCODE || direction == Direction.AUTO && message.payload() != null;
        busy = true;
        try {
            return encoding ? encode(message) : decode(message);
        } finally {
            busy = false;
            if (!wipePending) {
                wipePending = true;
                context.atBatchEnd(wipe);
            }
        }
    }

    @Override
    public void stop() {
        wipe();
        lines.close();
    }

    private int decode(FluxMsg message) {
        int used = codec.decode(message.raw(), message.rawOffset(), message.rawLength(), payload.message());
        if (used < 0) {
            return refused(message, false);
        }
        metrics.decoded.increment();
        Payload before = message.payload();
        lendFields(message);
        int outcome = violates(message, payload.message()) ? invalid(message) : emitDecoded(message);
        message.payload(before);
        return outcome;
    }

    /** Where the wire has had no room for too long, whoever asked is told so; an answer is for nobody on that side. */
    private int emitDecoded(FluxMsg message) {
        int mti = payload.message().mti();
        int outcome = out.emit(message);
        if (outcome != Outcome.STALLED || onError != OnError.REJECT) {
            return outcome;
        }
        if (isAnswer(mti)) {
            tellStalled(message);
        }
        if ((payload.message().mti() / 10 & 1) == 1) { // also a request that was made an answer on its way
            return outcome;
        }
        message.meta().set(MetaKey.ERROR_REASON, ErrorReasons.OVERLOAD);
        int told = error.emit(message);
        message.meta().unset(MetaKey.ERROR_REASON);
        return told == Outcome.ACCEPTED || told == Outcome.FULL ? told : Outcome.STALLED;
    }

    private void tellStalled(FluxMsg message) {
        if (lines.stalled.allows(context.clock().nanoTime())) {
            context.log()
                    .warn(
                            "an answer{} is not handed on, since the wire behind has had no room for too long: its terminal is"
                                    + " declined; if code 00 the issuer approved: reverse it{}",
                            References.of(message),
                            lines.stalled.takeSuppressed());
        }
    }

    private void lendFields(FluxMsg message) {
        payload.spec(spec);
        message.payload(payload);
        describe(message.meta());
    }

    private void describe(Meta meta) {
        meta.set(MetaKey.CODEC_PROTOCOL, PROTOCOL);
        meta.set(MetaKey.CODEC_SPEC_ID, spec.id());
        meta.set(MetaKey.CODEC_SPEC_VERSION, spec.version());
        meta.set(MetaKey.CODEC_SPEC_HASH, shortHash);
        int mti = payload.message().mti();
        if (mti >= 0) {
            meta.set(MetaKey.ISO_MTI, words.text(mti));
            meta.set(MetaKey.ISO_MTI_CLASS, words.messageClass(mti));
        }
    }

    private int encode(FluxMsg message) {
        if (!(message.payload() instanceof IsoPayload fields)) {
            return message.payload() == null ? refusedWithoutFields(message) : Outcome.REFUSED;
        }
        if (violates(message, fields.message())) {
            return invalid(message);
        }
        if (message.rawLength() > 0 && codec.writes(fields)) {
            metrics.passedThrough.increment();
            return emitEncoded(message, message.raw(), message.rawOffset(), message.rawLength());
        }
        int length = codec.encode(fields.message(), scratch, 0);
        if (length < 0) {
            scratchUsed = scratch.length;
            return refused(message, true);
        }
        scratchUsed = Math.max(scratchUsed, length);
        metrics.encoded.increment();
        return emitEncoded(message, scratch, 0, length);
    }

    /** Lends the bytes down the wire and puts the message back as it was. */
    private int emitEncoded(FluxMsg message, byte[] bytes, int offset, int length) {
        Payload fields = message.payload();
        byte[] raw = message.raw();
        int rawOffset = message.rawOffset();
        int rawLength = message.rawLength();
        message.payload(null);
        message.raw(bytes, offset, length);
        int outcome = out.emit(message);
        message.payload(fields);
        message.raw(raw, rawOffset, rawLength);
        return outcome;
    }

    /** Checks the message as configured, tells what it found, and says whether that refuses the message. */
    private boolean violates(FluxMsg message, IsoMessage fields) {
        if (check == null || check.check(fields) == 0) {
            return false;
        }
        metrics.invalid.increment();
        metrics.violations.count(check.violations(), fields.mti());
        tell(message.meta(), check.violations().text());
        return enforce && check.violations().reject();
    }

    /** Behind what an earlier gear found. */
    private static void tell(Meta meta, String violations) {
        String before = meta.text(MetaKey.CODEC_VIOLATIONS);
        meta.set(MetaKey.CODEC_VIOLATIONS, before == null ? violations : before + "; " + violations);
    }

    private int invalid(FluxMsg message) {
        metrics.enforced.increment();
        long connId = message.meta().number(MetaKey.CONN_ID, 0);
        if (lines.invalid.allows(context.clock().nanoTime())) {
            context.log()
                    .warn(
                            "message refused: {} (conn {}){}",
                            check.violations().text(),
                            ConnectionName.of(connId),
                            lines.invalid.takeSuppressed());
        }
        return end(message, connId, ErrorReasons.INVALID);
    }

    /** An encoder was sent bytes only: nothing to encode. */
    private int refusedWithoutFields(FluxMsg message) {
        codec.encode(payload.message(), scratch, 0);
        return refused(message, true);
    }

    private int refused(FluxMsg message, boolean encoding) {
        CodecError why = codec.error();
        metrics.refused(encoding, why);
        long connId = message.meta().number(MetaKey.CONN_ID, 0);
        LogBudget budget = encoding ? lines.encode : lines.decode;
        boolean told = budget.allows(context.clock().nanoTime());
        String fault =
                told || onError == OnError.REJECT ? why.toString() : ""; // reading what can be read writes over it
        if (told) {
            context.log()
                    .warn(
                            "{}{}{} (conn {}){}",
                            encoding ? "encode refused: " : "decode refused: ",
                            fault,
                            encoding ? toBeEncoded(message) : toBeDecoded(message),
                            ConnectionName.of(connId),
                            budget.takeSuppressed());
        }
        if (onError == OnError.REJECT) {
            tell(message.meta(), fault);
        }
        return end(message, connId, encoding ? ErrorReasons.NOT_ENCODABLE : ErrorReasons.MALFORMED);
    }

    /** What finds a message that cannot be written in the books of both sides, and that an answer may be money. Allocates. */
    private static String toBeEncoded(FluxMsg message) {
        String money = isAnswer(message)
                ? ", an answer: its terminal is declined; if code 00 the issuer approved: reverse it"
                : "";
        return References.of(message) + money;
    }

    /**
     * As {@link #toBeEncoded} of bytes, from what can be read ahead of the fault. Where that lies may be told too late, by fields that were
     * read from the wrong place: terminal and code are not told. Allocates.
     */
    private String toBeDecoded(FluxMsg message) {
        Payload before = message.payload();
        if (before == null && readable(message)) {
            payload.spec(spec);
            message.payload(payload);
        }
        String stan = References.stan(message);
        String money = isAnswer(message)
                ? ", an answer: its terminal is declined, and the issuer may have approved it, whatever code can be read in it:"
                        + " find it by STAN and time in the issuer's books"
                : "";
        message.payload(before);
        return stan + money;
    }

    private static boolean isAnswer(FluxMsg message) {
        return message.payload() instanceof IsoPayload fields
                && isAnswer(fields.message().mti());
    }

    /** To a request that may move money: not to a sign-on or an echo, nor where bytes of another dialect give a type that nobody uses. */
    private static boolean isAnswer(int mti) {
        int version = mti / 1000;
        int kind = mti / 100 % 10;
        boolean used = (version <= VERSION_MAX || version >= VERSION_OWN_MIN) && kind != 0;
        return used && (mti / 10 & 1) == 1 && kind != NETWORK_MANAGEMENT;
    }

    private boolean readable(FluxMsg message) {
        return codec.decodeReadable(message.raw(), message.rawOffset(), message.rawLength(), payload.message()) >= 0;
    }

    /** Ends a refused message as {@code on_error} says. */
    private int end(FluxMsg message, long connId, String reason) {
        return switch (onError) {
            case DROP -> Outcome.REFUSED;
            case KILL -> {
                if (connId != 0 && !message.meta().has(MetaKey.CONN_RACK)) {
                    context.signal(new Signal.ConnClose(connId, reason));
                }
                yield Outcome.REFUSED;
            }
            case REJECT -> {
                message.meta().set(MetaKey.ERROR_REASON, reason);
                yield reject(message) == Outcome.ACCEPTED ? Outcome.ACCEPTED : Outcome.REFUSED;
            }
        };
    }

    /** What is still bytes leaves with the fields that could be read, so that its sender can be told. */
    private int reject(FluxMsg message) {
        Payload before = message.payload();
        if (before == null && direction != Direction.ENCODE && readable(message)) {
            lendFields(message);
        }
        int outcome = error.emit(message);
        message.payload(before);
        return outcome;
    }

    private void wipe() {
        wipePending = false;
        payload.wipe();
        Bytes.wipe(scratch, 0, scratchUsed);
        scratchUsed = 0;
    }
}
