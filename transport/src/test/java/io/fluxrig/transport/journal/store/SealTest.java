package io.fluxrig.transport.journal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.transport.journal.JournalRig;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final byte[] IDENTITY = "rack/a.out-b.in".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_TAG = new byte[Block.TAG_LENGTH];

    private final byte[] plain = "0123456789".getBytes(StandardCharsets.US_ASCII);
    private final byte[] block = new byte[Block.LENGTH_MAX];
    private final byte[] opened = new byte[Block.PLAIN_LENGTH_MAX];

    private static Seal seal(int key, byte[] identity) {
        return new Seal(JournalRig.key(key), identity, new SecureRandom());
    }

    private int sealWith(Seal seal) {
        return seal.seal(1, 5, NO_TAG, plain, plain.length, block, opened);
    }

    @Test
    void shouldOpenWhatAnotherOpeningSealed() {
        int length = sealWith(seal(1, IDENTITY));
        assertThat(length).isEqualTo(Block.HEADER_LENGTH + plain.length + Block.TAG_LENGTH);
        int openedLength = seal(1, IDENTITY).open(block, length, opened);
        assertThat(Arrays.copyOf(opened, openedLength)).isEqualTo(plain);
    }

    @Test
    void shouldNeverUseAKeyAndNonceTwice() {
        Seal first = seal(1, IDENTITY);
        int length = sealWith(first);
        byte[] one = Arrays.copyOf(block, length);
        sealWith(first);
        byte[] two = Arrays.copyOf(block, length);
        sealWith(seal(1, IDENTITY));
        byte[] restarted = Arrays.copyOf(block, length);
        assertThat(Block.number(one)).isEqualTo(1);
        assertThat(Block.number(two)).isEqualTo(2);
        assertThat(Arrays.copyOfRange(one, 16, 32)).isEqualTo(Arrays.copyOfRange(two, 16, 32));
        // the number begins anew with another salt, and so with another key
        assertThat(Block.number(restarted)).isEqualTo(1);
        assertThat(Arrays.copyOfRange(restarted, 16, 32)).isNotEqualTo(Arrays.copyOfRange(one, 16, 32));
    }

    /** A cipher that encrypts other bytes than it was given, so many times, under a tag that is right. */
    private static Seal mistaken(int times) {
        AtomicInteger left = new AtomicInteger(times);
        return new Seal(
                List.of(JournalRig.key(1)),
                IDENTITY,
                new SecureRandom(),
                (cipher, bytes, length, into) ->
                        Seal.encrypt(cipher, left.getAndDecrement() > 0 ? new byte[length] : bytes, length, into));
    }

    @Test
    void shouldSealAgainWhatItsCipherGotWrong() {
        int length = sealWith(mistaken(2));
        int openedLength = seal(1, IDENTITY).open(block, length, opened);
        assertThat(Arrays.copyOf(opened, openedLength)).isEqualTo(plain);
        assertThat(Block.number(block)).isEqualTo(3);
    }

    @Test
    void shouldFailRatherThanWriteWhatCannotBeRead() {
        Seal seal = mistaken(Integer.MAX_VALUE);
        assertThatThrownBy(() -> sealWith(seal))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("computes wrongly");
    }

    @Test
    void shouldNotOpenWithAnotherKey() {
        int length = sealWith(seal(1, IDENTITY));
        assertThat(seal(2, IDENTITY).open(block, length, opened)).isNegative();
    }

    @Test
    void shouldNotOpenForAnotherJournal() {
        int length = sealWith(seal(1, IDENTITY));
        byte[] other = "rack/a.out-c.in".getBytes(StandardCharsets.US_ASCII);
        assertThat(seal(1, other).open(block, length, opened)).isNegative();
    }

    @Test
    void shouldNotOpenWithAnyByteChanged() {
        Seal seal = seal(1, IDENTITY);
        int length = sealWith(seal);
        for (int i = 0; i < length; i++) {
            block[i] ^= 1;
            assertThat(seal.open(block, length, opened)).as("byte %d", i).isNegative();
            block[i] ^= 1;
        }
        assertThat(seal.open(block, length, opened)).isEqualTo(plain.length);
    }

    private static Seal seal(int... keys) {
        List<byte[]> all = new ArrayList<>();
        for (int key : keys) {
            all.add(JournalRig.key(key));
        }
        return new Seal(all, IDENTITY, new SecureRandom(), Seal::encrypt);
    }

    @Test
    void shouldOpenWhatAnEarlierKeySealedAndSealWithTheFirst() {
        int length = sealWith(seal(1));
        Seal rotated = seal(2, 3, 1);

        assertThat(rotated.open(block, length, opened)).isEqualTo(plain.length);
        assertThat(seal(2, 3).open(block, length, opened)).isNegative();

        int anew = sealWith(rotated);
        assertThat(seal(2).open(block, anew, opened)).isEqualTo(plain.length);
        assertThat(seal(1).open(block, anew, opened)).isNegative();
    }

    @Test
    void shouldNotOpenAChangedBlockWithAnyOfItsKeys() {
        int length = sealWith(seal(1));
        block[length - 1] ^= 1;

        assertThat(seal(2, 1).open(block, length, opened)).isNegative();
    }

    @Test
    void shouldBelieveWhatAnyOfItsKeysProved() {
        byte[] bytes = {1, 2, 3};
        byte[] proof = seal(1).proof("test", bytes, 3);

        assertThat(seal(2, 1).proves("test", bytes, 3, proof)).isTrue();
        assertThat(seal(2, 3).proves("test", bytes, 3, proof)).isFalse();
        assertThat(seal(2, 1).proves("other", bytes, 3, proof)).isFalse();
    }
}
