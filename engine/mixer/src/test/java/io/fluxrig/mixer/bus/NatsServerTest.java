package io.fluxrig.mixer.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.transport.bus.BusLogin;
import io.fluxrig.transport.bus.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsServerTest {
    @TempDir
    private Path folder;

    private static byte[] login(int of) {
        byte[] login = new byte[32];
        login[0] = (byte) of;
        return login;
    }

    @Test
    void shouldKeepTheConfigurationThatWorksWhereTheNextDoesNot() throws Exception {
        Path program = NatsServer.find("").orElse(null);
        Assumptions.assumeTrue(program != null, "needs nats-server: apt-get install nats-server");
        Address bind = new Address("127.0.0.1", FreePort.onLoopback());
        Path config = folder.resolve("nats.conf");
        try (NatsServer server = new NatsServer(new ServerSettings(program, folder, bind, login(1), "00ff", null))) {
            server.start(Map.of("east", login(2)), Map.of());
            String before = Files.readString(config);

            server.admit("west", login(2));
            assertThat(config).hasContent(before);

            server.admit("north", login(3));
            assertThat(Files.readString(config)).isNotEqualTo(before);
        }
    }

    /** One of before limits were written refuses to be told anything: "config reload not supported for jetstream dynamic max memory and store". */
    @Test
    void shouldStartAnewTheServerThatWasLeftRunningWithOtherLimits() throws Exception {
        Path program = NatsServer.find("").orElse(null);
        Assumptions.assumeTrue(program != null, "needs nats-server: apt-get install nats-server");
        Address bind = new Address("127.0.0.1", FreePort.onLoopback());
        ServerSettings settings = new ServerSettings(program, folder, bind, login(1), "00ff", null);
        Path config = folder.resolve("nats.conf");
        Path pid = folder.resolve("nats.pid");
        Files.writeString(
                config,
                ServerConfig.write(settings, Map.of(), Map.of()).replaceAll(", max_(file|memory)_store: [0-9]+", ""));
        Process left = new ProcessBuilder(program.toString(), "-c", config.toString()).start();
        try (NatsServer server = new NatsServer(settings)) {
            Awaitility.await()
                    .until(() -> Files.exists(pid) && !Files.readString(pid).isEmpty());

            server.start(Map.of("east", login(2)), Map.of());

            Awaitility.await()
                    .ignoreExceptions()
                    .until(() -> !left.isAlive()
                            && Long.parseLong(Files.readString(pid).strip()) != left.pid());
            assertThat(folder.resolve("nats.log")).content().doesNotContain("not supported");
        } finally {
            left.destroyForcibly();
        }
    }

    /** Two racks with one login, as a registry that was mended by hand may have it: the mixer did not start. */
    @Test
    void shouldStartWithoutTheLoginThatTheServerCannotTake() throws Exception {
        Path program = NatsServer.find("").orElse(null);
        Assumptions.assumeTrue(program != null, "needs nats-server: apt-get install nats-server");
        Address bind = new Address("127.0.0.1", FreePort.onLoopback());
        Path config = folder.resolve("nats.conf");
        try (NatsServer server = new NatsServer(new ServerSettings(program, folder, bind, login(1), "00ff", null))) {
            server.start(Map.of("east", login(2), "thief", login(2), "west", login(3)), Map.of());
            String started = Files.readString(config);
            assertThat(started).containsOnlyOnce(BusLogin.nkey(login(2))).contains(BusLogin.nkey(login(3)));

            server.admit("thief", login(2));
            assertThat(config).as("known to be none").hasContent(started);

            server.admit("north", login(4));
            assertThat(Files.readString(config)).contains(BusLogin.nkey(login(4)));
        }
    }

    @Test
    void shouldOpenHelloToWhoeverHasTheJoinFileThatThereIsNow() throws Exception {
        Path program = Files.writeString(folder.resolve("takes-all"), "#!/bin/sh\nexit 0\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        ServerTls tls = new ServerTls(
                new TlsFiles(folder.resolve("ca.crt"), folder.resolve("tls.crt"), folder.resolve("tls.key")),
                "CN=one,O=fluxrig join");
        NatsServer server = new NatsServer(
                new ServerSettings(program, folder, new Address("127.0.0.1", 4222), login(1), "00ff", tls));
        server.admit("east", login(2));
        assertThat(folder.resolve("nats.conf")).content().contains("\"CN=one,O=fluxrig join\"");

        server.joinedBy("CN=two,O=fluxrig join");

        assertThat(folder.resolve("nats.conf"))
                .content()
                .contains("\"CN=two,O=fluxrig join\"", "nkey: ")
                .doesNotContain("CN=one");
    }

    @Test
    void shouldLetInTogetherWhoComesTogetherButForWhomTheServerCannotTake() throws Exception {
        Path program = NatsServer.find("").orElse(null);
        Assumptions.assumeTrue(program != null, "needs nats-server: apt-get install nats-server");
        Address bind = new Address("127.0.0.1", FreePort.onLoopback());
        Path config = folder.resolve("nats.conf");
        try (NatsServer server = new NatsServer(new ServerSettings(program, folder, bind, login(1), "00ff", null))) {
            server.start(Map.of("east", login(2)), Map.of());
            server.admit("north", login(3));

            server.admit("thief", login(2));
            server.admit("south", login(4));
            server.admit("gone", login(5));
            server.admit("west", login(6));
            server.expel("gone");

            String last = BusLogin.nkey(login(6));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(Files.readString(config)).contains(last));
            assertThat(Files.readString(config))
                    .contains(BusLogin.nkey(login(3)), BusLogin.nkey(login(4)))
                    .doesNotContain(BusLogin.nkey(login(5)))
                    .containsOnlyOnce(BusLogin.nkey(login(2)));
        }
    }
}
