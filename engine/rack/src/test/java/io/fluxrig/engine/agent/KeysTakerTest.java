package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.Cbor;
import io.fluxrig.engine.passport.GivenKeys;
import io.fluxrig.engine.passport.KeyBox;
import io.fluxrig.engine.passport.KeyRing;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.engine.rack.wire.RackKeys;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTakerTest {
    private static final byte[] NONCE = new byte[Hello.NONCE_LENGTH];

    @TempDir
    private Path folder;

    private KeysTaker taker;

    @BeforeEach
    void make() throws Exception {
        taker = taker();
    }

    private KeysTaker taker() throws PassportException {
        RackKeys keys = new RackKeys(
                NodeConfigLoader.load(null, Map.of(), Map.of("base.data_dir", folder.toString()))
                        .config(),
                true,
                InstantSource.system());
        return new KeysTaker("east", keys);
    }

    private static Standing standing(byte[] nonce, byte[] keys, String mark) {
        return new Standing(
                "east", new byte[32], Standing.ACTIVE, "", new byte[0], 1, 1, nonce, new byte[0], keys, mark);
    }

    private byte[] sealed(String rack) throws Exception {
        GivenKeys given = new GivenKeys(List.of(new byte[32]), List.of(new byte[32]), null);
        return KeyBox.seal(taker.box(), GivenKeys.context(rack, NONCE), Cbor.write(given));
    }

    private boolean kept() throws Exception {
        return !KeyRing.read(KeyRing.file(folder)).mark().isEmpty();
    }

    @Test
    void shouldKeepWhatComesWithAPassport() throws Exception {
        taker.take(standing(NONCE, sealed("east"), "m1"), true);

        assertThat(KeyRing.read(KeyRing.file(folder)).mark()).isEqualTo("m1");
        assertThat(taker.mark()).isEqualTo("m1");
        assertThat(taker.behind()).isFalse();
        assertThat(taker().mark()).as("after a restart").isEqualTo("m1");
    }

    @Test
    void shouldKeepNothingThatComesWithoutAPassport() throws Exception {
        taker.take(standing(NONCE, sealed("east"), "m1"), false);

        assertThat(kept()).isFalse();
        assertThat(taker.behind()).isTrue();
    }

    @Test
    void shouldKeepNothingThatIsMeantForAnotherRackOrAnotherHello() throws Exception {
        byte[] other = NONCE.clone();
        other[0] = 1;

        taker.take(standing(NONCE, sealed("west"), "m1"), true);
        taker.take(standing(other, sealed("east"), "m1"), true);
        taker.take(standing(NONCE, new byte[60], "m1"), true);

        assertThat(kept()).isFalse();
        assertThat(taker.behind()).isTrue();
    }

    @Test
    void shouldAskForOthersThatTheMixerTellsOf() throws Exception {
        taker.take(standing(NONCE, sealed("east"), "m1"), true);

        taker.take(standing(new byte[0], new byte[0], "m2"), true);
        assertThat(taker.behind()).isTrue();

        taker.take(standing(NONCE, sealed("east"), "m2"), true);
        assertThat(taker.behind()).isFalse();
    }

    @Test
    void shouldBeContentWithAMixerThatHasNoneToGive() {
        taker.take(standing(NONCE, new byte[0], ""), true);

        assertThat(taker.behind()).isFalse();
    }
}
