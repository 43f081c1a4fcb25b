package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jpos.iso.channel.NACChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The OCI image that {@code bin/package} makes: what it should be, and what it does in its own root folder as a container engine of a
 * hardened host starts it, with nothing of this machine's but the network.
 */
final class OciImageIT {
    private static final Path CONFIG = Path.of("/opt/fluxrig/config");

    private static Path shared;
    private static Packages packages;
    private static OciLayout image;

    /** Its root folder, read-only for what runs in there. */
    private static Path root;

    @BeforeAll
    static void pack() throws Exception {
        Assumptions.assumeTrue(Packages.there("dpkg-deb", "--version"), "needs dpkg-deb: a Debian machine");
        shared = Packages.newFolder();
        packages = Packages.make(shared.resolve("packages"), "--quick", "oci");
        Assumptions.assumeFalse(
                packages.said().contains("could not download the packages below fluxrig"), packages::said);
        image = OciLayout.open(packages.file(".oci.tar"), shared.resolve("oci"));
    }

    @AfterAll
    static void remove() throws Exception {
        if (shared != null) {
            Packages.remove(shared);
        }
    }

    @Test
    void shouldMakeAnOciImageInWhichEachDigestIsTrue() throws Exception {
        assertThat(image.unnamed()).isEmpty();
        assertThat(image.index()
                        .at("/manifests/0/annotations/org.opencontainers.image.ref.name")
                        .asText())
                .matches("fluxrig:\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        JsonNode configuration = image.configuration();
        assertThat(configuration.path("os").asText()).isEqualTo("linux");
        assertThat(configuration.path("architecture").asText())
                .isEqualTo(Packages.run("dpkg", "--print-architecture").strip());
        assertThat(configuration.at("/rootfs/type").asText()).isEqualTo("layers");
        assertThat(configuration.at("/rootfs/diff_ids")).hasSize(1);
        assertThat(configuration.at("/rootfs/diff_ids/0").asText()).isEqualTo(image.layerDiffId());
        assertThat(configuration.at("/config/User").asText()).isEqualTo("64100:64100");
        assertThat(configuration.at("/config/StopSignal").asText()).isEqualTo("SIGTERM");

        String entry = configuration.at("/config/Entrypoint/0").asText();
        assertThat(image.listing())
                .as("the entry point")
                .anyMatch(line -> line.matches("-rwxr-xr-x 0/0 .* \\." + entry))
                .as("the account's data are its own")
                .anyMatch(line -> line.matches("drwx------ 64100/64100 .* \\./var/lib/fluxrig/"))
                .as("for what a pack of the user's may unpack")
                .anyMatch(line -> line.matches("drwxrwxrwt 0/0 .* \\./tmp/"))
                .as("nothing that others may change, or that makes anybody root")
                .noneMatch(line -> line.matches("-.......w. .*|-..s.*|-.....s.* .*"));
    }

    private static void enter() throws Exception {
        boolean mayEnter = "root".equals(System.getProperty("user.name"))
                && !packages.said().contains("its root folder cannot be entered here");
        Assumptions.assumeTrue(mayEnter, "needs root, and the right to enter a root folder of its own");
        if (root == null) {
            root = image.unpack(shared.resolve("root"));
            Files.copy(PackagedRun.ADVICES, inside(CONFIG.resolve("scenarios/advices.yaml")));
        }
    }

    private static Path inside(Path path) {
        return root.resolve(path.toString().substring(1));
    }

    /** Starts it as process 1 of a container. */
    private static RackUnderTest start(Path work, int statusPort, Map<String, String> variables, String... arguments)
            throws IOException {
        Files.createDirectories(work);
        Process outer = new ProcessBuilder(image.command(root, variables, arguments))
                .redirectOutput(work.resolve("stdout.txt").toFile())
                .redirectError(work.resolve("stderr.txt").toFile())
                .start();
        Awaitility.await("there is a process 1")
                .atMost(Duration.ofSeconds(10))
                .until(() -> !outer.isAlive() || outer.children().count() > 0);
        ProcessHandle first = outer.children().findFirst().orElse(outer.toHandle());
        return RackUnderTest.started(outer, first, work, statusPort);
    }

    @Test
    void shouldSwitchInAReadOnlyRootFolderAndDrainAsProcessOne() throws Exception {
        enter();
        PackagedRun run = new PackagedRun();
        Map<String, String> variables = run.ofTheSwitch();
        variables.put("FLUXRIG_JAVA_OPTS", "-Xlog:class+load:file=/var/lib/fluxrig/classes.log");
        Path work = shared.resolve("switch");
        NACChannel line = new NACChannel(new ISO87APackager(), null);
        try (JposHost host = new JposHost(run.hostPort, line, JposHost::approve);
                RackUnderTest rack = start(work, run.statusPort, variables)) {
            run.assertApproved();
            assertThat(host.requests()).isPositive();
            assertThat(rack.terminate()).isZero();
        }
        assertThat(Files.readString(work.resolve("stdout.txt"))).contains("rack runs payment-switch", "epoll");
        CardNumbers.assertNoneIn(work, List.of(PackagedRun.PAN));
        Path data = inside(Path.of("/var/lib/fluxrig"));
        CardNumbers.assertNoneIn(data, List.of(PackagedRun.PAN));
        assertThat(Files.readAllLines(data.resolve("classes.log")))
                .as("classes come from the archive that was made in there")
                .anyMatch(
                        loaded -> loaded.contains("io.fluxrig.cli.Fluxrig ") && loaded.contains("shared objects file"));
    }

    /** The next process has the number of the one before, which held the queue's lock as it was killed. */
    @Test
    void shouldStartAgainOnTheVolumeOfAContainerThatWasKilledAsItWrote() throws Exception {
        enter();
        PackagedRun run = new PackagedRun();
        long appended = 0;
        for (int kill = 0; kill < 3; kill++) {
            Map<String, String> variables = run.ofAdvices(CONFIG, "on_load");
            try (RackUnderTest rack = start(
                    shared.resolve("killed" + kill),
                    run.statusPort,
                    variables,
                    "run",
                    CONFIG.resolve("scenarios/advices.yaml").toString())) {
                long before = appended;
                Awaitility.await("it writes")
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> rack.metric("fluxrig_durable_appended_total") > 0);
                appended = before + (long) rack.metric("fluxrig_durable_appended_total");
                rack.kill();
            }
        }
        try (RackUnderTest rack = start(
                shared.resolve("last"),
                run.statusPort,
                run.ofAdvices(CONFIG, "on_control"),
                "run",
                CONFIG.resolve("scenarios/advices.yaml").toString())) {
            assertThat((long) rack.metric("fluxrig_durable_backlog_messages")).isGreaterThanOrEqualTo(appended);
            assertThat(rack.terminate()).isZero();
        }
        assertThat(Files.readString(shared.resolve("last/stderr.txt"))).doesNotContain("DiskSpace", "cannot be used");
    }
}
