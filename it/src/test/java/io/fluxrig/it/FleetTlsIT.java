package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.net.FreePort;
import io.fluxrig.mixer.authority.Authority;
import io.fluxrig.transport.bus.PemFile;
import io.fluxrig.transport.bus.TlsFiles;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.jpos.iso.channel.NACChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mixer and two racks as processes with TLS between all of them: who gets in with which file, and wires between the racks. */
final class FleetTlsIT {
    private static final String PAN = "4111110000001112";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    @TempDir
    Path folder;

    private final int terminalsPort = FreePort.onLoopback();
    private final int hostPort = FreePort.onLoopback();
    private FleetUnderTest fleet;
    private Map<String, String> variables;

    @BeforeEach
    void start() throws IOException {
        fleet = new FleetUnderTest(folder, true);
        variables = Map.of(
                "TERMINALS_BIND", "127.0.0.1:" + terminalsPort,
                "HOST_ADDRESS", "127.0.0.1:" + hostPort);
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    private Map<String, String> with(String... more) {
        Map<String, String> env = new HashMap<>(variables);
        for (int i = 0; i < more.length; i += 2) {
            env.put(more[i], more[i + 1]);
        }
        return env;
    }

    private void join(String rack) throws IOException {
        Path copy = Files.copy(fleet.authority("join.pem"), fleet.rackData(rack).resolve("join.pem"));
        assertThat(Files.getPosixFilePermissions(copy)).isEqualTo(OWNER_ONLY);
    }

    private void admit(String rack) throws Exception {
        fleet.awaitRack(rack, "/standing", "pending");
        fleet.post("/api/v1/racks/" + rack + "/approve", "");
        fleet.awaitRack(rack, "/there", "true");
    }

    private void awaitSaid(String who, String what) {
        Awaitility.await(who + " says: " + what)
                .atMost(Duration.ofSeconds(40))
                .until(() -> fleet.said(who), said -> said.contains(what));
    }

    @Test
    void shouldCarryWiresBetweenRacksThatHaveJoinedAndKeepTheRestOut() throws Exception {
        fleet.startMixer();
        join("east");
        fleet.startRack("east", with("FLUXRIG_RACK_MACHINE_ID", "0"));
        fleet.startRack("west", with("FLUXRIG_RACK_MACHINE_ID", "64"));
        admit("east");
        awaitSaid("west", "has no certificate, and there is no ");
        join("west");
        admit("west");

        fleet.command(
                variables,
                "scenario",
                "import",
                RackUnderTest.repositoryRoot()
                        .resolve("config/scenarios/two-racks.yaml")
                        .toString());
        try (JposHost host = new JposHost(hostPort, new NACChannel(new ISO87APackager(), null), JposHost::approve)) {
            assertThat(host).isNotNull();
            fleet.post("/api/v1/scenarios/two-racks/activations", "{\"version\":\"1.0.0\"}");
            fleet.awaitRack("west", "/wanted/outcome", "changed");
            fleet.awaitRack("east", "/wanted/outcome", "changed");
            Awaitility.await("an answer of the host behind the other rack")
                    .atMost(Duration.ofSeconds(40))
                    .ignoreExceptions()
                    .until(this::approvesOne);
        }
        apiSpeaksTls13Only();
        commandsCheckTheCertificate();
        removedRackIsKeptOut();
    }

    private boolean approvesOne() throws Exception {
        NACChannel channel = new NACChannel("127.0.0.1", terminalsPort, new ISO87APackager(), null);
        channel.setTimeout(10_000);
        try (JposTerminal terminal = new JposTerminal(channel, "EASTERN1")) {
            return "00".equals(terminal.exchange(terminal.purchase(PAN)).getString(39));
        }
    }

    private void apiSpeaksTls13Only() throws Exception {
        TlsFiles trusted = new TlsFiles(fleet.authority("ca.crt"), null, null);
        try (SSLSocket old =
                (SSLSocket) trusted.context().getSocketFactory().createSocket("127.0.0.1", fleet.apiPort())) {
            old.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThatThrownBy(old::startHandshake)
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("protocol_version");
        }
        try (Socket plain = new Socket("127.0.0.1", fleet.apiPort())) {
            plain.setSoTimeout(20_000);
            plain.getOutputStream().write("GET /health HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotStartWith("HTTP");
        }
    }

    private void commandsCheckTheCertificate() throws Exception {
        assertThat(fleet.command(Map.of(), "admin", "racks", "list")).contains("east", "west");
        assertThat(fleet.command(
                        Map.of(FleetUnderTest.FAILS, "1", "FLUXRIG_API_URL", "http://127.0.0.1:" + fleet.apiPort()),
                        "admin",
                        "racks",
                        "list"))
                .contains("no mixer answers at http://", "https://");
    }

    private void removedRackIsKeptOut() throws Exception {
        fleet.command(Map.of(), "admin", "racks", "remove", "west");
        fleet.awaitRack("west", "/standing", "pending");
        awaitSaid("west", "was removed: its gears stop");
    }

    @Test
    void shouldRenewACertificateInTimeAndKnowWhatToDoAboutOneThatHasExpired() throws Exception {
        fleet.startMixer(Map.of("FLUXRIG_ENROLLMENT_PASSPORT_LIFE", "18s", "FLUXRIG_MIXER_CERTIFICATE_LIFE", "18s"));
        join("east");
        fleet.startRack("east", variables);
        admit("east");
        Path certificate = fleet.rackData("east").resolve("tls.crt");
        awaitCertificate(certificate, 0);
        long first = untilMs(certificate);
        awaitCertificate(certificate, first);
        assertThat(System.currentTimeMillis()).as("renewed before it expired").isLessThan(first);
        fleet.awaitRack("east", "/there", "true");

        fleet.stopRack("east");
        expire(certificate);
        fleet.startRack("east", variables);
        awaitCertificate(certificate, System.currentTimeMillis());
        fleet.awaitRack("east", "/there", "true");

        fleet.stopRack("east");
        expire(certificate);
        Files.delete(fleet.rackData("east").resolve("join.pem"));
        fleet.startRack("east", variables);
        awaitSaid("east", "has a certificate that expired at ");
        assertThat(fleet.said("east")).contains("join.pem: copy the mixer's authority/join.pem there");
    }

    /** Until there is one that is good for longer than that. */
    private static void awaitCertificate(Path certificate, long untilMs) {
        Awaitility.await("another certificate")
                .atMost(Duration.ofSeconds(40))
                .until(() -> Files.exists(certificate) && untilMs(certificate) > untilMs);
    }

    /** In its place one of the same authority for the same key, which was good until a second ago. */
    private void expire(Path certificate) throws Exception {
        Clock clock = Clock.systemUTC();
        byte[] expired = Authority.open(fleet.data("mixer"), clock)
                .rack("east", PemFile.certificates(certificate).get(0).getPublicKey(), clock.millis() - 1_000);
        Files.write(certificate, expired);
    }

    private static long untilMs(Path certificate) throws IOException {
        return PemFile.certificates(certificate)
                .get(0)
                .getNotAfter()
                .toInstant()
                .toEpochMilli();
    }
}
