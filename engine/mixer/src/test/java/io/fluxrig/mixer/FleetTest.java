package io.fluxrig.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.passport.KeyRing;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a mixer and its racks make of each other. */
class FleetTest extends FleetOfATest {
    private static final int GEARS = 4;

    @Test
    void shouldLeadARackThroughScenariosOrdersAndStandings() throws Exception {
        AgentUnderTest east = admitted("east");
        assertThat(outcome(scenario("1.0.0", DOOR), "1.0.0")).isEqualTo("changed");
        try (Socket terminal = new Socket(InetAddress.getLoopbackAddress(), doorPort)) {
            terminal.setSoTimeout(30_000);
            await(
                    "the answer to who looks for one has it",
                    () -> order("close", "0.0.0.0")
                            .getString("text")
                            .matches(".*up are: \\w+ 0\\.\\d+\\.1\\.0 from 127\\.0\\.0\\.1"));
            await("its connection is closed", this::closesTheFirstConnection);
            assertThat(terminal.getInputStream().read()).isNegative();
        }
        assertThat(closesTheFirstConnection()).as("it is gone").isFalse();
        assertThat(outcome(
                        scenario("1.1.0", DOOR.replace("mode: server", "mode: server, max_connections: 9")), "1.1.0"))
                .isEqualTo("changed");
        assertThat(outcome(scenario("1.2.0", DOOR.replace("mode: server", "mode: nonsense")), "1.2.0"))
                .isEqualTo("bad_config");
        assertThat(wanted().getString("text")).contains("what ran before runs on");
        JsonObject nothingNew = ask("POST", "/api/v1/scenarios/echo/rollback", new JsonObject());
        assertThat(nothingNew.getInteger("status")).isEqualTo(409);
        assertThat(nothingNew.getString("detail")).contains("nothing to roll back", "activate echo 1.0.0 --rack east");
        offered(scenario("1.2.5", DOOR.replace("mode: server", "mode: server, max_connections: 8")), "1.2.5");
        await("it runs", () -> wanted().getString("outcome").equals("changed"));
        ask("POST", "/api/v1/scenarios/echo/rollback", new JsonObject());
        await(
                "rolled back",
                () -> get("/api/v1/racks/east").getString("scenario").equals("echo 1.1.0"));

        assertThat(order("log_level", "debug").getBoolean("ok")).isTrue();
        assertThat(order("close", "0.0.0.1").getBoolean("ok"))
                .as("nobody has it")
                .isFalse();
        assertThat(order("close", "0.0.0.0").getString("text")).contains("none is up");
        assertThat(order("close", "nonsense").getInteger("status")).isEqualTo(400);
        assertThat(order("drain", "").getBoolean("ok")).isTrue();
        awaitState("held");
        assertThat(order("resume", "").getBoolean("ok")).isTrue();
        awaitState("running");
        assertThat(order("kill", "").getBoolean("ok")).isTrue();
        awaitState("held");
        assertThat(east.end()).isZero();

        AgentUnderTest again = rack("east", folder.resolve("east"), Map.of());
        awaitReason("kill");
        ask("POST", "/api/v1/racks/east/suspend", null);
        awaitReason("suspended");
        ask("POST", "/api/v1/racks/east/activate", null);
        awaitReason("kill");
        assertThat(outcome(scenario("1.3.0", DOOR.replace("mode: server", "mode: nonsense")), "1.3.0"))
                .isEqualTo("bad_config");
        assertThat(outcome(scenario("1.4.0", DOOR), "1.4.0")).isEqualTo("kept");
        order("resume", "");
        awaitState("running");
        await("it runs what was kept", () -> wanted().getString("outcome").equals("changed"));
        ask("POST", "/api/v1/racks/east/suspend", null);
        awaitState("held");
        JsonObject refused = order("resume", "");
        assertThat(refused.getInteger("status")).isEqualTo(409);
        assertThat(refused.encode()).contains("rack 'east' is suspended: fluxrig admin racks activate east");
        ask("POST", "/api/v1/racks/east/activate", null);
        awaitState("running");
        ask("DELETE", "/api/v1/racks/east", null);
        await("it is removed", () -> again.said().contains("was removed"));
        assertThat(folder.resolve("east/passport.cbor")).doesNotExist();
        await(
                "it waits anew",
                () -> get("/api/v1/racks/east").getString("standing").equals("pending"));
        await("it is there", () -> get("/api/v1/racks/east").getBoolean("there"));
    }

    /** What it was sent before it listened nobody took, and it was sent that again half a minute after it had said hello. */
    @Test
    void shouldSendARackThatSaysHelloWhatItWasSentWhileItWasOff() throws Exception {
        AgentUnderTest east = admitted("east");
        assertThat(outcome(scenario("1.0.0", DOOR), "1.0.0")).isEqualTo("changed");
        assertThat(east.end()).isZero();
        offered(scenario("1.1.0", DOOR.replace("mode: server", "mode: server, max_connections: 9")), "1.1.0");
        assertThat(wanted().getString("outcome")).isEqualTo("waiting");

        rack("east", folder.resolve("east"), Map.of());

        await("it runs that", () -> wanted().getString("outcome").equals("changed"));
    }

    /** It ran what it ran before, which its mixer knew nothing of: with wires that NATS did not let it use. */
    @Test
    void shouldHaveARackThatWasRemovedRunNothingUntilItIsActivatedAnew() throws Exception {
        admitted("east");
        assertThat(outcome(scenario("1.0.0", DOOR), "1.0.0")).isEqualTo("changed");
        ask("DELETE", "/api/v1/racks/east", null);
        await(
                "it waits anew",
                () -> get("/api/v1/racks/east").getString("standing").equals("pending"));

        ask("POST", "/api/v1/racks/east/approve", null);

        awaitReason("for a scenario");
        assertThat(get("/api/v1/racks/east").getString("scenario")).isEmpty();
        assertThat(outcome(scenario("1.0.0", DOOR), "1.0.0")).isEqualTo("changed");
        awaitState("running");
    }

    /** It ran what the one with the old key had run, with wires that NATS did not let it use. */
    @Test
    void shouldHaveARackWithANewKeyRunNothingUntilItIsActivated() throws Exception {
        AgentUnderTest east = admitted("east");
        assertThat(outcome(scenario("1.0.0", DOOR), "1.0.0")).isEqualTo("changed");
        assertThat(east.end()).isZero();
        ask("DELETE", "/api/v1/racks/east", null);
        for (String each : List.of("node.key", "login.key", "passport.cbor")) {
            Files.delete(folder.resolve("east").resolve(each));
        }

        AgentUnderTest anew = admitted("east");

        awaitReason("for a scenario");
        assertThat(anew.said()).doesNotContain("runs echo");
        assertThat(outcome(scenario("1.0.0", DOOR), "1.0.0")).isEqualTo("changed");
        awaitState("running");
    }

    /** It took connections for a second or more, until its mixer told it. */
    @Test
    void shouldStartNoGearsOnARackThatWasRemovedWhileItWasOff() throws Exception {
        AgentUnderTest east = admitted("east");
        assertThat(outcome(scenario("1.0.0", DOOR), "1.0.0")).isEqualTo("changed");
        assertThat(east.end()).isZero();
        ask("DELETE", "/api/v1/racks/east", null);

        AgentUnderTest again = rack("east", folder.resolve("east"), Map.of());

        await("it is told", () -> again.said().contains("was removed"));
        assertThat(again.said()).doesNotContain("runs echo");
    }

    @Test
    void shouldStartNoGearsOnARackThatWasSuspendedWhileItWasOff() throws Exception {
        AgentUnderTest east = admitted("east");
        assertThat(outcome(scenario("1.0.0", DOOR), "1.0.0")).isEqualTo("changed");
        assertThat(east.end()).isZero();
        ask("POST", "/api/v1/racks/east/suspend", null);

        AgentUnderTest again = rack("east", folder.resolve("east"), Map.of());

        await("it is told", () -> again.said().contains("is suspended"));
        assertThat(again.said()).doesNotContain("runs echo");
    }

    private boolean closesTheFirstConnection() throws Exception {
        boolean closed = false;
        for (int gear = 0; gear < GEARS; gear++) {
            closed |= order("close", "0." + gear + ".1.0").getBoolean("ok");
        }
        return closed;
    }

    @Test
    void shouldSayLastThatItHasStopped() throws Exception {
        running.get(0).close();

        assertThat(Files.readString(folder.resolve("mixer/mixer.log"))).contains("\"stopped\"");
    }

    @Test
    void shouldStartNatsAgainWhenItEnds() throws Exception {
        admitted("east");
        long pid = Long.parseLong(
                Files.readString(folder.resolve("mixer/nats/nats.pid")).strip());

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        await("another one runs", () -> {
            String now = Files.readString(folder.resolve("mixer/nats/nats.pid")).strip();
            return Long.parseLong(now) != pid && get("/health").getBoolean("nats");
        });
        String meanwhile = get("/api/v1/racks/east").getString("seen");
        await(
                "the rack is heard of again",
                () -> !get("/api/v1/racks/east").getString("seen").equals(meanwhile));
    }

    @Test
    void shouldHaveARackAskAgainOnceItsConnectionIsBack() throws Exception {
        // says nothing by itself meanwhile
        admitted("east", Map.of("snake.heartbeat", "60s"));
        await("it has keys", () -> !ring("east").mark().isEmpty());
        // nobody hears of it while there is no NATS
        ProcessHandle.of(Long.parseLong(
                        Files.readString(folder.resolve("mixer/nats/nats.pid")).strip()))
                .orElseThrow()
                .destroyForcibly();
        ask("POST", "/api/v1/keys/rotate", new JsonObject().put("kind", "wires"));

        await("it has the other", () -> ring("east").wires().size() == 2);
    }

    private KeyRing ring(String rack) throws Exception {
        return KeyRing.read(KeyRing.file(folder.resolve(rack)));
    }

    @Test
    void shouldGiveRacksTheirKeysWithTheirPassportsAndOthersOnceTheyAreRotated() throws Exception {
        admitted("east");
        admitted("west");
        await(
                "both have keys",
                () -> !ring("east").mark().isEmpty() && !ring("west").mark().isEmpty());
        byte[] first = ring("east").wires().get(0).key();
        assertThat(ring("west").wires().get(0).key()).isEqualTo(first);
        assertThat(ring("west").journalKeys().get(0))
                .isNotEqualTo(ring("east").journalKeys().get(0));

        ask("POST", "/api/v1/keys/rotate", new JsonObject().put("kind", "wires"));

        await(
                "both have another",
                () -> ring("east").wires().size() == 2 && ring("west").wires().size() == 2);
        byte[] second = ring("east").wires().get(0).key();
        assertThat(second)
                .isNotEqualTo(first)
                .isEqualTo(ring("west").wires().get(0).key());
        assertThat(ring("east").wires().get(1).key()).isEqualTo(first);
        assertThat(get("/api/v1/keys").encode()).contains("\"name\":\"wires\",\"version\":2");
    }

    @Test
    void shouldGiveNoKeysToARackThatWaits() throws Exception {
        rack("east", folder.resolve("east"), Map.of());
        await(
                "east waits",
                () -> get("/api/v1/racks/east").getString("standing").equals("pending"));

        assertThat(ring("east")).isEqualTo(KeyRing.NONE);
        assertThat(get("/api/v1/keys").encode()).doesNotContain("journal/");
    }
}
