package io.fluxrig.mixer.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.control.Subjects;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.TlsKey;
import io.fluxrig.mixer.authority.Authority;
import io.fluxrig.mixer.authority.MixerCertificate;
import io.fluxrig.transport.bus.BusLogin;
import io.fluxrig.transport.bus.BusSettings;
import io.fluxrig.transport.bus.ControlBus;
import io.fluxrig.transport.bus.TlsFiles;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A nats-server that speaks TLS as the mixer configures it, and who gets how far with which certificate and login. */
class ServerTlsTest {
    private static final long HOUR_MS = 3_600_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final int port = FreePort.onLoopback();
    private Authority authority;
    private MixerCertificate certificate;
    private NodeKey east;
    private NodeKey mixer;
    private NatsServer server;

    @BeforeEach
    void start() throws Exception {
        Path program = NatsServer.find("").orElse(null);
        Assumptions.assumeTrue(program != null, "needs nats-server: apt-get install nats-server");
        authority = Authority.open(folder.resolve("mixer"), Clock.systemUTC());
        certificate =
                new MixerCertificate(authority, folder.resolve("mixer"), "mixer.example", HOUR_MS, Clock.systemUTC());
        certificate.renew();
        mixer = NodeKey.open(folder.resolve("mixer.login"));
        east = NodeKey.open(folder.resolve("east.login"));
        ServerTls tls = new ServerTls(certificate.files(), authority.join(HOUR_MS));
        server = new NatsServer(new ServerSettings(
                program, folder.resolve("nats"), new Address("127.0.0.1", port), mixer.publicKey(), "00ff", tls));
        server.start(Map.of("east", east.publicKey()), Map.of());
        open.add(server);
        awaitLetIn(mixer, certificate.files());
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private TlsFiles rack(Authority of, String name, long lifeMs) throws Exception {
        Path home = Files.createDirectories(folder.resolve(name + lifeMs));
        KeyPair key = TlsKey.open(home.resolve("tls.key"));
        Files.write(home.resolve("tls.crt"), of.rack(name, key.getPublic(), System.currentTimeMillis() + lifeMs));
        return new TlsFiles(authority.certificateFile(), home.resolve("tls.crt"), home.resolve("tls.key"));
    }

    private TlsFiles join() {
        return new TlsFiles(authority.joinFile(), authority.joinFile(), authority.joinFile());
    }

    private ControlBus bus(NodeKey login, TlsFiles tls) {
        return bus(login, tls, "tls://127.0.0.1:");
    }

    private ControlBus bus(NodeKey login, TlsFiles tls, String url) {
        return bus(login, tls, url, false);
    }

    private ControlBus bus(NodeKey login, TlsFiles tls, String url, boolean patient) {
        BusLogin signs = login == null ? null : new LoginOfATest(login);
        String inbox = login == null ? Subjects.ENROL_INBOX : Subjects.inbox("east");
        ControlBus bus = new ControlBus(new BusSettings(List.of(url + port), "test", inbox, null, signs, tls, patient));
        open.add(bus);
        bus.start();
        return bus;
    }

    private record LoginOfATest(NodeKey key) implements BusLogin {
        @Override
        public byte[] publicKey() {
            return key.publicKey();
        }

        @Override
        public byte[] sign(byte[] nonce) {
            return key.sign(nonce);
        }
    }

    /** A server that is just reading its files again may not know whom it knows before and after: asked again until it does. */
    private void awaitLetIn(NodeKey login, TlsFiles tls) {
        awaitConnected(bus(login, tls, "tls://127.0.0.1:", true));
    }

    /** Whatever goes wrong on the way: on a busy machine a try may take too long. */
    private static void awaitConnected(ControlBus bus) {
        Awaitility.await("connected").atMost(PATIENCE).until(bus::connected);
    }

    /** Until the server has let it in, or it knows why not. */
    private static boolean connects(ControlBus bus) {
        Awaitility.await("an answer of the server")
                .atMost(PATIENCE)
                .until(() -> bus.connected() || bus.refused() || !bus.trouble().isEmpty());
        return bus.connected();
    }

    @Test
    void shouldLetARackInWithItsCertificateAndItsLogin() throws Exception {
        awaitLetIn(east, rack(authority, "east", HOUR_MS));
    }

    @Test
    void shouldRefuseWhoShowsNoCertificate() {
        ControlBus bus = bus(east, new TlsFiles(authority.certificateFile(), null, null));

        assertThat(connects(bus)).isFalse();
        assertThat(bus.trouble()).contains("the server wants a certificate, or does not take this node's");
    }

    @Test
    void shouldRefuseACertificateOfAnotherAuthority() throws Exception {
        Authority other = Authority.open(folder.resolve("other"), Clock.systemUTC());

        ControlBus bus = bus(east, rack(other, "east", HOUR_MS));

        assertThat(connects(bus)).isFalse();
        assertThat(bus.trouble()).contains("does not take this node's", "join.pem");
        assertThat(bus.certificateRefused()).isTrue();
    }

    @Test
    void shouldRefuseACertificateThatHasExpired() throws Exception {
        ControlBus bus = bus(east, rack(authority, "east", -1_000));

        assertThat(connects(bus)).isFalse();
        assertThat(bus.trouble()).contains("does not take this node's", "expired");
    }

    /** Whoever copied the certificate but not its key cannot show it. */
    @Test
    void shouldRefuseACertificateWithAnotherKey() throws Exception {
        TlsFiles stolen = rack(authority, "east", HOUR_MS);
        TlsKey.open(folder.resolve("thief.key"));

        ControlBus bus =
                bus(east, new TlsFiles(stolen.authorities(), stolen.certificate(), folder.resolve("thief.key")));

        assertThat(connects(bus)).isFalse();
        assertThat(bus.trouble()).contains("certificate and its key do not go together");
    }

    /** Whoever copied certificate and key, but not the login, gets no further than the connection. */
    @Test
    void shouldRefuseAStolenCertificateWithoutTheLogin() throws Exception {
        TlsFiles stolen = rack(authority, "east", HOUR_MS);

        ControlBus none = bus(null, stolen);
        assertThat(connects(none)).isFalse();
        assertThat(none.refused()).isTrue();

        ControlBus own = bus(NodeKey.ephemeral(), stolen);
        assertThat(connects(own)).isFalse();
        assertThat(own.refused()).isTrue();
    }

    @Test
    void shouldLetTheJoinFileSayHelloAndNothingElse() throws Exception {
        ControlBus hears = bus(mixer, certificate.files());
        List<String> heard = new ArrayList<>();
        hears.listen(">", (subject, replyTo, body) -> heard.add(subject));
        awaitConnected(hears);
        ControlBus joining = bus(null, join());
        awaitConnected(joining);

        joining.publish(Subjects.HEARTBEAT, new byte[1]);
        joining.publish("flux.msg.east.a.b", new byte[1]);
        joining.publish("$JS.API.STREAM.NAMES", new byte[0]);
        joining.publish(Subjects.HELLO, new byte[1]);

        Awaitility.await().atMost(PATIENCE).until(() -> heard.contains(Subjects.HELLO));
        assertThat(heard).containsOnly(Subjects.HELLO);
    }

    @Test
    void shouldRefuseAJoinFileThatWasReplaced() throws Exception {
        Path copy = Files.copy(authority.joinFile(), folder.resolve("copy.pem"));
        Files.delete(authority.joinFile());
        server.close();
        ServerTls tls = new ServerTls(certificate.files(), authority.join(HOUR_MS));
        NatsServer again = new NatsServer(new ServerSettings(
                NatsServer.find("").orElseThrow(),
                folder.resolve("nats"),
                new Address("127.0.0.1", port),
                mixer.publicKey(),
                "00ff",
                tls));
        open.add(again);
        again.start(Map.of(), Map.of());
        awaitLetIn(mixer, certificate.files());

        ControlBus old = bus(null, new TlsFiles(copy, copy, copy));

        assertThat(connects(old)).isFalse();
        assertThat(old.refused()).isTrue();
        awaitLetIn(null, join());
    }

    @Test
    void shouldNotBelieveAServerOfAnotherAuthority() throws Exception {
        Authority other = Authority.open(folder.resolve("other"), Clock.systemUTC());
        other.join(HOUR_MS);

        ControlBus bus = bus(null, new TlsFiles(other.joinFile(), other.joinFile(), other.joinFile()));

        assertThat(connects(bus)).isFalse();
        assertThat(bus.trouble()).contains("nobody whom this node trusts has signed the server's certificate");
    }

    @Test
    void shouldNotBelieveAServerUnderANameThatItsCertificateIsNotFor() throws Exception {
        NatsServer elsewhere = new NatsServer(new ServerSettings(
                NatsServer.find("").orElseThrow(),
                folder.resolve("elsewhere"),
                new Address("127.0.0.2", port),
                mixer.publicKey(),
                "00ff",
                new ServerTls(certificate.files(), authority.join(HOUR_MS))));
        open.add(elsewhere);
        elsewhere.start(Map.of(), Map.of());

        Awaitility.await("the server is up").atMost(PATIENCE).ignoreExceptions().until(() -> {
            new Socket("127.0.0.2", port).close();
            return true;
        });
        ControlBus bus = bus(mixer, certificate.files(), "tls://127.0.0.2:");

        assertThat(connects(bus)).isFalse();
        assertThat(bus.trouble()).contains("for other names than the one in snake.url", "mixer.names");
    }

    @Test
    void shouldTellWhoSpeaksPlainToWriteTls() {
        ControlBus bus = bus(null, null, "nats://127.0.0.1:");

        assertThat(connects(bus)).isFalse();
        assertThat(bus.trouble()).contains("the server wants TLS; write tls://");
    }

    @Test
    void shouldHangUpOnWhoSpeaksPlain() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(in.readLine()).startsWith("INFO ").contains("\"tls_required\":true", "\"tls_verify\":true");

            socket.getOutputStream().write("CONNECT {}\r\nPING\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void shouldRefuseTls12() throws Exception {
        TlsFiles files = rack(authority, "east", HOUR_MS);
        try (Socket plain = new Socket("127.0.0.1", port)) {
            plain.setSoTimeout(20_000);
            while (plain.getInputStream().read() != '\n') {
                assertThat(plain.isClosed()).isFalse();
            }
            SSLSocket tls = (SSLSocket) files.context().getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
            tls.setEnabledProtocols(new String[] {"TLSv1.2"});

            assertThatThrownBy(tls::startHandshake)
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("handshake_failure");
        }
    }

    @Test
    void shouldShowTheRenewedCertificateFromTheNextConnectionOn() throws Exception {
        Path file = certificate.files().certificate();
        Files.write(file, new byte[0]);
        assertThat(certificate.renew()).isTrue();
        server.certificateRenewed();

        awaitLetIn(mixer, certificate.files());
        assertThat(certificate.renew()).isFalse();
    }
}
