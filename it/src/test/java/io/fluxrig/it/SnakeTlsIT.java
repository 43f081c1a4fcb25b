package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import io.fluxrig.engine.passport.TlsKey;
import io.fluxrig.mixer.authority.Authority;
import io.fluxrig.mixer.authority.MixerCertificate;
import io.fluxrig.transport.bus.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jpos.iso.channel.NACChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wires between racks over a NATS of one's own that wants certificates at both ends: {@code snake.tls_*}, without a mixer. */
final class SnakeTlsIT {
    private static final long HOUR_MS = 3_600_000;

    @TempDir
    Path folder;

    private final int hostPort = FreePort.onLoopback();
    private final int terminalsPort = FreePort.onLoopback();
    private final List<AutoCloseable> running = new ArrayList<>();

    @AfterEach
    void stopAll() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    private RackUnderTest start(String rack, String machineId, String url, TlsFiles tls) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("TERMINALS_BIND", "127.0.0.1:" + terminalsPort);
        env.put("HOST_ADDRESS", "127.0.0.1:" + hostPort);
        env.put("FLUXRIG_RACK_NAME", rack);
        env.put("FLUXRIG_RACK_MACHINE_ID", machineId);
        env.put("FLUXRIG_SNAKE_URL", url);
        env.put("FLUXRIG_SNAKE_KEY_FILE", folder.resolve("snake.key").toString());
        env.put("FLUXRIG_SNAKE_TLS_CA_FILE", tls.authorities().toString());
        env.put("FLUXRIG_SNAKE_TLS_CERT_FILE", tls.certificate().toString());
        env.put("FLUXRIG_SNAKE_TLS_KEY_FILE", tls.key().toString());
        RackUnderTest started = RackUnderTest.start(
                RackUnderTest.repositoryRoot().resolve("config/scenarios/two-racks.yaml"), folder.resolve(rack), env);
        running.add(started);
        return started;
    }

    @Test
    void shouldCarryPurchasesOverANatsThatWantsCertificates() throws Exception {
        Authority authority = Authority.open(folder.resolve("ca"), Clock.systemUTC());
        MixerCertificate server = new MixerCertificate(authority, folder.resolve("ca"), "", HOUR_MS, Clock.systemUTC());
        server.renew();
        Path home = Files.createDirectories(folder.resolve("client"));
        KeyPair key = TlsKey.open(home.resolve("rack.key"));
        Files.write(
                home.resolve("rack.crt"),
                authority.rack("rack", key.getPublic(), System.currentTimeMillis() + HOUR_MS));
        TlsFiles client = new TlsFiles(authority.certificateFile(), home.resolve("rack.crt"), home.resolve("rack.key"));
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        Path seal = Files.createFile(
                folder.resolve("snake.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(seal, random);
        NatsServer nats = NatsServer.start(folder.resolve("jetstream"), server.files());
        running.add(nats);
        running.add(new JposHost(hostPort, new NACChannel(new ISO87APackager(), null), JposHost::approve));

        start("west", "64", nats.url(), client);
        RackUnderTest east = start("east", "0", nats.url(), client);

        assertThat(nats.url()).startsWith("tls://");
        Awaitility.await("an answer of the host behind the other rack")
                .atMost(Duration.ofSeconds(40))
                .ignoreExceptions()
                .until(this::approvesOne);
        assertThat(east.metric("fluxrig_guaranteed_confirmed_total", "encode_host.in"))
                .isPositive();
    }

    private boolean approvesOne() throws Exception {
        NACChannel channel = new NACChannel("127.0.0.1", terminalsPort, new ISO87APackager(), null);
        channel.setTimeout(10_000);
        try (JposTerminal terminal = new JposTerminal(channel, "EASTERN1")) {
            return "00"
                    .equals(terminal.exchange(terminal.purchase("4111110000001112"))
                            .getString(39));
        }
    }
}
