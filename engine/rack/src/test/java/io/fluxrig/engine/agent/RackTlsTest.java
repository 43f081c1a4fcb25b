package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.rack.node.NodeTls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RackTlsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_800_000_000_000L));

    @TempDir
    private Path folder;

    private NodeConfig config(String... more) {
        Map<String, String> flags = new HashMap<>(Map.of("base.data_dir", folder.toString()));
        for (int i = 0; i < more.length; i += 2) {
            flags.put(more[i], more[i + 1]);
        }
        return NodeConfigLoader.load(null, Map.of(), flags).config();
    }

    private RackTls tls(String... more) throws Exception {
        return new RackTls(config(more), folder, CLOCK);
    }

    @Test
    void shouldSpeakPlainWhereNoAddressWantsMore() throws Exception {
        RackTls plain = tls("snake.url", "nats://127.0.0.1:4222");

        assertThat(plain.joining()).isNull();
        assertThat(plain.admitted()).isNull();
        assertThat(plain.ready()).isTrue();
        assertThat(plain.lack()).isEmpty();
        assertThat(plain.publicKey()).as("asks for no certificate").isEmpty();
        assertThat(folder.resolve("tls.key")).doesNotExist();
    }

    @Test
    void shouldSayWhatItLacksForTheFirstHello() throws Exception {
        RackTls rack = tls("snake.url", "tls://mixer.example:4222");
        assertThat(rack.ready()).isFalse();
        assertThat(rack.joining().authorities()).isNull();
        assertThat(rack.lack())
                .startsWith("has no certificate, and there is no ")
                .contains("copy the mixer's");
        assertThat(tls("snake.url", "tls://mixer.example:4222", "snake.join_file", "")
                        .lack())
                .contains("snake.join_file is not set");

        Path join = Files.writeString(folder.resolve("join.pem"), "none");
        Files.setPosixFilePermissions(join, PosixFilePermissions.fromString("rw-------"));
        assertThat(rack.joining().certificate()).isEqualTo(join);
        assertThat(rack.lack()).startsWith("cannot say hello: ").contains("no whole join.pem");
    }

    @Test
    void shouldShowWhatIsConfiguredBeforeAnythingElse() throws Exception {
        RackTls rack = tls(
                "snake.url", "tls://mixer.example:4222",
                "snake.tls_cert_file", "own.crt",
                "snake.tls_key_file", "own.key",
                "snake.tls_ca_file", "own.ca");

        assertThat(rack.admitted().certificate()).isEqualTo(folder.resolve("own.crt"));
        assertThat(rack.joining().authorities()).isEqualTo(folder.resolve("own.ca"));
        assertThat(rack.publicKey()).as("it wants none of the mixer").isEmpty();
        assertThat(rack.ready()).isTrue();
    }

    @Test
    void shouldKeepNoCertificateThatIsNone() throws Exception {
        RackTls rack = tls("snake.url", "tls://mixer.example:4222");

        assertThatThrownBy(() -> rack.keep("nothing".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("for another key than this rack's tls.key");
        assertThat(folder.resolve("tls.crt")).doesNotExist();
    }

    @Test
    void shouldTellAllThatIsWrongWithConfiguredFiles() throws Exception {
        Files.writeString(folder.resolve("empty.pem"), "");
        Faults faults = new Faults();

        NodeTls.check(
                config("snake.tls_ca_file", "empty.pem", "snake.tls_cert_file", "x.crt", "snake.tls_key_file", "x.key"),
                faults);
        NodeTls.check(config("snake.tls_cert_file", "x.crt"), faults);

        assertThat(faults.all().stream().map(Fault::toString))
                .anySatisfy(fault -> assertThat(fault).contains("snake.tls_ca_file", "holds no certificate"))
                .anySatisfy(fault -> assertThat(fault).contains("snake.tls_cert_file", "x.crt is not there"))
                .anySatisfy(fault -> assertThat(fault).contains("snake.tls_key_file", "go together"));
    }
}
