package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jpos.iso.channel.NACChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code bin/package} makes, as somebody has it who installs it: the image alone, without a Java or a checkout; the Debian package
 * is held against what it should be by {@link DebianPackage}. The OCI image has {@link OciImageIT}.
 */
final class PackageIT {
    private static final String[] OF_THE_FULL_IMAGE = {"duckdb", "jpos", "fluxrig-mixer", "bcpkix", "pg-client", "scram"
    };

    /** Of all tests, since packing takes most of their time. */
    private static Path shared;

    private static Packages packages;
    private static Path home;
    private static Map<String, String> bare;

    private Path folder;

    @BeforeAll
    static void pack() throws Exception {
        shared = Packages.newFolder();
        packages = Packages.make(shared.resolve("packages"), "--quick", "image", "deb");
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

    @AfterEach
    void assertNoCardNumberIsLeft() throws Exception {
        Path runs = folder.resolve("runs");
        if (Files.exists(runs)) {
            CardNumbers.assertNoneIn(runs, List.of(PackagedRun.PAN));
        }
    }

    private static Process start(Path work, Map<String, String> variables, String... arguments) throws IOException {
        return Packages.fluxrig(home, work, bare, variables, arguments);
    }

    @Test
    void shouldSwitchFromTheImageAloneWithoutAnyOtherJava() throws Exception {
        PackagedRun run = new PackagedRun();
        Path work = folder.resolve("runs/run");
        NACChannel line = new NACChannel(new ISO87APackager(), null);
        try (JposHost host = new JposHost(run.hostPort, line, JposHost::approve)) {
            Process process = start(work, run.ofTheSwitch(), "run");
            try (RackUnderTest rack = RackUnderTest.started(process, work, run.statusPort)) {
                run.assertApproved();
                assertThat(host.requests()).isPositive();
                assertThat(process.info().command())
                        .hasValue(home.resolve("runtime/bin/java").toRealPath().toString());
                assertThat(rack.terminate()).isZero();
            }
        }
        assertThat(Files.readString(work.resolve("stdout.txt"))).contains("rack runs payment-switch", "epoll");
    }

    /** What a hardened host does not let it unpack into /tmp; a durable wire, since its journal asks the system for disk space. */
    @Test
    void shouldLoadItsNativeLibrariesFromWhereTheyAreInstalled() throws Exception {
        Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/self/maps")), "needs Linux");
        PackagedRun run = new PackagedRun();
        Map<String, String> variables = run.ofAdvices(home.resolve("config"), "on_control");
        variables.put("FLUXRIG_JAVA_OPTS", Packages.WITHOUT_TMP);
        Path work = folder.resolve("runs/natives");
        Process process = start(work, variables, "run", PackagedRun.ADVICES.toString());
        try (RackUnderTest rack = RackUnderTest.started(process, work, run.statusPort)) {
            Path libraries = home.resolve("runtime/lib").toRealPath();
            Awaitility.await("the libraries are loaded")
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(mapped(process))
                            .filteredOn(path -> path.matches(".*(jffi|jnidispatch|netty).*"))
                            .allMatch(path -> Path.of(path).getParent().equals(libraries))
                            .hasSize(3));
            assertThat(rack.terminate()).isZero();
        }
        assertThat(Files.readString(work.resolve("stdout.txt"))).contains("epoll");
        assertThat(Files.readString(work.resolve("stderr.txt"))).doesNotContain("DiskSpace", "jffi", "jna");
    }

    /** Files that its memory is of, each once. */
    private static Set<String> mapped(Process process) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/maps"))) {
            return lines.filter(line -> line.indexOf('/') > 0)
                    .map(line -> line.substring(line.indexOf('/')))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void shouldStartARackThatAMixerIsToLead() throws Exception {
        Path work = folder.resolve("runs/rack");
        String nats = "nats://127.0.0.1:" + FreePort.onLoopback();
        Process rack = start(work, Map.of("FLUXRIG_RACK_NAME", "east", "FLUXRIG_SNAKE_URL", nats), "rack");
        try {
            Awaitility.await("the rack looks for its mixer")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(work.resolve("stderr.txt")).contains("NATS cannot be reached"));
            assertThat(work.resolve("data/node.key")).exists();
        } finally {
            rack.destroy();
        }
        assertThat(Packages.exitCode(rack)).isZero();
    }

    @Test
    void shouldTakeClassesFromTheArchiveThatItMadeWhereItWasUnpacked() throws Exception {
        Path work = folder.resolve("runs/version");
        Path log = work.resolve("classes.log");
        for (int start = 0; start < 2; start++) {
            Process version = start(work, Map.of("FLUXRIG_JAVA_OPTS", "-Xlog:class+load:file=classes.log"), "version");
            assertThat(Packages.exitCode(version)).isZero();
        }
        assertThat(Files.readString(work.resolve("stderr.txt"))).isEmpty();
        assertThat(Files.readAllLines(log))
                .anyMatch(line -> line.contains("io.fluxrig.cli.Fluxrig ") && line.contains("shared objects file"));
    }

    @Test
    void shouldHoldNothingOfTheMixerOrOfJposAndSaySoInOneLine() throws Exception {
        assertThat(home.resolve("lib/mixer")).doesNotExist();
        assertThat(home.resolve("lib/packs")).doesNotExist();
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.map(Path::getFileName).map(Path::toString).filter(name -> name.endsWith(".jar")))
                    .isNotEmpty()
                    .allSatisfy(jar -> assertThat(jar).doesNotContain(OF_THE_FULL_IMAGE));
        }

        Path work = folder.resolve("runs/mixer");
        Process mixer = start(work, Map.of(), "mixer");

        assertThat(Packages.exitCode(mixer)).isEqualTo(1);
        assertThat(Files.readAllLines(work.resolve("stderr.txt")))
                .containsExactly("fluxrig: this is the lean image, which has no mixer: install the full one");
        assertThat(work.resolve("stdout.txt")).isEmptyFile();
    }

    @Test
    void shouldBringWhatItsDocumentsLeadTo() throws Exception {
        assertThat(Files.readString(home.resolve("docs/operating.md"))).contains("(../CHANGELOG.md)");
        for (String file :
                List.of("CHANGELOG.md", "LICENSE", "NOTICE", "README.md", "SECURITY.md", "config/rack.toml")) {
            assertThat(home.resolve(file)).isNotEmptyFile();
        }
    }

    private DebianPackage debianPackage() throws Exception {
        Assumptions.assumeTrue(Packages.there("dpkg-deb", "--version"), "needs dpkg-deb: a Debian machine");
        return DebianPackage.open(packages.file(".deb"), folder.resolve("debian"));
    }

    @Test
    void shouldMakeADebianPackageThatDpkgKnowsWhatToDoWith() throws Exception {
        DebianPackage debian = debianPackage();

        assertThat(debian.field("Package")).isEqualTo("fluxrig");
        assertThat(debian.field("Version")).matches("\\d+\\.\\d+\\.\\d+(~snapshot)?");
        assertThat(debian.field("Architecture"))
                .isEqualTo(Packages.run("dpkg", "--print-architecture").strip());
        assertThat(debian.field("Depends").split(", ", -1))
                .contains("adduser", "bash", "coreutils", "libc6", "libgcc-s1", "libstdc++6", "procps", "zlib1g");
        assertThat(debian.field("Conflicts")).isEqualTo("fluxrig-full");
        assertThat(debian.field("Replaces")).isEqualTo("fluxrig-full");
        assertThat(Integer.parseInt(debian.field("Installed-Size"))).isGreaterThan(10_000);
        assertThat(Files.readAllLines(debian.control("conffiles")))
                .contains("/etc/fluxrig/rack.toml", "/etc/fluxrig/scenarios/payment-switch.yaml")
                .containsExactlyInAnyOrderElementsOf(debian.entries().stream()
                        .filter(entry -> entry.isFile() && entry.path().startsWith("/etc/"))
                        .map(DebianPackage.Entry::path)
                        .toList());
        for (String script : List.of("postinst", "prerm", "postrm")) {
            assertThat(Files.getPosixFilePermissions(debian.control(script)))
                    .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
            Packages.run("sh", "-n", debian.control(script).toString());
        }
        assertThat(debian.control("postinst")).content().contains("adduser --quiet --system --group");
    }

    /** Though whoever packed it has a umask of 077: the service's account must be able to read it, and may write none of it. */
    @Test
    void shouldInstallWhatEverybodyMayReadAndRootAloneMayChange() throws Exception {
        DebianPackage debian = debianPackage();

        assertThat(debian.entries()).allSatisfy(entry -> {
            assertThat(entry.owner()).isEqualTo("root/root");
            if (entry.link() == null) {
                assertThat(entry.mode())
                        .as(entry.path())
                        .matches(entry.isFolder() ? "drwxr-xr-x" : "-r(w-r--r--|wxr-xr-x|--r--r--)");
            }
        });
        assertThat(debian.entries().stream()
                        .map(DebianPackage.Entry::path)
                        .filter(path -> path.chars().filter(c -> c == '/').count() > 1))
                .allMatch(path -> path.matches("/(opt/fluxrig|etc/fluxrig|usr/bin|lib/systemd)(/.*)?"));
        assertThat(debian.entry("/usr/bin/fluxrig").orElseThrow().link()).isEqualTo("/opt/fluxrig/bin/fluxrig");
        assertThat(debian.entry("/opt/fluxrig/config").orElseThrow().link()).isEqualTo("/etc/fluxrig");
        for (String program : List.of("bin/fluxrig", "runtime/bin/java", "runtime/lib/jspawnhelper")) {
            assertThat(debian.entry("/opt/fluxrig/" + program).orElseThrow().mode())
                    .as(program)
                    .isEqualTo("-rwxr-xr-x");
        }
        assertThat(debian.entries())
                .noneMatch(entry -> Stream.of(OF_THE_FULL_IMAGE).anyMatch(entry.path()::contains)
                        && entry.path().endsWith(".jar"));
    }

    @Test
    void shouldStartTheUnitFromWhatIsInstalled() throws Exception {
        DebianPackage debian = debianPackage();
        String unit = Files.readString(debian.installed("/lib/systemd/system/fluxrig-rack.service"));

        assertThat(debian.entry("/lib/systemd/system/fluxrig-mixer.service")).isEmpty();
        assertThat(unit)
                .contains("ExecStart=/opt/fluxrig/bin/fluxrig $COMMAND --config /etc/fluxrig/rack.toml $SCENARIO\n")
                .contains("Environment=SCENARIO=/etc/fluxrig/scenarios/payment-switch.yaml\n")
                .contains("User=fluxrig\n", "NoNewPrivileges=true\n", "ProtectSystem=strict\n");
        if (analyzes("verify")) {
            // what procps brings, on which the package depends
            Path kill = debian.installed("/bin/kill");
            Files.createDirectories(kill.getParent());
            Files.copy(debian.installed("/opt/fluxrig/bin/fluxrig"), kill, StandardCopyOption.COPY_ATTRIBUTES);
            String root = "--root=" + debian.installed("/");
            assertThat(Packages.run(
                            "systemd-analyze",
                            "verify",
                            "--man=no",
                            root,
                            "--recursive-errors=no",
                            "fluxrig-rack.service"))
                    .isEmpty();
        }
        assertThat(debian.installed("/etc/fluxrig/rack.toml")).isNotEmptyFile();
        assertThat(debian.installed("/etc/fluxrig/specs/v87-ascii.yaml")).isNotEmptyFile();
    }

    /** What is asked for came with one version. */
    private static boolean analyzes(String verb) throws InterruptedException {
        return Packages.there("systemd-analyze", verb, "--offline=true", "--recursive-errors=no", "--help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fluxrig-rack.service", "fluxrig-mixer.service"})
    void shouldHardenItsUnits(String unit) throws Exception {
        Assumptions.assumeTrue(analyzes("security"), "needs systemd-analyze of systemd 250 or later");
        String file = RackUnderTest.repositoryRoot()
                .resolve("bin/packaging")
                .resolve(unit)
                .toString();

        // exposure in tenths; what is above is an exit code that says so
        Packages.run("systemd-analyze", "security", "--no-pager", "--offline=true", "--threshold=20", file);
    }
}
