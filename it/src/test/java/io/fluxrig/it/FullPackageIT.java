package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The full variant with the gear pack jpos, as {@link PackageIT} has the lean one: what it has besides. */
@EnabledIfSystemProperty(
        named = "fluxrig.package.full",
        matches = "true",
        disabledReason = "a minute or two: -Dfluxrig.package.full=true")
final class FullPackageIT {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private static Path shared;

    private static Packages packages;
    private static Path home;
    private static Map<String, String> bare;

    private Path folder;

    @BeforeAll
    static void pack() throws Exception {
        shared = Packages.newFolder();
        packages = Packages.make(
                shared.resolve("packages"), "--quick", "--variant", "full", "--pack", "jpos", "image", "deb");
        home = packages.unpack(shared.resolve("some where else"));
        bare = Packages.withoutJava(shared.resolve("tools"));
    }

    @AfterAll
    static void remove() throws Exception {
        Packages.remove(shared);
    }

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory(shared, "test");
    }

    @Test
    void shouldLeadFromTheImageAlone() throws Exception {
        boolean nats = Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/nats")
                .anyMatch(place -> Files.isExecutable(Path.of(place, "nats-server")));
        Assumptions.assumeTrue(nats, "needs nats-server: apt-get install nats-server");
        String api = "127.0.0.1:" + FreePort.onLoopback();
        Map<String, String> variables = Map.of(
                "FLUXRIG_API_BIND",
                api,
                "FLUXRIG_SNAKE_BIND",
                "127.0.0.1:" + FreePort.onLoopback(),
                "FLUXRIG_JAVA_OPTS",
                Packages.WITHOUT_TMP);
        Process mixer = Packages.fluxrig(home, folder, bare, variables, "mixer");
        try {
            HttpRequest health = HttpRequest.newBuilder(URI.create("http://" + api + "/health"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            Awaitility.await("the mixer has its registry and its nats-server")
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(
                            () -> HTTP.send(health, BodyHandlers.ofString())
                                    .body()
                                    .replace(" ", ""),
                            said -> said.contains("\"registry\":true") && said.contains("\"nats\":true"));
        } finally {
            mixer.destroy();
        }
        assertThat(Packages.exitCode(mixer)).isZero();
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).contains("registry.duckdb", "authority.key");
        }
    }

    /** From inside its jar the library would be unpacked into /tmp at each start. */
    @Test
    void shouldHoldOfDuckDbWhatThisProcessorRunsBesideItsJar() throws Exception {
        try (Stream<Path> files = Files.list(home.resolve("lib/mixer"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("libduckdb")))
                    .singleElement()
                    .asString()
                    .matches("libduckdb_java\\.so_linux_(amd64|arm64)");
        }
        try (Stream<Path> jars = Files.list(home.resolve("lib/mixer"))) {
            Path duckdb = jars.filter(jar -> jar.getFileName().toString().startsWith("duckdb_jdbc-"))
                    .findFirst()
                    .orElseThrow();
            try (JarFile jar = new JarFile(duckdb.toFile())) {
                assertThat(jar.stream().filter(entry -> entry.getName().contains("libduckdb_java")))
                        .isEmpty();
            }
        }
    }

    @Test
    void shouldMakeADebianPackageWithBothUnits() throws Exception {
        DebianPackage debian = DebianPackage.open(packages.file(".deb"), folder);

        assertThat(debian.field("Package")).isEqualTo("fluxrig-full");
        assertThat(debian.field("Conflicts")).isEqualTo("fluxrig");
        assertThat(debian.field("Suggests")).isEqualTo("nats-server");
        for (String unit : List.of("fluxrig-rack.service", "fluxrig-mixer.service")) {
            assertThat(debian.entry("/lib/systemd/system/" + unit)).isPresent();
        }
        assertThat(debian.installed("/etc/fluxrig/mixer.toml")).isNotEmptyFile();
    }

    @Test
    void shouldBeginWithTheGearPackOnItsOwnRuntime() throws Exception {
        String scenario = RackUnderTest.repositoryRoot()
                .resolve("bin/packaging/jpos.yaml")
                .toString();

        Process check = Packages.fluxrig(home, folder, bare, Map.of("FLUXRIG_PACKS", "jpos"), "check", scenario);

        assertThat(Packages.exitCode(check))
                .as(Files.readString(folder.resolve("stderr.txt")))
                .isZero();
    }
}
