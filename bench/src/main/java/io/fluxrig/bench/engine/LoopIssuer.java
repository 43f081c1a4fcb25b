package io.fluxrig.bench.engine;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.iso.wire.DataElement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A host behind a {@link LoopLine} that approves everything: decode, code and approval in, encode. */
final class LoopIssuer {
    private static final byte[] APPROVED = "00".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AUTHORIZATION = "123456".getBytes(StandardCharsets.US_ASCII);
    private static final int RESPONSE = 10;
    private static final int ANSWER_MAX = 1024;
    private static final long CONNECTION = 1;

    private final LoopLine line;
    private final IsoCodec codec;
    private final IsoMessage message = new IsoMessage();
    private final byte[] answer = new byte[ANSWER_MAX];

    LoopIssuer(LoopLine line, Path spec) {
        this.line = line;
        this.codec = new IsoCodec(SpecLoader.load(spec).spec().wire());
    }

    /** Answers whatever waits on the line. */
    void answerAll(long epochNs) {
        while (line.count() > 0) {
            int length = answer(line.bytes(), line.length());
            line.taken();
            if (line.receive(CONNECTION, answer, length, epochNs) != Outcome.ACCEPTED) {
                throw new IllegalStateException("an answer was not taken");
            }
        }
    }

    /** Makes the answer to a request; its length. */
    int answer(byte[] request, int requestLength) {
        if (codec.decode(request, 0, requestLength, message) < 0) {
            throw new IllegalStateException("the issuer cannot read the request: " + codec.error());
        }
        message.setMti(message.mti() + RESPONSE);
        message.set(DataElement.AUTHORIZATION_CODE, AUTHORIZATION, 0, AUTHORIZATION.length);
        message.set(DataElement.RESPONSE_CODE, APPROVED, 0, APPROVED.length);
        return codec.encode(message, answer, 0);
    }
}
