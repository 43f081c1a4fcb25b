package io.fluxrig.iso.codec;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sound messages with bytes changed, cut off, put in: what the fuzz target asserts, over a hundred thousand of them. */
class CodecDamageTest {

    private static final int MESSAGES = 4_000;
    private static final int DAMAGES = 25;

    @Test
    void shouldSurviveDamage() {
        CodecFuzzTest target = new CodecFuzzTest();
        Random random = new Random(8583);
        byte[] out = new byte[65_536];
        for (int i = 0; i < MESSAGES; i++) {
            int shape = random.nextInt(24);
            AnyDialect dialect = new AnyDialect(shape, shape * 31L);
            int length = new IsoCodec(dialect.wire()).encode(dialect.message(random), out, 0);
            byte[] sound = Arrays.copyOf(out, length);
            target.survive(shape, sound);
            for (int damage = 0; damage < DAMAGES; damage++) {
                target.survive(shape, damaged(sound, random));
            }
        }
    }

    private static byte[] damaged(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> Arrays.copyOf(bytes, bytes.length + random.nextInt(9));
            default -> bytes;
        };
    }
}
