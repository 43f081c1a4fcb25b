package io.fluxrig.engine.passport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.control.Order;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignedTest {
    private final NodeKey key = NodeKey.ephemeral();
    private final Order order = new Order("east", Order.KILL, "", 1, 5);

    @Test
    void shouldCarryARecordThatItsSignerSigned() throws Exception {
        Signed read = Signed.read(Signed.of(key, Order.PURPOSE, order).write(), Order.LENGTH_MAX);

        assertThat(read.isFor(Order.PURPOSE)).isTrue();
        assertThat(read.body(Order.class)).isEqualTo(order);
    }

    @Test
    void shouldProveNothingForAnotherPurpose() {
        assertThat(Signed.of(key, "hello", order).isFor("order")).isFalse();
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        byte[] bytes = new Signed(new byte[4096], key.publicKey(), new byte[64]).write();

        assertThatThrownBy(() -> Signed.read(bytes, Order.LENGTH_MAX))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("max=" + (Order.LENGTH_MAX + 512));
    }

    @Test
    void shouldRefuseEveryCutAndAnyNoise() {
        byte[] whole = Signed.of(key, Order.PURPOSE, order).write();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Signed.read(cut, Order.LENGTH_MAX)).isInstanceOf(IOException.class);
        }
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            assertThatThrownBy(() -> Signed.read(noise, Order.LENGTH_MAX)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldRefuseWhatIsNestedTooDeeply() {
        byte[] deep = new byte[1000];
        Arrays.fill(deep, (byte) 0x81); // arrays of one array

        assertThatThrownBy(() -> Cbor.read(deep, Signed.class, deep.length)).isInstanceOf(IOException.class);
    }

    @Test
    void shouldRefuseAnOrderThatNobodyKnows() {
        byte[] bytes = Cbor.write(Map.of("rack", "east", "word", "format_disk", "value", "", "atMs", 1));

        assertThatThrownBy(() -> Cbor.read(bytes, Order.class, 1000))
                .isInstanceOf(IOException.class)
                .hasMessage("its " + bytes.length + " bytes hold something else");
    }
}
