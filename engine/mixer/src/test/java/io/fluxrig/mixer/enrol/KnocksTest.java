package io.fluxrig.mixer.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.passport.PublicKeys;
import io.fluxrig.engine.passport.Signed;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who says hello under a name that belongs to another key. */
class KnocksTest {
    @TempDir
    private Path folder;

    private RacksOfATest racks;

    @BeforeEach
    void open() throws Exception {
        racks = new RacksOfATest(folder);
    }

    @AfterEach
    void close() {
        racks.close();
    }

    /** It stood in the log alone, dropped among others. */
    @Test
    void shouldTellWhoSaysHelloUnderATakenNameOnceForAsLongAsThatGoesOn() throws Exception {
        racks.hello("east", "one");
        assertThat(racks.fleet.others("east")).isEmpty();

        knock("other");
        String other = PublicKeys.fingerprint(racks.key("other").publicKey());
        String owner = PublicKeys.fingerprint(racks.key("east").publicKey());
        assertThat(racks.fleet.others("east"))
                .isEqualTo(
                        "key " + other + " (host) says hello under this name too, and is refused; if that is this rack"
                                + " with a new key: fluxrig admin racks remove east, then fluxrig admin racks approve east --key "
                                + other);
        racks.nowMs += RacksOfATest.AWAY_MS - 1;
        knock("other");
        knock("third");
        assertThat(refusals())
                .as("of others not so soon")
                .containsExactly("key " + other + ", from host; the name belongs to key " + owner);

        racks.nowMs += Knocks.APART_MS;
        assertThat(racks.fleet.others("east")).as("nobody knocks").isEmpty();
        knock("other");
        assertThat(refusals()).hasSize(1);
        knock("fourth");
        assertThat(refusals()).hasSize(2);
        racks.nowMs += Knocks.CALM_MS;
        knock("other");
        assertThat(refusals()).as("after a while of calm").hasSize(3);

        racks.enrolment.remove("east", "test");
        assertThat(racks.fleet.others("east")).isEmpty();
    }

    private void knock(String key) throws Exception {
        Hello hello = new Hello(
                "east",
                racks.key(key).publicKey(),
                "1",
                "host",
                racks.nowMs,
                new byte[Hello.NONCE_LENGTH],
                new byte[0],
                0L,
                null,
                null);
        racks.enrolment.hello(Signed.of(racks.key(key), Hello.PURPOSE, hello).write(), RacksOfATest.INBOX);
    }

    private List<String> refusals() {
        return racks.audited("rack.refused");
    }
}
