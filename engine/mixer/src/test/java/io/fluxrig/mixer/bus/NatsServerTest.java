package io.fluxrig.mixer.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.net.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
}
