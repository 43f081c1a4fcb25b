package io.fluxrig.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.control.Order;
import io.fluxrig.engine.control.RisingClock;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.control.Subjects;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.engine.passport.Cbor;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.Signed;
import io.fluxrig.mixer.enrol.Enrolment;
import io.fluxrig.transport.bus.BusLogin;
import io.fluxrig.transport.bus.BusSettings;
import io.fluxrig.transport.bus.ControlBus;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What mixer and racks answer to whoever proves nothing, on subjects where NATS lets them: nothing. */
class FleetForgeryTest extends FleetOfATest {
    /** Longer than the test takes: what is unanswered by its end was not answered. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String NAME = "forged-name";
    private static final String VALUE = "0.0.98765.4";
    private static final long HOUR_MS = 3_600_000;

    private final RisingClock clock = new RisingClock(InstantSource.system());
    private final int windowPort = FreePort.onLoopback();

    private ControlBus bus(String inbox, BusLogin login) {
        ControlBus bus = new ControlBus(
                new BusSettings(List.of("nats://127.0.0.1:" + natsPort), "test", inbox, null, login, null, false));
        bus.start();
        await("connected", bus::connected);
        return bus;
    }

    private static double metric(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    /** Bytes that hold no record, whatever is read from them. */
    private static Map<String, byte[]> malformed(byte[] good) {
        byte[] nested = new byte[1000];
        Arrays.fill(nested, (byte) 0x81);
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("empty", new byte[0]);
        all.put("no CBOR", new byte[] {-1, -1, -1, -1});
        all.put("cut short", Arrays.copyOf(good, good.length - 1));
        all.put("with more behind it", Arrays.copyOf(good, good.length + 1));
        all.put("a length of 2 GiB", new byte[] {(byte) 0xa1, 0x64, 'b', 'o', 'd', 'y', 0x5a, 0x7f, -1, -1, -1});
        all.put("nested without end", nested);
        all.put("too long for anything", new byte[100_000]);
        return all;
    }

    @Test
    void shouldAnswerNoHelloThatProvesNothingAndCountIt() throws Exception {
        NodeKey key = NodeKey.ephemeral();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Enrolment.class);
        logger.addAppender(log);
        try (ControlBus bus = bus(Subjects.ENROL_INBOX, null)) {
            for (Map.Entry<String, byte[]> bad : badHellos(key).entrySet()) {
                double before = droppedByTheMixer();

                CompletableFuture<byte[]> answer = bus.request(Subjects.HELLO, bad.getValue(), PATIENCE);

                assertThat(wordFor(bus, signed(key, Hello.PURPOSE, hello("north", new byte[32], "h"))))
                        .as("the mixer deals with one after the other")
                        .isEqualTo(Standing.PENDING);
                assertThat(answer).as(bad.getKey()).isNotDone();
                assertThat(droppedByTheMixer() - before).as(bad.getKey()).isEqualTo(1);
            }
        } finally {
            logger.detachAppender(log);
        }
        assertThat(get("/api/v1/racks").getJsonArray("items"))
                .as("the rack that proved who it is")
                .hasSize(1);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anySatisfy(line -> assertThat(line).startsWith("dropped a hello"));
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .allSatisfy(line -> assertThat(line).doesNotContain(NAME));
    }

    private static Map<String, byte[]> badHellos(NodeKey key) {
        Signed good = Signed.of(key, Hello.PURPOSE, hello(NAME, new byte[32], "h"));
        NodeKey other = NodeKey.ephemeral();
        Map<String, byte[]> all = malformed(good.write());
        all.put(
                "changed",
                new Signed(Cbor.write(hello(NAME, new byte[32], "i")), good.key(), good.signature()).write());
        all.put("of a key that did not sign it", new Signed(good.body(), other.publicKey(), good.signature()).write());
        all.put("signed for something else", signed(key, Order.PURPOSE, hello(NAME, new byte[32], "h")));
        all.put("without a login", signed(key, Hello.PURPOSE, hello(NAME, new byte[5], "h")));
        all.put("too long", signed(key, Hello.PURPOSE, hello(NAME, new byte[32], "h".repeat(3_000))));
        all.put("no hello in it", signed(key, Hello.PURPOSE, Map.of("rack", NAME)));
        return all;
    }

    private static Hello hello(String rack, byte[] login, String host) {
        return new Hello(
                rack,
                login,
                "1",
                host,
                System.currentTimeMillis(),
                new byte[Hello.NONCE_LENGTH],
                null,
                null,
                null,
                null);
    }

    private static byte[] signed(NodeKey key, String purpose, Object record) {
        return Signed.of(key, purpose, record).write();
    }

    private static String wordFor(ControlBus bus, byte[] hello) throws Exception {
        byte[] answer = bus.request(Subjects.HELLO, hello, PATIENCE).get(30, TimeUnit.SECONDS);
        return Signed.read(answer, Standing.LENGTH_MAX).body(Standing.class).word();
    }

    private double droppedByTheMixer() throws Exception {
        return metric(text("GET", "/metrics", null), "fluxrig_mixer_dropped_total");
    }

    /** A mixer's login is what it takes to say anything to a rack; its key is what it takes to be obeyed. */
    @Test
    void shouldObeyNoOrderThatTheMixerDidNotSignOrThatComesAgain() throws Exception {
        admitted("east", Map.of("telemetry.enabled", "true", "telemetry.bind", "127.0.0.1:" + windowPort));
        assertThat(outcome(scenario("1.0.0", DOOR), "1.0.0")).isEqualTo("changed");
        NodeKey authority = NodeKey.open(folder.resolve("mixer/authority/authority.key"));
        NodeKey login = NodeKey.open(folder.resolve("mixer/login.key"));
        long epoch = System.currentTimeMillis() + HOUR_MS; // the mixer's own orders stay out of this
        try (ControlBus bus = bus("_INBOX.mixer", login(login))) {
            byte[] obeyed = signed(authority, Order.PURPOSE, order("east", Order.KILL, epoch, 0));
            assertThat(said(bus, obeyed).ok()).isTrue();
            awaitReason("kill");
            assertThat(said(bus, signed(authority, Order.PURPOSE, order("east", Order.RESUME, epoch, 0)))
                            .ok())
                    .isTrue();
            awaitState("running");

            for (Map.Entry<String, Supplier<byte[]>> bad :
                    badOrders(authority, epoch, obeyed).entrySet()) {
                double before = droppedByTheRack();

                CompletableFuture<byte[]> answer =
                        bus.request(Subjects.order("east"), bad.getValue().get(), PATIENCE);

                Order next =
                        new Order("east", Order.LOG_LEVEL, "info", epoch, clock.nextMs(), System.currentTimeMillis());
                assertThat(said(bus, signed(authority, Order.PURPOSE, next)).ok())
                        .as("the rack deals with one after the other")
                        .isTrue();
                assertThat(answer).as(bad.getKey()).isNotDone();
                assertThat(droppedByTheRack() - before).as(bad.getKey()).isEqualTo(1);
            }
        }
        assertThat(new JsonObject(window("/health")).getString("status")).isEqualTo("up");
    }

    private Map<String, Supplier<byte[]>> badOrders(NodeKey authority, long epoch, byte[] obeyed) {
        NodeKey other = NodeKey.ephemeral();
        Map<String, Supplier<byte[]>> all = new LinkedHashMap<>();
        malformed(obeyed).forEach((name, bytes) -> all.put(name, () -> bytes));
        all.put("come again", () -> obeyed);
        all.put("of somebody else", () -> signed(other, Order.PURPOSE, order("east", Order.KILL, epoch, 0)));
        all.put("changed", () -> {
            Signed resume = Signed.of(authority, Order.PURPOSE, order("east", Order.RESUME, epoch, 0));
            byte[] kill = Cbor.write(order("east", Order.KILL, epoch, 0));
            return new Signed(kill, resume.key(), resume.signature()).write();
        });
        all.put(
                "signed for something else",
                () -> signed(authority, Hello.PURPOSE, order("east", Order.KILL, epoch, 0)));
        all.put("for another rack", () -> signed(authority, Order.PURPOSE, order("west", Order.KILL, epoch, 0)));
        all.put("too old", () -> signed(authority, Order.PURPOSE, order("east", Order.KILL, epoch, HOUR_MS)));
        all.put("of an earlier epoch", () -> signed(authority, Order.PURPOSE, order("east", Order.KILL, epoch - 1, 0)));
        all.put("too long", () -> {
            Order kill = order("east", Order.KILL, epoch, 0);
            Order padded = new Order("east", Order.KILL, VALUE.repeat(200), epoch, kill.atMs(), kill.writtenMs());
            return signed(authority, Order.PURPOSE, padded);
        });
        return all;
    }

    private Order order(String rack, String word, long epoch, long agoMs) {
        RisingClock.Moment now = clock.next();
        return new Order(rack, word, VALUE, epoch, now.atMs(), now.writtenMs() - agoMs);
    }

    private static Order.Done said(ControlBus bus, byte[] order) throws Exception {
        byte[] answer = bus.request(Subjects.order("east"), order, PATIENCE).get(30, TimeUnit.SECONDS);
        return Signed.read(answer, Order.Done.LENGTH_MAX).body(Order.Done.class);
    }

    private double droppedByTheRack() throws Exception {
        return metric(window("/metrics"), "fluxrig_control_dropped_total");
    }

    private String window(String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + windowPort + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
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
}
