package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a start takes its classes from the archive that the launcher made, and does without where it is told to. */
final class QuickStartIT {
    private static final String ARCHIVED = "shared objects file";
    private static final String OWN_CLASS = "io.fluxrig.engine.scenario.ScenarioLoader ";

    @TempDir
    Path folder;

    @Test
    void shouldTakeClassesFromTheArchive() throws Exception {
        assertThat(sourceOf(OWN_CLASS, Map.of())).contains(ARCHIVED);
    }

    @Test
    void shouldStartWithoutAnArchiveWhenAsked() throws Exception {
        assertThat(sourceOf(OWN_CLASS, Map.of("FLUXRIG_ARCHIVE", "0"))).contains("fluxrig-rack");
    }

    /** The line of the JVM's class loading log that tells where that class came from, after a check of a scenario. */
    private String sourceOf(String className, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path log = folder.resolve("classes.log");
        Map<String, String> env = new HashMap<>(environment);
        env.put("FLUXRIG_JAVA_OPTS", "-Xlog:class+load:file=" + log);
        Path scenario = RackUnderTest.repositoryRoot().resolve("config/scenarios/payment-switch.yaml");
        Process process = RackUnderTest.command(folder, env, "check", scenario.toString());
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("stderr.txt")))
                .isZero();
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains(className))
                .findFirst()
                .orElse("not loaded");
    }
}
