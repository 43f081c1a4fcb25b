package io.fluxrig.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.control.Order;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.control.Subjects;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.Signed;
import io.fluxrig.transport.bus.BusLogin;
import io.fluxrig.transport.bus.BusSettings;
import io.fluxrig.transport.bus.ControlBus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What mixer and racks make of whoever is not who it says, or of another mixer. */
class FleetIdentityTest extends FleetOfATest {
    @Test
    void shouldRefuseARackWithAStolenPassportOrATakenName() throws Exception {
        AgentUnderTest east = admitted("east");
        Path thief = Files.createDirectories(folder.resolve("thief"));
        Files.copy(folder.resolve("east/passport.cbor"), thief.resolve("passport.cbor"));
        Files.copy(folder.resolve("east/authority.pub"), thief.resolve("authority.pub"));

        AgentUnderTest withPassport = rack("east", thief, Map.of());
        assertThat(withPassport.exit().get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(withPassport.said()).contains("identity is refused", "of a rack with another key");

        AgentUnderTest withName = rack("east", folder.resolve("other"), Map.of());
        await("it is told why", () -> withName.said().contains("the name belongs to a rack with another key"));
        assertThat(get("/api/v1/racks/east").getBoolean("there")).isTrue();
        assertThat(east.exit()).isNotDone();
    }

    @Test
    void shouldStopTheCopyOfARackWithAReasonAndLetItRunOnceTheRackHasEnded() throws Exception {
        AgentUnderTest east = admitted("east");
        assertThat(outcome(scenario("1.0.0", DOOR), "1.0.0")).isEqualTo("changed");
        Path copy = folder.resolve("copy");
        copy(folder.resolve("east"), copy);

        AgentUnderTest second = rack("east", copy, Map.of());

        await("it is told why", () -> second.said().contains("stops its gears: another run with its key is there"));
        await(
                "operators see it",
                () -> get("/api/v1/racks/east").getString("reason").contains("a copy of its folder runs too"));
        assertThat(get("/api/v1/audit").encode()).contains("rack.copied");
        assertThat(east.said()).doesNotContain("stops its gears");
        awaitState("running");

        assertThat(east.end()).isZero();
        await(
                "the copy is the rack now, since the other one was not heard of for mixer.rack_away, 20 s, and it asks three times",
                Duration.ofSeconds(60),
                () -> get("/api/v1/racks/east").getString("reason").isEmpty());
        awaitState("running");
        assertThat(second.exit()).isNotDone();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path there = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(there);
                } else if (!each.toString()
                        .endsWith(".new")) { // the rack writes it just now, and gives it its name then
                    Files.copy(each, there, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    @Test
    void shouldRefuseARackThatObeysAnotherMixer() throws Exception {
        admitted("east").end();

        AgentUnderTest elsewhere = rack("east", folder.resolve("east"), Map.of("snake.authority", "ab".repeat(32)));

        assertThat(elsewhere.exit().get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(elsewhere.said()).contains("snake.authority is the key of another mixer");
    }

    @Test
    void shouldNotStartARackWithoutNameOrNats() throws Exception {
        AgentUnderTest rack =
                rack("", folder.resolve("none"), Map.of("snake.url", "http://x", "snake.authority", "zz"));

        assertThat(rack.exit().get(30, TimeUnit.SECONDS)).isEqualTo(78);
        assertThat(rack.said()).contains("rack.name", "snake.url", "snake.authority");
    }

    @Test
    void shouldAnswerWhoProvesWhoItIsAndNobodyElse() throws Exception {
        NodeKey key = NodeKey.ephemeral();
        try (ControlBus bus = new ControlBus(new BusSettings(
                List.of("nats://127.0.0.1:" + natsPort), "test", Subjects.ENROL_INBOX, null, null, null, false))) {
            bus.start();
            await("connected", bus::connected);

            assertThat(standing(bus, hello("north", key, 0)).word()).isEqualTo(Standing.PENDING);
            assertThat(standing(bus, hello("north", NodeKey.ephemeral(), 0)).why())
                    .contains("another key");
            assertThat(standing(bus, hello("NORTH", key, 0)).why()).contains("no rack can have that name");
            assertThat(standing(bus, hello("south", key, 3_600_000)).why()).contains("its clock");

            Heartbeat lie = new Heartbeat(
                    "north",
                    "1",
                    "running",
                    "",
                    "",
                    "",
                    "",
                    0,
                    0,
                    "",
                    "",
                    1,
                    1,
                    0,
                    null,
                    null,
                    null,
                    System.currentTimeMillis());
            bus.publish(
                    Subjects.HEARTBEAT, Signed.of(key, Heartbeat.PURPOSE, lie).write());
            assertThat(standing(bus, hello("north", key, 0)).word()).isEqualTo(Standing.PENDING);

            ask("POST", "/api/v1/racks/north/approve", null);
            ask("DELETE", "/api/v1/racks/north", null);
            assertThat(standing(bus, hello("north", NodeKey.ephemeral(), 0)).word())
                    .isEqualTo(Standing.PENDING);
            Standing removed = standing(bus, hello("north", key, 0));
            assertThat(removed.word()).as("whoever has its name now").isEqualTo(Standing.REMOVED);
            assertThat(removed.why()).contains("another key");
        }
        assertThat(get("/api/v1/racks").getJsonArray("items"))
                .as("the rack that proved who it is, and no other")
                .hasSize(1);
        assertThat(get("/api/v1/racks/north").getString("state"))
                .as("said on a subject that is not its own")
                .isNull();
    }

    private static byte[] hello(String rack, NodeKey key, long apartMs) {
        Hello hello = new Hello(
                rack,
                new byte[32],
                "1",
                "h",
                System.currentTimeMillis() + apartMs,
                new byte[16],
                null,
                null,
                null,
                null);
        return Signed.of(key, Hello.PURPOSE, hello).write();
    }

    private static Standing standing(ControlBus bus, byte[] hello) throws Exception {
        byte[] answer =
                bus.request(Subjects.HELLO, hello, Duration.ofSeconds(10)).get(20, TimeUnit.SECONDS);
        Signed signed = Signed.read(answer, Standing.LENGTH_MAX);
        assertThat(signed.isFor(Standing.PURPOSE)).isTrue();
        return signed.body(Standing.class);
    }

    @Test
    void shouldObeyNoMixerAfterWhichAnotherHasBegunToLead() throws Exception {
        AgentUnderTest east = admitted("east");
        NodeKey authority = NodeKey.open(folder.resolve("mixer/authority/authority.key"));
        NodeKey login = NodeKey.open(folder.resolve("mixer/login.key"));
        try (ControlBus bus = new ControlBus(new BusSettings(
                List.of("nats://127.0.0.1:" + natsPort), "test", "_INBOX.mixer", null, login(login), null, false))) {
            bus.start();
            await("connected", bus::connected);
            long later = System.currentTimeMillis() + 3_600_000;

            assertThat(kill(bus, authority, 1))
                    .as("of an epoch before the mixer's")
                    .isFalse();
            assertThat(kill(bus, authority, later)).as("of one after it").isTrue();
            awaitReason("kill");
        }
        assertThat(order("resume", "").getInteger("status"))
                .as("of the mixer, which leads no more as far as this rack has heard")
                .isEqualTo(409);
        assertThat(east.end()).isZero();
        rack("east", folder.resolve("east"), Map.of());
        assertThat(order("resume", "").getInteger("status"))
                .as("remembered over a restart")
                .isEqualTo(409);
    }

    private static BusLogin login(NodeKey key) {
        return new BusLogin() {
            @Override
            public byte[] publicKey() {
                return key.publicKey();
            }

            @Override
            public byte[] sign(byte[] nonce) {
                return key.sign(nonce);
            }
        };
    }

    /** Whether the rack does what a mixer tells it that leads in that epoch. */
    private static boolean kill(ControlBus bus, NodeKey authority, long epoch) throws Exception {
        Order order = new Order("east", Order.KILL, "", epoch, System.currentTimeMillis());
        byte[] signed = Signed.of(authority, Order.PURPOSE, order).write();
        return bus.request(Subjects.order("east"), signed, Duration.ofSeconds(2))
                .handle((answer, silent) -> answer != null)
                .get(20, TimeUnit.SECONDS);
    }
}
