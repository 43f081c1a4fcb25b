package io.fluxrig.transport.snake.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EnvelopeSealTest {
    private static final String SUBJECT = "flux.msg.west.encode.in";
    private static final byte[] RACK = "east".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ORIGIN = new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private static final byte[] MESSAGE = "4111111111111111".getBytes(StandardCharsets.US_ASCII);

    private final byte[] plain = new byte[1000];

    private static EnvelopeSeal seal(int key, String subject) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) key);
        return new EnvelopeSeal(new SnakeKey(bytes), subject, new SecureRandom());
    }

    private static byte[] sealed() {
        return seal(1, SUBJECT).seal(Envelope.FLAG_CONFIRM, RACK, 5, ORIGIN, 77, MESSAGE, MESSAGE.length);
    }

    @Test
    void shouldOpenWhatAnotherRackWithTheKeySealed() {
        byte[] envelope = sealed();
        int length = seal(1, SUBJECT).open(envelope, plain);
        assertThat(Arrays.copyOf(plain, length)).isEqualTo(MESSAGE);
        assertThat(Envelope.rack(envelope)).isEqualTo("east");
        assertThat(Envelope.strip(envelope)).isEqualTo(5);
        assertThat(Envelope.origin(envelope)).isEqualTo(ORIGIN);
        assertThat(Envelope.sequence(envelope)).isEqualTo(77);
        assertThat(Envelope.has(envelope, Envelope.FLAG_CONFIRM)).isTrue();
        assertThat(Envelope.has(envelope, Envelope.FLAG_DATA_LEFT_OUT)).isFalse();
    }

    @Test
    void shouldHideTheMessage() {
        assertThat(new String(sealed(), StandardCharsets.ISO_8859_1)).doesNotContain("411111");
    }

    @Test
    void shouldRefuseAnyChangedByte() {
        EnvelopeSeal seal = seal(1, SUBJECT);
        for (int at = 0; at < sealed().length; at++) {
            byte[] changed = sealed();
            changed[at] ^= 1;
            assertThat(seal.open(changed, plain)).as("byte %s", at).isNegative();
        }
    }

    @Test
    void shouldRefuseAnyCutMessage() {
        EnvelopeSeal seal = seal(1, SUBJECT);
        byte[] envelope = sealed();
        for (int length = 0; length < envelope.length; length++) {
            assertThat(seal.open(Arrays.copyOf(envelope, length), plain)).isNegative();
        }
    }

    @Test
    void shouldRefuseAMessageOfAnotherWire() {
        assertThat(seal(1, "flux.msg.west.other.in").open(sealed(), plain)).isEqualTo(EnvelopeSeal.BROKEN);
    }

    @Test
    void shouldTellAnotherKeyFromDamage() {
        assertThat(seal(2, SUBJECT).open(sealed(), plain)).isEqualTo(EnvelopeSeal.OTHER_KEY);
    }

    @Test
    void shouldNotSealTwiceAlike() {
        EnvelopeSeal seal = seal(1, SUBJECT);
        byte[] one = seal.seal(0, RACK, 5, ORIGIN, 77, MESSAGE, MESSAGE.length);
        byte[] other = seal.seal(0, RACK, 5, ORIGIN, 77, MESSAGE, MESSAGE.length);
        assertThat(one).isNotEqualTo(other);
    }

    private static byte[] bytes(int key) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) key);
        return bytes;
    }

    private static byte[] sealedBy(EnvelopeSeal seal) {
        return seal.seal(0, RACK, 5, ORIGIN, 77, MESSAGE, MESSAGE.length);
    }

    @Test
    void shouldSealWithAnotherKeyFromTheMomentOnThatItChanges() {
        AtomicReference<List<byte[]>> now = new AtomicReference<>(List.of(bytes(1)));
        EnvelopeSeal seal = new EnvelopeSeal(new SnakeKey(now::get), SUBJECT, new SecureRandom());
        byte[] before = sealedBy(seal);
        now.set(List.of(bytes(2), bytes(1)));
        byte[] after = sealedBy(seal);

        assertThat(seal(1, SUBJECT).open(before, plain)).isEqualTo(MESSAGE.length);
        assertThat(seal(1, SUBJECT).open(after, plain)).isEqualTo(EnvelopeSeal.OTHER_KEY);
        assertThat(seal(2, SUBJECT).open(after, plain)).isEqualTo(MESSAGE.length);
        assertThat(Arrays.copyOfRange(after, Envelope.SALT_OFFSET, Envelope.SALT_OFFSET + Envelope.SALT_LENGTH))
                .as("no nonce meets two keys under one salt")
                .isNotEqualTo(
                        Arrays.copyOfRange(before, Envelope.SALT_OFFSET, Envelope.SALT_OFFSET + Envelope.SALT_LENGTH));
    }

    @Test
    void shouldMarkAMessageWithTheKeyThatSealsItWhileKeysChange() {
        List<byte[]> before = List.of(bytes(1));
        List<byte[]> after = List.of(bytes(2), bytes(1));
        AtomicInteger asked = new AtomicInteger();
        SnakeKey changing = new SnakeKey(() -> asked.getAndIncrement() == 0 ? before : after);
        byte[] envelope = sealedBy(new EnvelopeSeal(changing, SUBJECT, new SecureRandom()));

        SnakeKey both = new SnakeKey(() -> after);
        assertThat(new EnvelopeSeal(both, SUBJECT, new SecureRandom()).open(envelope, plain))
                .isEqualTo(MESSAGE.length);
        assertThat(asked).as("times that the keys were asked for").hasValueGreaterThan(1);
    }

    /** Whoever had the key went on sealing under a run that had been opened once, until the receiver was started again. */
    @Test
    void shouldOpenNothingMoreWithAKeyThatIsGone() {
        AtomicReference<List<byte[]>> now = new AtomicReference<>(List.of(bytes(1)));
        EnvelopeSeal receiver = new EnvelopeSeal(new SnakeKey(now::get), SUBJECT, new SecureRandom());
        EnvelopeSeal sender = seal(1, SUBJECT);
        assertThat(receiver.open(sealedBy(sender), plain)).isEqualTo(MESSAGE.length);

        now.set(List.of(bytes(2)));

        assertThat(receiver.open(sealedBy(sender), plain)).isEqualTo(EnvelopeSeal.OTHER_KEY);
    }

    @Test
    void shouldOpenWithEachKeyAndWithOneThatComesLater() {
        AtomicReference<List<byte[]>> now = new AtomicReference<>(List.of(bytes(1)));
        EnvelopeSeal seal = new EnvelopeSeal(new SnakeKey(now::get), SUBJECT, new SecureRandom());
        byte[] other = sealedBy(seal(2, SUBJECT));
        assertThat(seal.open(other, plain)).isEqualTo(EnvelopeSeal.OTHER_KEY);

        now.set(List.of(bytes(1), bytes(2)));

        assertThat(seal.open(other, plain)).isEqualTo(MESSAGE.length);
        assertThat(seal.open(sealed(), plain)).isEqualTo(MESSAGE.length);
        assertThat(seal(1, SUBJECT).open(sealedBy(seal), plain))
                .as("the first seals")
                .isEqualTo(MESSAGE.length);
    }
}
