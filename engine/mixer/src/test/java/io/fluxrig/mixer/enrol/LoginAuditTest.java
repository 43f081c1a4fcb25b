package io.fluxrig.mixer.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.passport.PublicKeys;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginAuditTest {
    private static final long MOMENT_MS = 200;

    @TempDir
    private Path folder;

    private RacksOfATest racks;

    @BeforeEach
    void open() throws Exception {
        racks = new RacksOfATest(folder);
        racks.hello("east", "one");
    }

    @AfterEach
    void close() {
        racks.close();
    }

    private void helloWith(String login) throws Exception {
        racks.nowMs += MOMENT_MS;
        racks.hello("east", login);
    }

    private byte[] login(String name) throws Exception {
        return racks.key(name).publicKey();
    }

    private List<String> audited() {
        return racks.audited("rack.login");
    }

    /** Nobody who looked afterwards could tell. */
    @Test
    void shouldWriteDownThatARackLogsInWithAnotherKey() throws Exception {
        helloWith("one");
        assertThat(audited()).isEmpty();

        helloWith("two");

        assertThat(audited()).containsExactly("login key " + PublicKeys.fingerprint(login("two")) + ", from host");
    }

    /** Whoever had the rack's key wrote a line for each hello, and had nats-server read its configuration each second. */
    @Test
    void shouldTakeNoOtherLoginOfARackSoSoonAfterThat() throws Exception {
        for (String login : List.of("two", "three", "four", "five", "six")) {
            helloWith(login);
        }

        assertThat(audited()).hasSize(1);
        assertThat(racks.letIn).containsExactly(login("one"), login("two"));
        assertThat(racks.registry.rack("east").login()).isEqualTo(login("two"));

        racks.nowMs += Descriptions.APART_MS;
        helloWith("three");
        assertThat(audited()).hasSize(2);
        assertThat(racks.letIn).endsWith(login("three"));
    }

    /** It is cut off until then. */
    @Test
    void shouldTakeTheLoginOfBeforeAgainAtOnceAndOnce() throws Exception {
        helloWith("two");
        helloWith("one");
        assertThat(racks.letIn).containsExactly(login("one"), login("two"), login("one"));

        helloWith("two");
        helloWith("one");
        helloWith("three");

        assertThat(racks.letIn).hasSize(3);
        assertThat(audited()).hasSize(2);
    }

    @Test
    void shouldTakeTheNextLoginWhereTheLastChangeIsAWhileAgo() throws Exception {
        for (String login : List.of("two", "three", "four")) {
            racks.nowMs += Descriptions.APART_MS;
            racks.hello("east", login);
        }

        assertThat(audited()).hasSize(3);
    }

    @Test
    void shouldKnowNothingOfTheLoginsOfARackThatWasRemoved() throws Exception {
        helloWith("two");
        racks.enrolment.remove("east", "test");
        helloWith("three");

        helloWith("four");

        assertThat(racks.registry.rack("east").login()).isEqualTo(login("four"));
    }
}
