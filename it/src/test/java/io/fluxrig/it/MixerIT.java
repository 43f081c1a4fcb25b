package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.channel.ASCIIChannel;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mixer and two racks as processes: from hello to traffic of a jPOS terminal, a new version under that traffic, the mixer killed, a
 * rack started again without it, and all of them together again.
 */
final class MixerIT {
    private static final String PAN = "4111110000001112";
    private static final int STEP = 50;

    @TempDir
    Path folder;

    private final int terminalsPort = FreePort.onLoopback();
    private final Map<String, String> variables = Map.of(
            "TERMINALS_PORT", Integer.toString(terminalsPort), "HOST_PORT", Integer.toString(FreePort.onLoopback()));
    private final AtomicInteger approved = new AtomicInteger();
    private final AtomicBoolean ending = new AtomicBoolean();
    private FleetUnderTest fleet;
    private Path scenario;

    @BeforeEach
    void start() throws IOException {
        fleet = new FleetUnderTest(folder);
        Path root = RackUnderTest.repositoryRoot();
        Path files = Files.createDirectories(folder.resolve("scenario"));
        scenario = Files.copy(root.resolve("it/src/test/resources/scenarios/fleet.yaml"), files.resolve("fleet.yaml"));
        Files.copy(root.resolve("config/specs/v87-ascii.yaml"), files.resolve("v87-ascii.yaml"));
        Files.writeString(files.resolve("bins.csv"), "from,to,owner\n411111,411111,host\n");
    }

    @AfterEach
    void stop() throws Exception {
        ending.set(true);
        if (fleet != null) {
            fleet.close();
        }
    }

    @Test
    void shouldLeadTwoRacksFromHelloToTrafficThroughAChangeAndItsOwnDeath() throws Exception {
        fleet.startMixer();
        fleet.startRack("east", variables);
        fleet.startRack("west", variables);
        for (String rack : new String[] {"east", "west"}) {
            fleet.awaitRack(rack, "/standing", "pending");
            fleet.post("/api/v1/racks/" + rack + "/approve", "");
        }
        assertThat(fleet.command(variables, "scenario", "import", scenario.toString()))
                .contains("3 files");
        fleet.post("/api/v1/scenarios/fleet/activations", "{\"version\":\"1.0.0\"}");
        fleet.awaitRack("west", "/wanted/outcome", "changed");
        fleet.awaitRack("east", "/wanted/outcome", "changed");

        CompletableFuture<Integer> refused =
                CompletableFuture.supplyAsync(this::purchases, task -> new Thread(task, "purchases").start());
        awaitMore();
        change("version: 1.0.0", "version: 1.1.0");
        change("timeout: 10s", "timeout: 9s");
        fleet.command(variables, "scenario", "import", scenario.toString());
        assertThat(fleet.command(Map.of(), "scenario", "activate", "fleet", "1.1.0"))
                .contains("changed: switch", "rack west: ");
        awaitMore();
        ending.set(true);
        assertThat(refused.get(30, TimeUnit.SECONDS))
                .as("requests that were not approved")
                .isZero();

        fleet.killMixer();
        assertThat(fleet.stopRack("east")).isZero();
        fleet.startRack("east", variables);
        fleet.awaitRunning("east");
        Awaitility.await("traffic without a mixer")
                .atMost(20, TimeUnit.SECONDS)
                .ignoreExceptions()
                .until(this::approvesOne);

        fleet.startMixer();
        fleet.awaitRack("east", "/scenario", "fleet 1.1.0");
        assertThat(fleet.awaitRack("east", "/there", "true")
                        .at("/wanted/outcome")
                        .asText())
                .isEqualTo("changed");
    }

    private void change(String from, String to) throws IOException {
        Files.writeString(scenario, Files.readString(scenario).replace(from, to));
    }

    private void awaitMore() {
        int before = approved.get();
        Awaitility.await(STEP + " more answers")
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> approved.get() >= before + STEP);
    }

    private ASCIIChannel channel() throws IOException {
        return new ASCIIChannel("127.0.0.1", terminalsPort, new ISO87APackager());
    }

    private boolean approvesOne() throws Exception {
        try (JposTerminal terminal = new JposTerminal(channel(), "PROBE001")) {
            return "00".equals(terminal.exchange(terminal.purchase(PAN)).getString(39));
        }
    }

    /** One purchase after the other over one connection; how many were not approved. */
    private int purchases() {
        int refused = 0;
        try (JposTerminal terminal = new JposTerminal(channel(), "FLEET001")) {
            while (!ending.get()) {
                ISOMsg answer = terminal.exchange(terminal.purchase(PAN));
                boolean good = "00".equals(answer.getString(39));
                refused += good ? 0 : 1;
                approved.addAndGet(good ? 1 : 0);
            }
        } catch (Exception broken) {
            throw new IllegalStateException("the terminal lost its connection", broken);
        }
        return refused;
    }
}
