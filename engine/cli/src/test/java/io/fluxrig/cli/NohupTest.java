package io.fluxrig.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which commands hear SIGHUP under {@code nohup}; over a JDK that tells what it was started with. */
class NohupTest extends LaunchedFromAFolder {
    private static final int HUP = 1;

    @BeforeEach
    void layOutMixer() throws IOException {
        assumeThat(Path.of("/proc/self/status")).exists();
        write("jdk/bin/java", "#!/bin/sh\ngrep SigIgn /proc/$$/status\n");
        write("engine/mixer/target/fluxrig/lib/mixer.jar", "");
    }

    @ParameterizedTest
    @CsvSource({"run, true", "rack, true", "mixer, true", "load, false", "demo, false", "tail, false"})
    void shouldHearItWhereItMeansSomething(String command, boolean hears) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        List.of("nohup", root.resolve("bin/fluxrig").toString(), command))
                .redirectOutput(root.resolve("out").toFile())
                .redirectError(root.resolve("err").toFile());
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        root.resolve("jdk").toString(),
                        "FLUXRIG_NO_BUILD",
                        "1",
                        "FLUXRIG_ARCHIVE",
                        "0",
                        "FLUXRIG_SNAKE_URL",
                        "nats://127.0.0.1:1"));
        assertThat(ended(builder.start())).as(err).isZero();

        assertThat(Files.readString(root.resolve("out"))).startsWith("SigIgn:");
        long ignored = Long.parseLong(out.replaceAll("\\s|SigIgn:", ""), 16);
        assertThat((ignored >> (HUP - 1) & 1) == 0).isEqualTo(hears);
    }
}
