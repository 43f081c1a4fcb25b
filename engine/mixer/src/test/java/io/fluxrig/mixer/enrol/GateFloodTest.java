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

/** Many messages at once, and how many signatures are checked for them: that is what takes long. */
class GateFloodTest {
    private static final int FLOOD = 10_000;
    private static final long RUN = 7;
    private static final int FORGED_MAX = (int) (2 * Gate.FORGED_PER_SECOND);

    private final NodeKey east = NodeKey.ephemeral();
    private final NodeKey west = NodeKey.ephemeral();
    private long nowNs;
    private int checks;
    private final Gate gate = new Gate(what -> {}, () -> nowNs, this::check);

    private boolean check(Signed signed, String purpose) {
        checks++;
        return signed.isFor(purpose);
    }

    @BeforeEach
    void learn() {
        gate.learn(rack("east", east));
        gate.learn(rack("west", west));
    }

    private static RackEntry rack(String name, NodeKey key) {
        return new RackEntry(name, key.publicKey(), new byte[32], Standing.ACTIVE, "host", "1", 1, 1, "operator", 1, 9);
    }

    private static Heartbeat heartbeat(String rack, long run) {
        return new Heartbeat(rack, "1", "running", "", "", "", "", 0, 0, "", "", 1, 1, 0, "", true, null, 1, 1L, run);
    }

    private static Hello hello(String rack, long run) {
        byte[] none = new byte[0];
        byte[] nonce = new byte[Hello.NONCE_LENGTH];
        return new Hello(rack, new byte[32], "1", "host", 1, nonce, none, 0L, none, "", 1L, run, false);
    }

    private static byte[] beat(String rack, NodeKey key, long run) {
        return Signed.of(key, Heartbeat.PURPOSE, heartbeat(rack, run)).write();
    }

    private static byte[] greeting(String rack, NodeKey key, long run) {
        return Signed.of(key, Hello.PURPOSE, hello(rack, run)).write();
    }

    /** By whoever knows name and key, as every rack may, and not how to sign. */
    private static byte[] forged(Object said, NodeKey key) {
        return new Signed(Cbor.write(said), key.publicKey(), new byte[64]).write();
    }

    private int heartbeats(byte[] body) {
        int passed = 0;
        for (int i = 0; i < FLOOD; i++) {
            passed += gate.heartbeat(body).isPresent() ? 1 : 0;
        }
        return passed;
    }

    private int hellos(byte[] body) {
        int passed = 0;
        for (int i = 0; i < FLOOD; i++) {
            passed += gate.hello(body) ? 1 : 0;
        }
        return passed;
    }

    /** Each was checked, which takes a second for some thousands, and all racks wait behind it. */
    @Test
    void shouldCheckNothingOfARackThatHasSaidTooMuch() {
        assertThat(heartbeats(beat("east", east, RUN))).isEqualTo((int) (2 * Gate.HEARTBEATS_PER_SECOND));
        assertThat(hellos(greeting("east", east, RUN))).isEqualTo((int) (2 * Gate.HELLOS_PER_SECOND));

        assertThat(checks).isEqualTo((int) (2 * Gate.HEARTBEATS_PER_SECOND + 2 * Gate.HELLOS_PER_SECOND));
        assertThat(gate.heartbeat(beat("west", west, RUN))).isPresent();
    }

    /** As with another run each time, or a name that is nobody's. */
    @Test
    void shouldCheckNoMoreOfWhoeverSaysThatItIsOthers() {
        for (int i = 0; i < FLOOD; i++) {
            gate.heartbeat(beat("east", east, i));
        }
        assertThat(checks).isEqualTo((int) (2 * Gate.HEARTBEATS_PER_SECOND));
        checks = 0;

        assertThat(heartbeats(beat("north", west, RUN))).isEqualTo((int) (2 * Gate.STRANGE_HEARTBEATS_PER_SECOND));
        assertThat(checks).isEqualTo((int) (2 * Gate.STRANGE_HEARTBEATS_PER_SECOND));
    }

    @Test
    void shouldCheckSoManyForgeriesAndHearTheRackThatTheyNameAllTheSame() {
        assertThat(gate.heartbeat(beat("east", east, RUN))).isPresent();

        heartbeats(forged(heartbeat("east", RUN + 1), east));
        assertThat(checks - 1).isEqualTo(FORGED_MAX);
        assertThat(gate.heartbeatsRefused()).isEqualTo(FLOOD - FORGED_MAX);

        assertThat(gate.heartbeat(beat("east", east, RUN))).isPresent();
        assertThat(gate.heartbeat(beat("west", west, RUN)))
                .as("a run of which nothing was proven")
                .isEmpty();
        nowNs += 1_000_000_000;
        assertThat(gate.heartbeat(beat("west", west, RUN))).isPresent();
    }

    /** Its hellos come another way. */
    @Test
    void shouldHearARackThatIsStartedMeanwhileOnceItHasSaidHello() {
        heartbeats(forged(heartbeat("east", RUN + 1), east));

        assertThat(gate.hello(greeting("east", east, RUN))).isTrue();
        assertThat(gate.heartbeat(beat("east", east, RUN))).isPresent();
    }

    @Test
    void shouldCheckSoManyForgedHellosAndHearTheRackThatTheyNameAllTheSame() {
        assertThat(gate.hello(greeting("east", east, RUN))).isTrue();

        assertThat(hellos(forged(hello("east", RUN + 1), east))).isEqualTo((int) (2 * Gate.STRANGE_HELLOS_PER_SECOND));
        assertThat(checks - 1).isEqualTo(FORGED_MAX);

        assertThat(gate.hello(greeting("east", east, RUN))).isTrue();
        assertThat(gate.heartbeat(beat("west", west, RUN)))
                .as("of another kind")
                .isPresent();
    }

    /** As whoever has stolen the rack's keys knows it: of such a run, too, nothing is believed by its number any more. */
    @Test
    void shouldCheckNoMoreForgeriesThatNameARunThatIsProven() {
        byte[] right = beat("east", east, RUN);
        byte[] wrong = forged(heartbeat("east", RUN), east);
        assertThat(gate.heartbeat(right)).isPresent();
        heartbeats(wrong);
        assertThat(checks - 1).isEqualTo(FORGED_MAX);

        for (int i = 0; i < FLOOD; i++) {
            nowNs += 100_000;
            gate.heartbeat(i % 2 == 0 ? right : wrong);
        }
        assertThat(checks - 1 - FORGED_MAX).as("within a second").isLessThanOrEqualTo((int)
                (Gate.FORGED_PER_SECOND + 2 * 2 * Gate.HEARTBEATS_PER_SECOND));
    }

    /** Neither of this version nor of the one before, whose runs have no number. */
    @Test
    void shouldHearEachOfAThousandRacksThatComeAtOnce() {
        List<NodeKey> keys = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            keys.add(NodeKey.ephemeral());
            gate.learn(rack("rack-" + i, keys.get(i)));
        }

        for (int i = 0; i < 1_000; i++) {
            long run = i % 2 == 0 ? 0 : i;
            assertThat(gate.hello(greeting("rack-" + i, keys.get(i), run))).isTrue();
            assertThat(gate.heartbeat(beat("rack-" + i, keys.get(i), run))).isPresent();
        }
    }
}
