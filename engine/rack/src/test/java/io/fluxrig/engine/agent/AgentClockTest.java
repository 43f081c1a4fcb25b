package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.Passport;
import io.fluxrig.engine.passport.Signed;
import org.junit.jupiter.api.Test;

/** A rack, and a mixer whose clock is another than the rack's. */
class AgentClockTest extends AgentOfATest {
    private static final long EPOCH = ISSUED_MS;

    private final NodeKey mixer = NodeKey.ephemeral();

    private void admit(long epoch, long writtenMs) throws Exception {
        Passport passport = new Passport(
                Passport.FORMAT,
                2,
                "east",
                identity.key().publicKey(),
                identity.login().publicKey(),
                true,
                ISSUED_MS,
                ISSUED_MS + LIFE_MS);
        agent.standing(
                new Standing(
                        "east",
                        identity.key().publicKey(),
                        Standing.ACTIVE,
                        "",
                        Signed.of(mixer, Passport.PURPOSE, passport).write(),
                        epoch,
                        writtenMs,
                        new byte[Hello.NONCE_LENGTH],
                        null,
                        null,
                        null),
                mixer.publicKey());
        standingsDealtWith();
    }

    private long remembered() throws Exception {
        return AgentMemory.read(AgentMemory.file(data)).epoch();
    }

    /** It was remembered over restarts, and nobody was obeyed any more. */
    @Test
    void shouldNotRememberAnEpochOfAClockThatIsYearsAhead() throws Exception {
        start();
        admit(EPOCH + 10 * LIFE_MS, ISSUED_MS + 10 * LIFE_MS);
        assertThat(remembered()).isZero();

        admit(EPOCH, ISSUED_MS);
        assertThat(remembered()).isEqualTo(EPOCH);
    }
}
