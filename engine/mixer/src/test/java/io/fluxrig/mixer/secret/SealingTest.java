package io.fluxrig.mixer.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SealingTest {
    private static final byte[] PLAIN = "thirty-two bytes that are secret".getBytes(StandardCharsets.US_ASCII);

    private static byte[] key(int fill) {
        byte[] key = new byte[Sealing.KEY_LENGTH];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    private static byte[] sealed() {
        return Sealing.seal(key(1), "data key 1", PLAIN, new SecureRandom());
    }

    @Test
    void shouldOpenWhatItSealed() {
        assertThat(Sealing.open(key(1), "data key 1", sealed())).isEqualTo(PLAIN);
    }

    @Test
    void shouldWriteTheLayoutThatItDescribes() throws Exception {
        byte[] sealed = sealed();

        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key(1), "HmacSHA256"));
        mac.update("fluxrig secret seal\0".getBytes(StandardCharsets.US_ASCII));
        byte[] own = mac.doFinal(Arrays.copyOfRange(sealed, 1, 17));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(own, "AES"),
                new GCMParameterSpec(128, Arrays.copyOfRange(sealed, 17, 29)));
        cipher.updateAAD(sealed, 0, 29);
        cipher.updateAAD("data key 1".getBytes(StandardCharsets.US_ASCII));

        assertThat(sealed).startsWith(1).hasSize(29 + PLAIN.length + 16);
        assertThat(cipher.doFinal(sealed, 29, sealed.length - 29)).isEqualTo(PLAIN);
    }

    @Test
    void shouldNotOpenWithAnotherKey() {
        assertThat(Sealing.open(key(2), "data key 1", sealed())).isNull();
    }

    @Test
    void shouldNotOpenForAnotherContext() {
        assertThat(Sealing.open(key(1), "data key 2", sealed())).isNull();
    }

    @Test
    void shouldNotOpenWhatWasChangedAnywhere() {
        for (int i = 0; i < sealed().length; i++) {
            byte[] changed = sealed();
            changed[i] ^= 1;
            assertThat(Sealing.open(key(1), "data key 1", changed))
                    .as("byte %d", i)
                    .isNull();
        }
    }

    @Test
    void shouldNotOpenWhatWasCutOff() {
        byte[] sealed = sealed();
        for (int length = 0; length < sealed.length; length++) {
            assertThat(Sealing.open(key(1), "data key 1", Arrays.copyOf(sealed, length)))
                    .isNull();
        }
    }

    @Test
    void shouldNeverSealTheSameTwice() {
        assertThat(HexFormat.of().formatHex(sealed()).substring(2, 58))
                .isNotEqualTo(HexFormat.of().formatHex(sealed()).substring(2, 58));
    }

    @Test
    void shouldRefuseAKeyOfAnotherLength() {
        assertThatThrownBy(() -> Sealing.seal(new byte[16], "x", PLAIN, new SecureRandom()))
                .hasMessageContaining("length=16");
    }
}
