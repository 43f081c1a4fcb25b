package io.fluxrig.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.mixer.bus.NatsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mixer that is asked to end while it starts. */
class EndedStartTest {
    @TempDir
    private Path folder;

    /** A JVM that ends takes no hooks: it ended with "unexpected IllegalStateException: Shutdown in progress", and 1. */
    @Test
    void shouldEndQuietlyWhereTheJvmEndsWhileItStarts() throws Exception {
        Assumptions.assumeTrue(NatsServer.find("").isPresent(), "needs nats-server: apt-get install nats-server");
        Path words = folder.resolve("words");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndedStartTest.class.getName(),
                        folder.resolve("mixer").toString())
                .redirectErrorStream(true)
                .redirectOutput(words.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(Files.readString(words)).contains("ended with 0").doesNotContain("Shutdown in progress");
    }

    /** Starts a mixer within the end of its JVM. */
    public static void main(String[] args) {
        Map<String, String> flags = Map.of(
                "base.data_dir",
                args[0],
                "logging.file",
                "",
                "logging.console",
                "off",
                "api.bind",
                "127.0.0.1:" + FreePort.onLoopback(),
                "snake.bind",
                "127.0.0.1:" + FreePort.onLoopback());
        var config =
                NodeConfigLoader.load(MixerKeys.FILE, null, Map.of(), flags).config();
        MixerProcess mixer = new MixerProcess();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            mixer.stop();
            System.out.println("ended with " + mixer.run(config, "1", System.out, System.err));
        }));
    }
}
