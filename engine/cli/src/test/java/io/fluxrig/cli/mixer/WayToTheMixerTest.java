package io.fluxrig.cli.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.cli.Cli;
import io.fluxrig.cli.MixerOfATest;
import io.fluxrig.cli.console.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say where a mixer cannot be asked. */
class WayToTheMixerTest {
    @TempDir
    Path folder;

    @AutoClose
    private final MixerOfATest mixer = new MixerOfATest();

    private final Map<String, String> answers = mixer.answers();
    private final Cli cli = mixer.cli();

    @Test
    void shouldSayWhatIsWrongWithTheWayToTheMixer() {
        assertThat(cli.run("admin", "racks", "suspend", "east")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("there is no POST /api/v1/racks/east/suspend");
        assertThat(cli.run("topology", "--api", "ftp://x")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("topology", "--api", "http://127.0.0.1:1")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("start one with 'fluxrig mixer'");
        assertThat(cli.run("topology", "--token-file", folder.resolve("none").toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("cannot be read", "--token-file");
    }

    @Test
    void shouldSayThatTheMixerDoesNotTakeTheToken() {
        cli.with("FLUXRIG_API_TOKEN", "another");

        assertThat(cli.run("topology")).isEqualTo(ExitCode.FAILED);

        assertThat(cli.err()).contains("does not take this API token", "--token-file");
    }

    @Test
    void shouldRefuseACopyOfTheTokenThatOthersMayRead() throws IOException {
        Path copy = Files.writeString(folder.resolve("api.token"), MixerOfATest.TOKEN + "\n");
        answers.put("GET /api/v1/topology", "{\"racks\":[],\"wires\":[]}");

        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(cli.run("topology", "--token-file", copy.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(cli.err()).contains("chmod 600 " + copy);

        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
        assertThat(cli.run("topology", "--token-file", copy.toString()))
                .as(cli.err())
                .isZero();
        assertThat(cli.out()).isEqualTo("no rack has said hello\n");
    }

    @Test
    void shouldNeedNoMixerOfThisFolderWhereItIsToldTheAddressAndTheToken() {
        answers.put("POST /api/v1/racks/east/suspend", MixerOfATest.EAST);
        cli.with("FLUXRIG_API_BODY_MAX", "1KiB");

        assertThat(cli.run("admin", "racks", "suspend", "east")).as(cli.err()).isZero();

        assertThat(new Cli().with("FLUXRIG_API_BODY_MAX", "1KiB").run("admin", "racks", "suspend", "east"))
                .as("its token")
                .isEqualTo(ExitCode.CONFIG);
    }

    @Test
    void shouldSayThatWhatAnswersMaySpeakNoTls() throws IOException {
        // ends a TLS handshake without a word, as the mixer's plain API does
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread closing = new Thread(() -> closeAll(plain), "plain");
            closing.start();

            assertThat(cli.run("topology", "--api", "https://127.0.0.1:" + plain.getLocalPort()))
                    .isEqualTo(ExitCode.FAILED);
        }
        assertThat(cli.err()).contains("http://").doesNotContain("certificate");
    }

    private static void closeAll(ServerSocket plain) {
        try {
            while (true) {
                try (Socket one = plain.accept()) {
                    one.getInputStream().read();
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }
}
