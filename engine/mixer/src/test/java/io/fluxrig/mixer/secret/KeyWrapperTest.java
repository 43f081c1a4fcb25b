package io.fluxrig.mixer.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.mixer.registry.DataKeyEntry;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class KeyWrapperTest {
    private final byte[] key = new byte[32];
    private final Odd keeper = new Odd();
    private final KeyWrapper wrapper = new KeyWrapper("fleet", keeper, List.of());

    KeyWrapperTest() {
        Arrays.fill(key, (byte) 7);
    }

    @Test
    void shouldGiveWhatItHasOpenedAgain() throws Exception {
        DataKeyEntry entry = wrapper.wrap(1, key, 5);

        assertThat(entry.toString()).isEqualTo("DataKeyEntry[1, odd, a key of its own]");
        assertThat(wrapper.unwrap(entry)).isEqualTo(key);
    }

    @Test
    void shouldNotGiveWhatItsKeeperMayNotOpen() {
        keeper.refusal = new KeeperException("kms:Decrypt is not allowed");

        assertThatThrownBy(() -> wrapper.wrap(1, key, 5))
                .isInstanceOf(KeeperException.class)
                .hasMessageContaining("kms:Decrypt is not allowed");
    }

    @Test
    void shouldNotGiveWhatOpensAsAnotherKey() {
        keeper.changes = true;

        assertThatThrownBy(() -> wrapper.wrap(1, key, 5))
                .isInstanceOf(KeeperException.class)
                .hasMessageContaining("keeper odd (a key of its own) gives back another key than data key 1");
    }

    @Test
    void shouldNotGiveWhatOpensForAnotherContextToo() {
        keeper.heedless = true;

        assertThatThrownBy(() -> wrapper.wrap(1, key, 5))
                .isInstanceOf(KeeperException.class)
                .hasMessageContaining("opens data key 1 whatever it is said to be")
                .hasMessageContaining("from 1.13 on");
    }

    @Test
    void shouldTakeSilenceForNoRefusalOfAnotherContext() {
        keeper.elsewhere = () -> new KeeperException("no answer within secrets.timeout");

        assertThatThrownBy(() -> wrapper.wrap(1, key, 5)).hasMessageContaining("no answer within");
    }

    @Test
    void shouldNotGiveAnotherFleetsKey() throws Exception {
        DataKeyEntry entry = wrapper.wrap(1, key, 5);

        assertThatThrownBy(() -> new KeyWrapper("other", keeper, List.of()).unwrap(entry))
                .hasMessageContaining("wrapped for something else");
    }

    @Test
    void shouldOpenWhatWasWrappedBeforeAContextNamedTheFleet() throws Exception {
        keeper.wrap(key, new KeyKeeper.Context("data key 1", ""));
        byte[] wrapped = new byte[33];
        System.arraycopy(key, 0, wrapped, 1, 32);

        assertThat(wrapper.unwrap(new DataKeyEntry(1, "odd", "", wrapped, 5))).isEqualTo(key);
    }

    /** Wraps with a byte that it puts in front, and opens as it is told to. */
    private static final class Odd implements KeyKeeper {
        private Context wrappedFor;
        private boolean heedless;
        private boolean changes;
        private KeeperException refusal;
        private Supplier<KeeperException> elsewhere = () -> KeeperException.otherwise("wrapped for something else");

        @Override
        public String kind() {
            return "odd";
        }

        @Override
        public Wrapped wrap(byte[] key, Context context) {
            wrappedFor = context;
            byte[] wrapped = new byte[1 + key.length];
            System.arraycopy(key, 0, wrapped, 1, key.length);
            return new Wrapped(wrapped, "a key of its own");
        }

        @Override
        public byte[] unwrap(byte[] wrapped, Context context) throws KeeperException {
            if (refusal != null) {
                throw refusal;
            }
            if (!heedless && !context.equals(wrappedFor)) {
                throw elsewhere.get();
            }
            byte[] opened = Arrays.copyOfRange(wrapped, 1, wrapped.length);
            opened[0] += (byte) (changes ? 1 : 0);
            return opened;
        }
    }
}
