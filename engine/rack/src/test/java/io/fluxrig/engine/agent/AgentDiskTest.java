package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.Cbor;
import io.fluxrig.engine.passport.GivenKeys;
import io.fluxrig.engine.passport.KeyBox;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.Passport;
import io.fluxrig.engine.passport.Signed;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A rack whose disk does not take a passport, as a full one does not. */
class AgentDiskTest extends AgentOfATest {
    private static final byte[] NONCE = new byte[Hello.NONCE_LENGTH];

    private final NodeKey mixer = NodeKey.ephemeral();

    private Standing standing(String word, byte[] passport, byte[] sealed) {
        return new Standing(
                "east",
                identity.key().publicKey(),
                word,
                "",
                passport,
                1,
                ISSUED_MS,
                NONCE,
                new byte[0],
                sealed,
                sealed.length == 0 ? "" : "m1");
    }

    private byte[] passport(NodeKey by) {
        Passport passport = new Passport(
                Passport.FORMAT,
                2,
                "east",
                identity.key().publicKey(),
                identity.login().publicKey(),
                true,
                ISSUED_MS,
                ISSUED_MS + LIFE_MS);
        return Signed.of(by, Passport.PURPOSE, passport).write();
    }

    private byte[] sealedKeys() throws Exception {
        GivenKeys given = new GivenKeys(List.of(new byte[32]), List.of(new byte[32]), null);
        return KeyBox.seal(keys.box(), GivenKeys.context("east", NONCE), Cbor.write(given));
    }

    private void suspend() throws Exception {
        agent.standing(standing(Standing.SUSPENDED, new byte[0], new byte[0]), mixer.publicKey());
        standingsDealtWith();
        assertThat(work.suspended()).isTrue();
    }

    /** Its mixer had activated it, and its gears stood still until there was space. */
    @Test
    void shouldTakeKeysAndRunThoughThePassportCannotBeWritten() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        start();
        ((Logger) LoggerFactory.getLogger(Papers.class)).addAppender(logged);
        Files.createDirectories(data.resolve("passport.cbor").resolve("in the way"));
        suspend();

        for (int i = 0; i < 2; i++) {
            agent.standing(standing(Standing.ACTIVE, passport(mixer), sealedKeys()), mixer.publicKey());
            standingsDealtWith();
        }

        assertThat(keys.hasWireKey()).isTrue();
        assertThat(keys.behind()).isFalse();
        assertThat(work.suspended()).isFalse();
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> gears.run() != null);
        assertThat(logged.list)
                .as("once")
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .contains("passport.cbor cannot be written", "counts until this rack ends"));
    }

    @Test
    void shouldTakeNothingOfAMixerWhosePassportIsNoGood() throws Exception {
        start();
        suspend();

        agent.standing(standing(Standing.ACTIVE, passport(NodeKey.ephemeral()), sealedKeys()), mixer.publicKey());
        standingsDealtWith();

        assertThat(keys.hasWireKey()).isFalse();
        assertThat(work.suspended()).isTrue();
    }
}
