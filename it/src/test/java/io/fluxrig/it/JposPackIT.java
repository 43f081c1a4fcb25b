package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jpos.iso.ISOComponent;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.ISOPackager;
import org.jpos.iso.channel.ASCIIChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rack with the gear pack {@code jpos} and somebody's own packager class in a folder of theirs, between jPOS terminals that use the
 * same class and a jPOS host of another dialect.
 */
final class JposPackIT {
    private static final String PAN = "4111110000001112";
    private static final String PAN_NOBODY = "6011110000003337";

    @TempDir
    Path folder;

    private final int terminalsPort = FreePort.onLoopback();
    private final int hostPort = FreePort.onLoopback();
    private final Map<String, String> env = new LinkedHashMap<>();
    private volatile JposHost.Policy policy = JposHost::approve;
    private JposHost host;
    private RackUnderTest rack;

    @BeforeEach
    void startAll() throws IOException {
        Path packagers = ownFolder();
        env.put("TERMINALS_PORT", Integer.toString(terminalsPort));
        env.put("HOST_PORT", Integer.toString(hostPort));
        env.put("SPECS", RackUnderTest.repositoryRoot().resolve("config/specs").toString());
        env.put("PACKAGER", HousePackager.class.getName());
        env.put("FLUXRIG_TRACE", "1");
        env.put("FLUXRIG_PACKS", "jpos:" + packagers);
        host = new JposHost(
                hostPort, new ASCIIChannel(new ISO87APackager()), (request, send) -> policy.answer(request, send));
        rack = RackUnderTest.start(scenario(), folder, env);
    }

    @AfterEach
    void stopAllAndSearchForCardNumbers() throws Exception {
        String metrics = rack.isAlive() ? rack.get("/metrics") + rack.get("/status") : "";
        rack.close();
        host.close();
        CardNumbers.assertNoneIn(folder, List.of(PAN, PAN_NOBODY));
        CardNumbers.assertNoneIn(metrics, List.of(PAN, PAN_NOBODY));
    }

    /** What somebody compiled themselves, where they keep it. */
    private Path ownFolder() throws IOException {
        Path packagers = folder.resolve("packagers");
        for (String name : List.of("HousePackager", "HousePackager$Reversed")) {
            String file = "/" + HousePackager.class.getPackageName().replace('.', '/') + "/" + name + ".class";
            Path copy = packagers.resolve(file.substring(1));
            Files.createDirectories(copy.getParent());
            try (InputStream built = HousePackager.class.getResourceAsStream(file)) {
                Files.copy(built, copy);
            }
        }
        return packagers;
    }

    private static Path scenario() {
        return RackUnderTest.repositoryRoot().resolve("it/src/test/resources/scenarios/jpos-pack.yaml");
    }

    private JposTerminal terminal(String id, ISOPackager packager) throws IOException {
        return new JposTerminal(new ASCIIChannel("127.0.0.1", terminalsPort, packager), id);
    }

    private void awaitLinks() {
        Awaitility.await("the link to the host is up")
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> {
                    try (JposTerminal terminal = terminal("PROBE001", new HousePackager())) {
                        return "00"
                                .equals(terminal.exchange(terminal.purchase(PAN))
                                        .getString(39));
                    }
                });
    }

    @Test
    void shouldSwitchBetweenCodeAndADialectOfOurs() throws Exception {
        awaitLinks();
        String[] asked = new String[1];
        policy = (request, send) -> {
            asked[0] = request.getString(48);
            JposHost.approve(request, send);
        };
        for (int connection = 0; connection < 4; connection++) { // so that some lie on either strip
            try (JposTerminal terminal = terminal("TERM000" + connection, new HousePackager())) {
                for (int i = 1; i <= 50; i++) {
                    ISOMsg request = terminal.purchase(PAN);
                    request.set(48, "ADDITIONAL " + i);
                    ISOMsg answer = terminal.exchange(request);
                    assertThat(answer.getMTI()).isEqualTo("0110");
                    assertThat(answer.getString(11)).isEqualTo("%06d".formatted(i));
                    assertThat(answer.getString(39)).isEqualTo("00");
                    assertThat(answer.getString(48)).isEqualTo("ADDITIONAL " + i);
                    assertThat(asked[0]).isEqualTo("ADDITIONAL " + i);
                }
            }
        }
    }

    @Test
    void shouldDeclineAtTheDeadlineWithTheRequestsOwnFields() throws Exception {
        awaitLinks();
        policy = (request, send) -> {};
        try (JposTerminal terminal = terminal("TERM0001", new HousePackager())) {
            ISOMsg request = terminal.purchase(PAN);
            request.set(48, "KEPT");

            ISOMsg answer = terminal.exchange(request);

            assertThat(answer.getString(39)).isEqualTo("91");
            assertThat(answer.getString(41)).isEqualTo("TERM0001");
            assertThat(answer.getString(48)).isEqualTo("KEPT");
        }
    }

    @Test
    void shouldRouteByTheNamesOfTheSpec() throws Exception {
        try (JposTerminal terminal = terminal("TERM0001", new HousePackager())) {
            assertThat(terminal.exchange(terminal.purchase(PAN_NOBODY)).getString(39))
                    .isEqualTo("92");
        }
        assertThat(rack.metric("fluxrig_errors_total", "no_route")).isEqualTo(1);
    }

    @Test
    void shouldAnswerWhatThePackagerRefusesWithAFormatError() throws Exception {
        ISOPackager cutting = new HousePackager() {
            @Override
            public byte[] pack(ISOComponent message) throws ISOException {
                byte[] whole = super.pack(message);
                return Arrays.copyOf(whole, whole.length - 2);
            }
        };
        try (JposTerminal terminal = terminal("TERM0001", cutting)) {
            ISOMsg answer = terminal.exchange(terminal.purchase(PAN));

            assertThat(answer.getString(11)).isEqualTo("000001");
            assertThat(answer.getString(39)).isEqualTo("30");
        }
        assertThat(rack.metric("fluxrig_codec_errors_total", "gear=\"decode\"", "code=\"code\""))
                .isEqualTo(1);
    }

    @Test
    void shouldSayHowTheGearIsHadWhereItIsNot() throws Exception {
        Map<String, String> lean = new LinkedHashMap<>(env);
        lean.remove("FLUXRIG_PACKS");
        Path elsewhere = Files.createDirectory(folder.resolve("lean"));

        Process check =
                RackUnderTest.command(elsewhere, lean, "check", scenario().toString());

        assertThat(check.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(check.exitValue()).isEqualTo(78);
        assertThat(Files.readString(elsewhere.resolve("stdout.txt"))
                        + Files.readString(elsewhere.resolve("stderr.txt")))
                .contains("FLUXRIG_PACKS=jpos");
    }
}
