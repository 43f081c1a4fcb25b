package io.fluxrig.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.perf.clock.Clock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTlsTest {
    private static final int REQUESTS = 50;

    @TempDir
    private static Path folder;

    private static Identity door;
    private static Identity elsewhere;
    private static Identity acquirer;

    @BeforeAll
    static void identities() throws Exception {
        door = Identity.make(folder, "door", "ip:127.0.0.1,dns:localhost");
        elsewhere = Identity.make(folder, "elsewhere", "dns:elsewhere.example");
        acquirer = Identity.make(folder, "acquirer", "dns:acquirer.example");
    }

    private static LoadPlan.Tls trusting(Path caFile) {
        return new LoadPlan.Tls(caFile, false, null, null);
    }

    /** Drives a switch that shows {@code identity} and asks for a certificate of {@code clients}, unless that is null. */
    private static LoadResult drive(Identity identity, Identity clients, LoadPlan.Tls tls) throws Exception {
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, FakeSwitch.Peer::approve, identity.listen(clients))) {
            return run(target, tls);
        }
    }

    private static LoadResult run(FakeSwitch target, LoadPlan.Tls tls) throws LoadException {
        return new LoadRun(Plans.over(tls, Plans.plan(target.address(), REQUESTS)), Clock.system()).run(progress -> {});
    }

    private static void assertAllAnswered(LoadResult result) {
        assertThat(result.counts().approved()).isEqualTo(REQUESTS);
        assertThat(result.counts().exact()).isTrue();
        assertThat(result.transport()).endsWith("TLS");
    }

    @Test
    void shouldDriveASwitchThatItTrusts() throws Exception {
        assertAllAnswered(drive(door, null, trusting(door.certFile())));
    }

    @Test
    void shouldShowItsOwnCertificateToASwitchThatAsks() throws Exception {
        assertAllAnswered(drive(
                door, acquirer, new LoadPlan.Tls(door.certFile(), false, acquirer.certFile(), acquirer.keyFile())));
    }

    @Test
    void shouldSayThatNoTrustedAuthoritySignedTheCertificate() {
        assertThatThrownBy(() -> drive(door, null, trusting(elsewhere.certFile())))
                .isInstanceOf(LoadException.class)
                .hasMessageContainingAll("no TLS with localhost:", "certification path", "--tls-ca");
    }

    @Test
    void shouldNotTrustByTheJdkWhatNobodySigned() {
        assertThatThrownBy(() -> drive(door, null, trusting(null)))
                .isInstanceOf(LoadException.class)
                .hasMessageContainingAll("certification path", "--tls-ca");
    }

    @Test
    void shouldSayThatTheCertificateIsOfAnotherHost() {
        assertThatThrownBy(() -> drive(elsewhere, null, trusting(elsewhere.certFile())))
                .isInstanceOf(LoadException.class)
                .hasMessageContainingAll("no TLS with localhost:", "localhost found", "names this host");
    }

    @Test
    void shouldTrustAnybodyWhenTold() throws Exception {
        assertAllAnswered(drive(elsewhere, null, new LoadPlan.Tls(null, true, null, null)));
    }

    @Test
    void shouldSayThatTheTargetSpeaksPlain() throws Exception {
        FakeSwitch.Behaviour never = (peer, request) -> {};
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, never)) {
            target.greetWith("\0\u000b08000000000".getBytes(StandardCharsets.US_ASCII));

            assertThatThrownBy(() -> run(target, trusting(door.certFile())))
                    .isInstanceOf(LoadException.class)
                    .hasMessageContainingAll("does not speak TLS", "--tls")
                    .hasMessageNotContaining("3038");
        }
    }

    @Test
    void shouldSayThatTheTargetClosedBeforeTlsWasAgreed() throws Exception {
        FakeSwitch.Behaviour never = (peer, request) -> {};
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, never)) {
            target.hangUpAtOnce();

            assertThatThrownBy(() -> run(target, trusting(door.certFile())))
                    .isInstanceOf(LoadException.class)
                    .hasMessageContainingAll("closed the connection before TLS was agreed", "--tls")
                    .hasMessageNotContaining("null");
        }
    }

    @Test
    void shouldSayWhichFilesItCannotRead() throws Exception {
        Path rubbish = Files.writeString(folder.resolve("rubbish.pem"), "no certificate");

        assertThatThrownBy(() -> drive(door, null, trusting(rubbish)))
                .isInstanceOf(LoadException.class)
                .hasMessageContainingAll("TLS:", rubbish.toString(), "PEM");
    }
}
