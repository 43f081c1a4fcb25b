package io.fluxrig.engine.passport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyBoxTest {
    private static final byte[] PLAIN = "keys".getBytes(StandardCharsets.US_ASCII);

    private final KeyBox box = KeyBox.make();

    private byte[] sealed() throws GeneralSecurityException {
        return KeyBox.seal(box.publicKey(), "east 1", PLAIN);
    }

    @Test
    void shouldOpenWhatWasSealedForIt() throws Exception {
        assertThat(box.publicKey()).hasSize(KeyBox.PUBLIC_LENGTH);
        assertThat(box.open("east 1", sealed())).isEqualTo(PLAIN);
    }

    @Test
    void shouldOpenForNobodyElse() throws Exception {
        assertThat(KeyBox.make().open("east 1", sealed())).isNull();
    }

    @Test
    void shouldNotOpenForAnotherContext() throws Exception {
        assertThat(box.open("east 2", sealed())).isNull();
    }

    @Test
    void shouldNotOpenWhatWasChangedOrCut() throws Exception {
        byte[] sealed = sealed();
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(box.open("east 1", changed)).as("byte %d", i).isNull();
            assertThat(box.open("east 1", Arrays.copyOf(sealed, i)))
                    .as("length %d", i)
                    .isNull();
        }
    }

    @Test
    void shouldSealForNothingThatIsNoKey() {
        assertThatThrownBy(() -> KeyBox.seal(new byte[44], "east 1", PLAIN))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> KeyBox.seal(TlsKey.make().getPublic().getEncoded(), "east 1", PLAIN))
                .isInstanceOf(GeneralSecurityException.class);
    }

    /** With a point of small order everybody would know the shared secret. */
    @Test
    void shouldSealForNoKeyThatLeavesNoSecret() {
        byte[] zero = Arrays.copyOf(Arrays.copyOf(box.publicKey(), 12), 44);

        assertThatThrownBy(() -> KeyBox.seal(zero, "east 1", PLAIN)).isInstanceOf(GeneralSecurityException.class);
    }

    /** RFC 5869, test case 3: neither salt nor info, two blocks. */
    @Test
    void shouldDeriveAsTheStandardDoes() throws Exception {
        byte[] secret = new byte[22];
        Arrays.fill(secret, (byte) 0x0b);

        assertThat(HexFormat.of().formatHex(KeyBox.derived(secret, new byte[0])))
                .startsWith("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    }
}
