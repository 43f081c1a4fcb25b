package io.fluxrig.cli.spec;

import io.fluxrig.iso.codec.MessageLength;
import io.fluxrig.iso.frame.FrameDecoder;
import io.fluxrig.iso.frame.FrameEnd;
import io.fluxrig.iso.frame.FrameRefusal;
import io.fluxrig.iso.frame.FrameView;
import io.fluxrig.iso.frame.PeekEncoding;
import io.fluxrig.iso.frame.Variant;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.wire.WireSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Works out how bytes are framed: tries each {@link KnownFraming} and takes the one for which the most speaks. A number of passes
 * over the bytes that does not depend on them. Single threaded.
 */
final class FrameGuess {
    private static final int TPDU_ID = 0x60;
    /** Frames without a message ahead of the first that has one: more, such as a capture of zeros, speak for nothing. */
    private static final int IDLE_MAX = 4_096;

    private static final byte[] ISO = "ISO".getBytes(StandardCharsets.US_ASCII);

    private final MessageReader reader;
    private final List<KnownFraming> framings;
    /** Null of a dialect whose messages do not tell their end. */
    private final MessageLength length;

    FrameGuess(Spec spec, MessageReader reader) {
        this.reader = reader;
        this.framings = KnownFraming.all(peek(spec.wire()));
        this.length = MessageLength.endless(spec.wire()) == null ? new MessageLength(spec.wire()) : null;
    }

    /** A message within the bytes. */
    record Body(int offset, int length) {}

    /**
     * How much speaks for a framing, from least to most; what is said of it says that it does.
     */
    enum Evidence {
        /** Nothing but a beginning. */
        BEGINS,
        /** Frames end where the bytes do. */
        ENDS,
        /** The messages in them can be read, and behind the last there is the beginning of another frame. */
        READS_THEN_BEGINS,
        /** They can be read, and nothing is behind them. */
        READS
    }

    /**
     * A framing, and why it is taken for that.
     *
     * @param framing null if the message stands alone
     * @param bodies the messages of frames that are whole
     * @param idle frames without a message; the fewer, the likelier
     * @param bytes how many were looked at
     * @param other what as much speaks for but that more frames would be without a message; null if nothing does
     */
    record Guess(KnownFraming framing, Evidence evidence, List<Body> bodies, int idle, int bytes, Guess other) {
        private Guess(KnownFraming framing, Evidence evidence, List<Body> bodies, int idle, int bytes) {
            this(framing, evidence, bodies, idle, bytes, null);
        }

        /** Zeros ahead of a message are idle frames of one framing and part of a longer length of another. */
        private boolean isBetterThan(Guess rival) {
            int more = rival == null ? 1 : evidence.compareTo(rival.evidence);
            if (more != 0) {
                return more > 0;
            }
            boolean bothIdle = idle > 0 && rival.idle > 0;
            return bothIdle && framing.rare() != rival.framing.rare() ? rival.framing.rare() : idle < rival.idle;
        }

        /** This one, with the better one of those that it was preferred to. */
        private Guess besides(Guess rival) {
            boolean asGood = rival != null && rival.evidence == evidence && rival.idle != idle && !rival.framing.rare();
            boolean first = asGood && (other == null || rival.isBetterThan(other));
            return first ? new Guess(framing, evidence, bodies, idle, bytes, rival) : this;
        }

        /** Whether the last frame is not whole, so that a message is missing. */
        boolean isCut() {
            return evidence == Evidence.READS_THEN_BEGINS;
        }

        /** The framing in words. */
        String words() {
            return framing == null ? "none" : framing.words();
        }

        /** How it is known. */
        String why() {
            if (framing == null) {
                return "the message begins with the first byte and ends with the last";
            }
            String count = bytes + (bytes == 1 ? " byte" : " bytes");
            String frames = (bodies.size() == 1 ? "one frame of it" : bodies.size() + " frames of it") + without();
            return switch (evidence) {
                case READS ->
                    "the " + count + " are " + frames + ", and what is in there is a message to its last byte" + also();
                case READS_THEN_BEGINS ->
                    "the " + count + " begin with " + frames
                            + ", and what is in there is a message to its last byte; the frame behind is not whole"
                            + also();
                case ENDS ->
                    "the " + count + " are " + frames
                            + ", with a message type where one should be; the message itself does not parse";
                case BEGINS ->
                    "a message type stands where it puts one, but the frame is longer than the " + count + " that came";
            };
        }

        /** The frames that hold no message, in words. */
        private String without() {
            return idle == 0 ? "" : " and " + idle + " without a message";
        }

        private String also() {
            return other == null
                    ? ""
                    : "; it may be " + other.words() + " as well (" + other.framing.keys() + "), with " + other.idle
                            + (other.idle == 1 ? " frame" : " frames") + " without a message";
        }
    }

    /** The likeliest framing, or null if nothing speaks for any. */
    Guess of(byte[] bytes) {
        if (reader.fits(bytes, 0, bytes.length)) {
            return new Guess(null, Evidence.READS, List.of(new Body(0, bytes.length)), 0, bytes.length);
        }
        boolean alone = typeStandsFirst(bytes);
        Guess best = null;
        for (KnownFraming framing : framings) {
            Guess guess = tried(framing, bytes);
            boolean possible = guess != null && !(alone && guess.evidence() == Evidence.BEGINS);
            if (possible) {
                best = guess.isBetterThan(best) ? guess.besides(best) : best.besides(guess);
            }
        }
        return best;
    }

    /** Whether the bytes begin as a message does that nothing stands ahead of. */
    private boolean typeStandsFirst(byte[] bytes) {
        List<FieldRows.Row> rows = reader.read(bytes, 0, bytes.length).rows();
        return !rows.isEmpty() && rows.get(0).value().matches("[01289][1-8][0-9]{2}");
    }

    private Guess tried(KnownFraming known, byte[] bytes) {
        FrameDecoder decoder = decoder(known);
        if (decoder == null) {
            return null;
        }
        FrameView view = new FrameView();
        List<Body> bodies = new ArrayList<>();
        boolean reads = true;
        int idle = 0;
        int at = 0;
        while (at < bytes.length) {
            int used = decoder.next(bytes, at, bytes.length, view);
            if (used < 0) {
                return null;
            }
            if (used == FrameDecoder.NEED_MORE) {
                return cutShort(known, bytes, at, reads ? bodies : List.of(), idle);
            }
            if (view.keepAlive()) {
                idle++;
                if (idle > IDLE_MAX && bodies.isEmpty()) {
                    return null;
                }
            } else {
                if (!headerFits(known, bytes, view)) {
                    return null;
                }
                bodies.add(new Body(view.bodyOffset(), view.bodyLength()));
                reads &= reader.fits(bytes, view.bodyOffset(), view.bodyLength());
            }
            at += used;
        }
        boolean looked = known.framing().heuristicValidation();
        if (bodies.isEmpty() || !reads && !looked) {
            return null;
        }
        return new Guess(known, reads ? Evidence.READS : Evidence.ENDS, bodies, idle, bytes.length);
    }

    /** What cuts such frames; null if messages of the dialect do not tell where they end, and nothing else does. */
    private FrameDecoder decoder(KnownFraming known) {
        if (known.framing().end() != FrameEnd.MESSAGE) {
            return new FrameDecoder(known.framing());
        }
        return length == null
                ? null
                : new FrameDecoder(known.framing(), (src, offset, limit) -> {
                    int bytes = length.of(src, offset, limit);
                    return bytes == MessageLength.REFUSED ? FrameRefusal.NOT_A_MESSAGE : bytes;
                });
    }

    /** The guess where the last frame is not whole; null if nothing speaks for it, as behind a message that stands alone. */
    private static Guess cutShort(KnownFraming known, byte[] bytes, int at, List<Body> bodies, int idle) {
        int alone = known.framing().end() == FrameEnd.MESSAGE ? 1 : 0;
        if (bodies.size() > alone) {
            return new Guess(known, Evidence.READS_THEN_BEGINS, bodies, idle, bytes.length);
        }
        return begins(known, bytes, at) ? new Guess(known, Evidence.BEGINS, List.of(), idle, bytes.length) : null;
    }

    /** Whether the message type of a frame that is not whole is there; the decoder has looked at it. */
    private static boolean begins(KnownFraming known, byte[] bytes, int at) {
        int body = at + known.framing().headroom();
        return known.framing().heuristicValidation()
                && !known.rare()
                && known.framing().lengthSize() > 0
                && body + 4 <= bytes.length
                && headerFits(known, bytes, body - known.framing().headerLength(), body);
    }

    private static boolean headerFits(KnownFraming known, byte[] bytes, FrameView view) {
        return headerFits(known, bytes, view.headerOffset(), view.bodyOffset());
    }

    private static boolean headerFits(KnownFraming known, byte[] bytes, int header, int body) {
        if (known.framing().variant() != Variant.GENERIC) {
            return (bytes[header] & 0xff) == body - header;
        }
        if (known.framing().tpduLength() > 0) {
            return (bytes[body - known.framing().tpduLength()] & 0xff) == TPDU_ID;
        }
        boolean iso = known.framing().protocolHeaderSize() > 0;
        for (int i = 0; iso && i < ISO.length; i++) {
            if (bytes[header + i] != ISO[i]) {
                return false;
            }
        }
        return true;
    }

    /** How a message type is written; null where it does not stand first, or in another way. */
    private static PeekEncoding peek(WireSpec wire) {
        if (wire.header() > 0) {
            return null;
        }
        return switch (wire.mti().enc()) {
            case ASCII -> PeekEncoding.ASCII;
            case EBCDIC, EBCDIC1047 -> PeekEncoding.EBCDIC;
            case BCD, BCD_F, LBCD, LBCD_F -> PeekEncoding.BCD;
            default -> null;
        };
    }
}
