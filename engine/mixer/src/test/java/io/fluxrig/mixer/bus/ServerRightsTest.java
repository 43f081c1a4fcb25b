package io.fluxrig.mixer.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.control.Subjects;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.transport.bus.BusLogin;
import io.fluxrig.transport.bus.NkeyLogin;
import io.fluxrig.transport.snake.Snake;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A nats-server as the mixer configures it: east sends to west over a wire, and north has nothing to do with it. */
class ServerRightsTest {
    private static final String WIRE = "flux.msg.west.switch.in";
    private static final WireRights SENDER = new WireRights(Set.of(WIRE), true, Set.of(), Set.of(), Set.of());
    private static final WireRights RECEIVER = new WireRights(Set.of(), false, Set.of(WIRE), Set.of("east"), Set.of());

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final int port = FreePort.onLoopback();
    private final NodeKey east = NodeKey.ephemeral();
    private final NodeKey west = NodeKey.ephemeral();
    private final NodeKey north = NodeKey.ephemeral();
    private NatsServer server;

    @BeforeEach
    void start() throws Exception {
        Path program = NatsServer.find("").orElse(null);
        Assumptions.assumeTrue(program != null, "needs nats-server: apt-get install nats-server");
        server = new NatsServer(new ServerSettings(
                program,
                folder,
                new Address("127.0.0.1", port),
                NodeKey.ephemeral().publicKey(),
                "00ff",
                null));
        server.start(
                Map.of("east", east.publicKey(), "west", west.publicKey(), "north", north.publicKey()),
                Map.of("east", SENDER, "west", RECEIVER));
        open.add(server);
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void shouldSayWhatEndsWithTheServer() {
        Logger logger = (Logger) LoggerFactory.getLogger(NatsServer.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        open.remove(server);
        try {
            server.close();
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .contains("1 wire between racks goes over this mixer's nats-server, which ends with it: racks send"
                        + " nothing there until it is back; snake.keep_server = true keeps it");
    }

    private record Rack(Connection connection, JetStreamManagement management, List<String> errors) {
        /** What the server says of it. */
        void refused(String what) {
            Awaitility.await("refused: " + what)
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> errors.stream().anyMatch(error -> error.contains(what)));
        }
    }

    private Rack rack(String name, NodeKey key) throws Exception {
        List<String> errors = new CopyOnWriteArrayList<>();
        Options options = new Options.Builder()
                .server("nats://127.0.0.1:" + port)
                .inboxPrefix(Subjects.inbox(name))
                .authHandler(new NkeyLogin(new LoginOfATest(key)))
                .errorListener(new ErrorListener() {
                    @Override
                    public void errorOccurred(Connection of, String error) {
                        errors.add(error);
                    }
                })
                .build();
        Connection connection = Awaitility.await("a connection of " + name)
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> Nats.connect(options), made -> true);
        open.add(connection);
        return new Rack(connection, connection.jetStreamManagement(), errors);
    }

    private record LoginOfATest(NodeKey key) implements BusLogin {
        @Override
        public byte[] publicKey() {
            return key.publicKey();
        }

        @Override
        public byte[] sign(byte[] nonce) {
            return key.sign(nonce);
        }
    }

    private static ConsumerConfiguration consumer(String name, String filter) {
        return ConsumerConfiguration.builder()
                .durable(name)
                .filterSubject(filter)
                .ackPolicy(AckPolicy.Explicit)
                .build();
    }

    private static void makeStream(Rack rack) throws Exception {
        rack.management()
                .addStream(StreamConfiguration.builder()
                        .name("flux-msg")
                        .subjects("flux.msg.>")
                        .retentionPolicy(RetentionPolicy.WorkQueue)
                        .build());
    }

    private static void attempt(Rack rack, String subject, String body) {
        rack.connection().publish(subject, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldLetBothEndsOfAWireDoWhatTheirsNeeds() throws Exception {
        Rack sender = rack("east", east);
        makeStream(sender);
        Rack receiver = rack("west", west);
        receiver.management().addOrUpdateConsumer("flux-msg", consumer(Snake.consumer(WIRE), WIRE));

        long sequence =
                sender.connection().jetStream().publish(WIRE, new byte[] {7}).getSeqno();
        assertThat(sender.management().getMessage("flux-msg", sequence).getData())
                .containsExactly(7);
        var subscription = sender.connection().subscribe("flux.confirm.east.x");
        sender.connection().flush(Duration.ofSeconds(10));
        attempt(receiver, "flux.confirm.east.x", "taken");
        assertThat(subscription.nextMessage(Duration.ofSeconds(10))).isNotNull();

        var pulled = receiver.connection().subscribe(Subjects.inbox("west") + ".pull");
        receiver.connection()
                .publish(
                        "$JS.API.CONSUMER.MSG.NEXT.flux-msg." + Snake.consumer(WIRE),
                        Subjects.inbox("west") + ".pull",
                        "{\"batch\":1,\"expires\":5000000000}".getBytes(StandardCharsets.UTF_8));
        var message = pulled.nextMessage(Duration.ofSeconds(10));
        assertThat(message.getData()).containsExactly(7);
        receiver.connection().publish(message.getReplyTo(), "+ACK".getBytes(StandardCharsets.UTF_8));
        Awaitility.await("it is taken out of the stream")
                .atMost(Duration.ofSeconds(20))
                .until(() -> sender.management()
                                .getStreamInfo("flux-msg")
                                .getStreamState()
                                .getMsgCount()
                        == 0);
        assertThat(sender.errors()).isEmpty();
        assertThat(receiver.errors()).isEmpty();
    }

    @Test
    void shouldRefuseARackOnAnothersWire() throws Exception {
        makeStream(rack("east", east));
        Rack stranger = rack("north", north);

        for (String subject : new String[] {
            WIRE,
            "flux.confirm.east.x",
            "$JS.API.STREAM.INFO.flux-msg",
            "$JS.API.STREAM.MSG.GET.flux-msg",
            "$JS.API.CONSUMER.MSG.NEXT.flux-msg." + Snake.consumer(WIRE),
            "$JS.API.CONSUMER.CREATE.flux-msg",
            "$JS.API.CONSUMER.DURABLE.CREATE.flux-msg.mine",
            "$JS.ACK.flux-msg." + Snake.consumer(WIRE) + ".1.1.1.1.0"
        }) {
            attempt(stranger, subject, "{}");
            stranger.refused("Permissions Violation for Publish to \"" + subject + "\"");
        }
        for (String subject : new String[] {WIRE, "flux.msg.>", "flux.confirm.east.>", "$JS.ACK.>"}) {
            stranger.connection().subscribe(subject);
            stranger.refused("Permissions Violation for Subscription to \"" + subject + "\"");
        }
    }

    @Test
    void shouldRefuseAnEndOfAWireWhatTheOtherDoes() throws Exception {
        Rack sender = rack("east", east);
        makeStream(sender);
        Rack receiver = rack("west", west);

        attempt(receiver, WIRE, "x");
        receiver.refused("Publish to \"" + WIRE + "\"");
        attempt(receiver, "$JS.API.CONSUMER.DELETE.flux-msg.another", "");
        receiver.refused("Publish to \"$JS.API.CONSUMER.DELETE.flux-msg.another\"");
        for (String what : new String[] {"UPDATE", "DELETE", "PURGE"}) {
            attempt(sender, "$JS.API.STREAM." + what + ".flux-msg", "{}");
            sender.refused("Publish to \"$JS.API.STREAM." + what + ".flux-msg\"");
        }
        attempt(sender, "$JS.API.CONSUMER.MSG.NEXT.flux-msg." + Snake.consumer(WIRE), "{}");
        sender.refused("Publish to \"$JS.API.CONSUMER.MSG.NEXT");
    }

    /** The subject of a request is allowed, and its body asks for more. */
    @Test
    void shouldNotLetAReceiverMakeAConsumerOfAnothersMessages() throws Exception {
        makeStream(rack("east", east));
        Rack receiver = rack("west", west);
        String subject = "$JS.API.CONSUMER.CREATE.flux-msg." + Snake.consumer(WIRE) + "." + WIRE;
        String body = "{\"stream_name\":\"flux-msg\",\"config\":{\"durable_name\":\"" + Snake.consumer(WIRE)
                + "\",\"name\":\"" + Snake.consumer(WIRE)
                + "\",\"ack_policy\":\"explicit\",\"filter_subject\":\"flux.msg.>\"}}";

        String answer = new String(
                receiver.connection()
                        .request(subject, body.getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(10))
                        .getData(),
                StandardCharsets.UTF_8);

        assertThat(answer).contains("\"error\"").doesNotContain("\"created\"");
    }

    @Test
    void shouldGiveAndTakeRightsWhileRacksAreConnected() throws Exception {
        Rack sender = rack("east", east);
        makeStream(sender);
        Rack stranger = rack("north", north);

        server.allow(Map.of("north", SENDER), false);
        Awaitility.await("north may send")
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> {
                    stranger.connection().jetStream().publish(WIRE, new byte[1]);
                    return true;
                });

        server.allow(Map.of("north", WireRights.NONE), true);
        Awaitility.await("north may not any more")
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    attempt(stranger, WIRE, "x");
                    return stranger.errors().stream().anyMatch(error -> error.contains(WIRE));
                });
        assertThatCode(() -> sender.connection().jetStream().publish(WIRE, new byte[1]))
                .doesNotThrowAnyException();
        assertThat(stranger.connection().getStatus()).isEqualTo(Connection.Status.CONNECTED);
    }
}
