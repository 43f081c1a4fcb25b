package io.fluxrig.engine.gears.io;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.gears.LoopRig;
import io.fluxrig.engine.gears.SimRig;
import io.fluxrig.engine.gears.TestPlans;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class IoTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path folder;

    /** Makes {@code NAME.crt} and {@code NAME.key}, self-signed. */
    private static void certificate(String name, String san) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "it",
                        "-keyalg",
                        "EC",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + san,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        pem(name + ".crt", "CERTIFICATE", keys.getCertificate("it").getEncoded());
        pem(name + ".key", "PRIVATE KEY", keys.getKey("it", PASSWORD).getEncoded());
    }

    private static void pem(String file, String what, byte[] bytes) throws Exception {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes);
        Files.writeString(
                folder.resolve(file), "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }

    @BeforeAll
    static void certificates() throws Exception {
        certificate("door", "ip:127.0.0.1");
        certificate("host", "ip:127.0.0.1");
        certificate("elsewhere", "dns:elsewhere.example");
    }

    private static String gears(int port, String serverCert, String trusted, String clientCert) {
        return """
                gears:
                  - { name: sink, type: probe }
                  - { name: source, type: probe }
                  - name: host
                    type: io_iso8583
                    config:
                      mode: client
                      connect: "127.0.0.1:%1$d"
                      tls: { enabled: true, cert_file: %4$s.crt, key_file: %4$s.key, ca_file: %3$s.crt }
                  - name: door
                    type: io_iso8583
                    config:
                      mode: server
                      bind: "127.0.0.1:%1$d"
                      tls: { enabled: true, cert_file: %2$s.crt, key_file: %2$s.key, ca_file: host.crt, client_auth: required }
                wires:
                  - { from: door.out, to: sink.in }
                  - { from: sink.out, to: door.in }
                  - { from: source.out, to: host.in }
                  - { from: host.out, to: source.in }
                """.replace("%2$s", folder.toAbsolutePath() + "/%2$s")
                .replace("%3$s", folder.toAbsolutePath() + "/%3$s")
                .replace("%4$s", folder.toAbsolutePath() + "/%4$s")
                .replace("ca_file: host.crt", "ca_file: " + folder.toAbsolutePath() + "/host.crt")
                .formatted(port, serverCert, trusted, clientCert);
    }

    @Test
    void shouldCloseAPeerThatAsksForAnotherHandshake() throws Exception {
        int port = FreePort.onLoopback();
        String door = """
                gears:
                  - { name: sink, type: probe }
                  - name: door
                    type: io_iso8583
                    config: { mode: server, bind: "127.0.0.1:%1$d", tls: { enabled: true, cert_file: "%2$s/door.crt", key_file: "%2$s/door.key" } }
                wires:
                  - { from: door.out, to: sink.in }
                  - { from: sink.out, to: door.in }
                """.formatted(port, folder.toAbsolutePath());
        try (LoopRig rig = new LoopRig(door);
                SSLSocket terminal =
                        (SSLSocket) trustingTheDoor().getSocketFactory().createSocket("127.0.0.1", port)) {
            terminal.setSoTimeout(20_000);
            terminal.setEnabledProtocols(new String[] {"TLSv1.2"});
            terminal.startHandshake();
            LoopRig.until(() -> rig.sum("connections") == 1);

            assertThatThrownBy(() -> {
                        terminal.startHandshake();
                        terminal.getInputStream().read();
                    })
                    .isInstanceOf(IOException.class);
            LoopRig.until(() -> rig.sum(MetricNames.CONNECTIONS_REFUSED, "reason", "tls_failed") == 1);
        }
    }

    private static SSLContext trustingTheDoor() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("door.p12"))) {
            keys.load(in, PASSWORD);
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("door", keys.getCertificate("it"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void shouldCarryRequestsAndAnswersEncryptedBothSidesKnown() {
        try (LoopRig rig = new LoopRig(gears(FreePort.onLoopback(), "door", "door", "host"))) {
            LoopRig.until(() -> rig.sum("connections") == 2);
            for (int i = 0; i < 300; i++) {
                FluxMsg request = SimRig.raw(("0800" + i + "x".repeat(2000)).getBytes(US_ASCII));
                request.meta().unset(MetaKey.CONN_ID);
                rig.send("source", 0, request);
            }
            LoopRig.until(() -> rig.probe("sink").seen.size() == 300);
            FluxMsg answer = SimRig.raw("0810".getBytes(US_ASCII));
            answer.meta()
                    .set(
                            MetaKey.CONN_ID,
                            Long.parseLong(rig.probe("sink").seen.get(0).meta(MetaKey.CONN_ID)));
            rig.send("sink", 0, answer);
            LoopRig.until(() -> rig.probe("source").seen.size() == 1);
        }
    }

    @Test
    void shouldNotTalkToAHostOfAnotherName() {
        try (LoopRig rig = new LoopRig(gears(FreePort.onLoopback(), "elsewhere", "elsewhere", "host"))) {
            LoopRig.until(() -> rig.sum("connections_refused_total", "reason", "tls_failed") > 0);
            assertThat(rig.probe("source").signals).isEmpty();
        }
    }

    @Test
    void shouldNotTalkToAPeerThatItDoesNotTrust() {
        try (LoopRig rig = new LoopRig(gears(FreePort.onLoopback(), "door", "host", "host"))) {
            LoopRig.until(() -> rig.sum("connections_refused_total", "reason", "tls_failed") > 0);
        }
    }

    @Test
    void shouldCloseAPeerThatSpeaksPlainAndSaySo() throws Exception {
        Logger log = (Logger) LoggerFactory.getLogger("gear.door");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        int port = FreePort.onLoopback();
        try (LoopRig rig = new LoopRig(gears(port, "door", "door", "host"));
                TestPeer plain = new TestPeer(port)) {
            plain.send("0800 in the clear");
            LoopRig.until(plain::isClosedByPeer); // an alert may come first
            LoopRig.until(() -> rig.sum("connections_refused_total", "reason", "tls_failed") >= 1);
            LoopRig.until(() -> said(lines).anyMatch(line -> line.contains("tls_failed: the peer does not speak TLS")));
        } finally {
            log.detachAppender(lines);
        }
        assertThat(said(lines)).noneMatch(line -> line.contains("30383030"));
    }

    private static Stream<String> said(ListAppender<ILoggingEvent> lines) {
        return List.copyOf(lines.list).stream().map(ILoggingEvent::getFormattedMessage);
    }

    @Test
    void shouldReportMissingFilesAndKeys() {
        var load = TestPlans.load("""
                gears:
                  - name: door
                    type: io_iso8583
                    config: { mode: server, bind: ":0", tls: { enabled: true, cert_file: /no/such.crt } }
                """);

        assertThat(load.errors().toString()).contains("tls.cert_file", "/no/such.crt", "tls.key_file");
        assertThat(List.of(load.ok())).containsExactly(false);
    }

    @Test
    void shouldTellAKeyThatDoesNotBelongToTheCertificate() {
        assertThat(tlsFaults("mode: server, bind: ':0'", "cert_file: %1$s/door.crt, key_file: %1$s/host.key"))
                .contains("tls.key_file", "the key does not belong to the certificate in cert_file");
        assertThat(tlsFaults("mode: server, bind: ':0'", "cert_file: %1$s/door.crt, key_file: %1$s/door.key"))
                .isEqualTo("[]");
    }

    @Test
    void shouldTellAClientThatDemandsCertificatesOfThoseWhoConnect() {
        assertThat(tlsFaults("mode: client, connect: '127.0.0.1:1'", "client_auth: required"))
                .contains("tls.client_auth", "a client listens nowhere");
    }

    private static String tlsFaults(String mode, String tls) {
        String config = "{ %s, tls: { enabled: true, %s } }".formatted(mode, tls.formatted(folder.toAbsolutePath()));
        return TestPlans.load("gears:\n  - { name: door, type: io_iso8583, config: " + config + " }\n")
                .errors()
                .toString();
    }
}
