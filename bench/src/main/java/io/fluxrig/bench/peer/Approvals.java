package io.fluxrig.bench.peer;

import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.frame.FrameEncoder;
import io.fluxrig.iso.frame.FrameView;
import io.fluxrig.iso.frame.Framing;
import io.fluxrig.iso.wire.DataElement;
import io.fluxrig.iso.wire.WireSpec;
import io.fluxrig.load.net.FrameStream;
import io.fluxrig.load.net.WriteBuffers;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a host says, for all of its connections in turn: reads each request, sets code and approval, writes the answer behind
 * those of the same read. Event loop's thread only.
 */
final class Approvals implements FrameStream.Taker {
    private static final byte[] APPROVED = "00".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AUTHORIZATION = "123456".getBytes(StandardCharsets.US_ASCII);
    private static final int RESPONSE = 10;

    private final FrameStream.Window window;
    private final FrameEncoder encoder;
    private final IsoCodec codec;
    private final IsoMessage message = new IsoMessage();
    private final WriteBuffers buffers = new WriteBuffers();
    private final int headroom;
    private final int frameMax;
    private byte[] answers;
    private int answersLength;
    private boolean refused;

    Approvals(Framing framing, WireSpec wire) {
        window = new FrameStream.Window(framing);
        encoder = new FrameEncoder(framing);
        codec = new IsoCodec(wire);
        headroom = framing.headroom();
        frameMax = framing.frameLengthMax();
        answers = new byte[2 * frameMax];
    }

    FrameStream.Window window() {
        return window;
    }

    @Override
    public boolean frame(byte[] bytes, FrameView frame) {
        refused = codec.decode(bytes, frame.bodyOffset(), frame.bodyLength(), message) < 0;
        if (refused) {
            return false;
        }
        message.setMti(message.mti() + RESPONSE);
        message.set(DataElement.AUTHORIZATION_CODE, AUTHORIZATION, 0, AUTHORIZATION.length);
        message.set(DataElement.RESPONSE_CODE, APPROVED, 0, APPROVED.length);
        if (answers.length - answersLength < frameMax) {
            answers = Arrays.copyOf(answers, 2 * answers.length);
        }
        int body = answersLength + headroom;
        int length = codec.encode(message, answers, body);
        refused = length < 0;
        if (refused) {
            return false;
        }
        answersLength += encoder.encodeReply(
                answers, body, length, bytes, frame.headerOffset(), frame.headerLength(), answers, answersLength);
        return true;
    }

    /** Whether the last request could not be read, or its answer not written. */
    boolean refused() {
        return refused;
    }

    /** Writes the answers since the last call. */
    void writeTo(ChannelHandlerContext context) {
        if (answersLength > 0) {
            buffers.write(context, buffers.take().writeBytes(answers, 0, answersLength));
            answersLength = 0;
        }
    }
}
