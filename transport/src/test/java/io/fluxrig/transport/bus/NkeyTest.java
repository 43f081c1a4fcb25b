package io.fluxrig.transport.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.NKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NkeyTest {
    @Test
    void shouldWriteAKeyAsTheNatsClientDoes() throws Exception {
        for (int i = 0; i < 50; i++) {
            NKey key = NKey.createUser(null);
            byte[] x509 = key.getKeyPair().getPublic().getEncoded();

            assertThat(BusLogin.nkey(Arrays.copyOfRange(x509, x509.length - 32, x509.length)))
                    .isEqualTo(new String(key.getPublicKey()));
        }
    }

    @Test
    void shouldRefuseWhatIsNoKey() {
        assertThatThrownBy(() -> BusLogin.nkey(new byte[31])).hasMessageContaining("length=31");
    }
}
