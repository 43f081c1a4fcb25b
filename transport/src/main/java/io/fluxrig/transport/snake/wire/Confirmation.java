package io.fluxrig.transport.snake.wire;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.seal.Envelope;
import io.fluxrig.transport.snake.seal.Origin;
import io.fluxrig.transport.snake.seal.SnakeKey;
import java.util.Arrays;

/**
 * What a receiving rack tells a sender: these messages are in my journal, forget them.
 *
 * <pre>
 *   0   4  magic "FXC" and version 1
 *   4   4  how many, at most {@link #COUNT_MAX}
 *   8  16  origin
 *  24  8n  sequences
 *      32  HMAC-SHA256 under the shared key, so that nobody else makes a sender forget
 * </pre>
 *
 * <p>Numbers are big-endian. Static and stateless.
 */
final class Confirmation {
    static final int COUNT_MAX = 1024;

    private static final int MAGIC = 'F' << 24 | 'X' << 16 | 'C' << 8 | 1;
    private static final int HEADER_LENGTH = 24;
    private static final int PROOF_LENGTH = 32;
    private static final String PURPOSE = "fluxrig snake confirmation";

    private Confirmation() {}

    static String subject(String rack, Origin origin) {
        return Bus.CONFIRM + rack + "." + origin;
    }

    static byte[] write(SnakeKey key, Origin origin, long[] sequences, int count) {
        int length = HEADER_LENGTH + 8 * count;
        byte[] body = new byte[length + PROOF_LENGTH];
        Bytes.putIntBe(body, 0, MAGIC);
        Bytes.putIntBe(body, 4, count);
        System.arraycopy(origin.bytes(), 0, body, 8, Envelope.ORIGIN_LENGTH);
        for (int i = 0; i < count; i++) {
            Bytes.putLongBe(body, HEADER_LENGTH + 8 * i, sequences[i]);
        }
        System.arraycopy(key.proof(PURPOSE, body, length), 0, body, length, PROOF_LENGTH);
        return body;
    }

    /** The sequences that are confirmed; null if it is not a confirmation of that origin under that key. */
    static long[] read(SnakeKey key, Origin origin, byte[] body) {
        if (body.length < HEADER_LENGTH + PROOF_LENGTH || Bytes.intBe(body, 0) != MAGIC) {
            return null;
        }
        int count = Bytes.intBe(body, 4);
        int length = body.length - PROOF_LENGTH;
        if (count < 0 || count > COUNT_MAX || length != HEADER_LENGTH + 8 * count) {
            return null;
        }
        byte[] proof = Arrays.copyOfRange(body, length, body.length);
        boolean own = Bytes.equal(body, 8, origin.bytes(), 0, Envelope.ORIGIN_LENGTH);
        if (!own || !key.proves(PURPOSE, body, length, proof)) {
            return null;
        }
        long[] sequences = new long[count];
        for (int i = 0; i < count; i++) {
            sequences[i] = Bytes.longBe(body, HEADER_LENGTH + 8 * i);
        }
        return sequences;
    }
}
