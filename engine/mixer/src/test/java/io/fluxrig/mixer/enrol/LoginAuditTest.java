package io.fluxrig.mixer.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.passport.PublicKeys;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginAuditTest {
    @TempDir
    private Path folder;

    /** Nobody who looked afterwards could tell. */
    @Test
    void shouldWriteDownThatARackLogsInWithAnotherKey() throws Exception {
        try (RacksOfATest racks = new RacksOfATest(folder)) {
            racks.hello("east", "one");
            racks.nowMs += 1_000;
            racks.hello("east", "one");
            assertThat(racks.audited("rack.login")).isEmpty();

            racks.nowMs += 1_000;
            racks.hello("east", "two");

            assertThat(racks.audited("rack.login"))
                    .containsExactly("login key "
                            + PublicKeys.fingerprint(racks.key("two").publicKey()) + ", from host");
        }
    }
}
