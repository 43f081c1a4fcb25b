package io.fluxrig.mixer.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.Cbor;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.Signed;
import io.fluxrig.mixer.registry.RackEntry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final int ALL = 1_000;

    private final NodeKey east = NodeKey.ephemeral();
    private final NodeKey stranger = NodeKey.ephemeral();
    private final List<String> dropped = new ArrayList<>();
    private long nowNs;
    private final Gate gate = new Gate(dropped::add, () -> nowNs);

    @BeforeEach
    void learn() {
        gate.learn(rack("east", east));
    }

    private static RackEntry rack(String name, NodeKey key) {
        return new RackEntry(name, key.publicKey(), new byte[32], Standing.ACTIVE, "host", "1", 1, 1, "operator", 1, 9);
    }

    private static Heartbeat said(String rack) {
        return new Heartbeat(rack, "1", "running", "", "", "", "", 0, 0, "", "", 1, 1, 0, "", true, null, 1);
    }

    private static byte[] heartbeat(String rack, NodeKey key) {
        return Signed.of(key, Heartbeat.PURPOSE, said(rack)).write();
    }

    private static byte[] hello(String rack, NodeKey key) {
        Hello hello =
                new Hello(rack, new byte[32], "1", "host", 1, new byte[Hello.NONCE_LENGTH], null, null, null, null);
        return Signed.of(key, Hello.PURPOSE, hello).write();
    }

    /** How many of those pass at once. */
    private int heartbeats(byte[] body) {
        int passed = 0;
        for (int i = 0; i < ALL; i++) {
            passed += gate.heartbeat(body).isPresent() ? 1 : 0;
        }
        return passed;
    }

    private int hellos(byte[] body) {
        int passed = 0;
        for (int i = 0; i < ALL; i++) {
            passed += gate.hello(body) ? 1 : 0;
        }
        return passed;
    }

    @Test
    void shouldLetARackSayWhatItsKeySigned() {
        assertThat(gate.heartbeat(heartbeat("east", east)))
                .hasValueSatisfying(let -> assertThat(let.heartbeat()).isEqualTo(said("east")))
                .hasValueSatisfying(let -> assertThat(let.key()).isEqualTo(east.publicKey()));
    }

    /** One rack could fill the desk, and nobody else was heard. */
    @Test
    void shouldHaveALimitForEachRack() {
        gate.learn(rack("west", stranger));

        assertThat(heartbeats(heartbeat("east", east))).isEqualTo((int) (2 * Gate.HEARTBEATS_PER_SECOND));
        assertThat(gate.heartbeatsRefused()).isEqualTo(ALL - 2 * Gate.HEARTBEATS_PER_SECOND);
        assertThat(gate.heartbeat(heartbeat("west", stranger))).isPresent();

        nowNs += 1_000_000_000;
        assertThat(heartbeats(heartbeat("east", east))).isEqualTo((int) Gate.HEARTBEATS_PER_SECOND);
    }

    @Test
    void shouldCountAgainstARackNothingThatItDidNotSign() {
        byte[] good = heartbeat("east", east);
        Signed forged = new Signed(Cbor.write(said("east")), east.publicKey(), new byte[64]);

        assertThat(heartbeats(forged.write())).isZero();
        assertThat(dropped).hasSize(ALL).allMatch(what -> what.contains("did not sign"));
        heartbeats(heartbeat("east", stranger));
        assertThat(gate.heartbeat(good)).isPresent();
    }

    @Test
    void shouldHaveOneLimitForAllThatAreNotKnown() {
        int passed = 0;
        for (int i = 0; i < ALL; i++) {
            passed += gate.heartbeat(heartbeat("rack-" + i, stranger)).isPresent() ? 1 : 0;
        }

        assertThat(passed).isEqualTo((int) (2 * Gate.STRANGE_HEARTBEATS_PER_SECOND));
    }

    /** Whoever may say hello, which is everybody, kept racks from their mixer. */
    @Test
    void shouldNotLetStrangersUseUpTheHellosOfRacks() {
        assertThat(hellos(hello("any", stranger))).isEqualTo((int) (2 * Gate.STRANGE_HELLOS_PER_SECOND));
        assertThat(gate.hello(hello("east", stranger))).as("under its name").isFalse();
        assertThat(gate.hello(new byte[] {1})).as("what is none").isFalse();

        assertThat(hellos(hello("east", east))).isEqualTo((int) (2 * Gate.HELLOS_PER_SECOND));
        assertThat(gate.hellosRefused())
                .isEqualTo(2 * ALL + 2 - 2 * Gate.STRANGE_HELLOS_PER_SECOND - 2 * Gate.HELLOS_PER_SECOND);
    }

    @Test
    void shouldForgetARackThatWasRemoved() {
        hellos(hello("any", stranger));
        gate.forget("east");

        assertThat(gate.hello(hello("east", east))).isFalse();
    }

    @Test
    void shouldGiveARackThatIsLearntAgainNoMore() {
        heartbeats(heartbeat("east", east));
        gate.learn(rack("east", east));

        assertThat(gate.heartbeat(heartbeat("east", east))).isEmpty();
    }
}
