package io.fluxrig.transport.snake.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.clock.VirtualClock;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.ServerInfo;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.support.JsonParser;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** On how many servers the stream is made, and put later on; {@code SnakeLaneIT} has it with a server that stands alone. */
class FluxStreamTest {
    private static final int NOT_FOUND = 10059;
    private static final int NO_SUITABLE_PEERS = 10005;
    private static final int INSUFFICIENT_STORAGE = 10047;
    private static final int CONSUMER_NOT_FOUND = 10014;
    private static final int NO_MESSAGE = 10037;

    private final VirtualClock clock = new VirtualClock();
    private final List<Integer> made = new ArrayList<>();
    private final List<StreamConfiguration> updates = new ArrayList<>();
    private final List<ConsumerConfiguration> consumers = new ArrayList<>();
    private ConsumerConfiguration consumer;
    private boolean consumersWithoutLeader;
    private boolean streamLed = true;
    /** Of a question for the oldest message. */
    private Exception firstFault;

    private String consumerLeader = "\"leader\":\"one\"";
    private int consumerRefusal;
    private int replicas;
    private int looks;
    /** Run where the server is waited for. */
    private Runnable waited = () -> {};

    private int infos;
    private boolean serverMissing;
    private boolean withoutRoom;
    private boolean mayNotAsk;
    private long refusals;
    private boolean silent;
    private String cluster = ",\"cluster\":\"three\"";
    private FluxStream stream = stream(0);

    private FluxStream stream(int wanted) {
        SnakeSettings settings = new SnakeSettings(
                List.of("nats://127.0.0.1:1"), null, null, null, "east", wanted, 1 << 20, 16, 1, 1, 1);
        Object management = Proxy.newProxyInstance(
                JetStreamManagement.class.getClassLoader(),
                new Class<?>[] {JetStreamManagement.class},
                (self, method, arguments) -> manage(method, arguments));
        return new FluxStream(
                (JetStreamManagement) management,
                settings,
                clock,
                () -> new ServerInfo("{\"server_id\":\"one\"" + cluster + "}"),
                subject -> subject.equals("$JS.API.STREAM.UPDATE.flux-msg") ? refusals : 0);
    }

    private Object manage(Method method, Object[] arguments) throws Exception {
        looks++;
        waited.run();
        switch (method.getName()) {
            case "getStreamInfo" -> {
                infos++;
                if (silent) {
                    throw new IOException("Timeout or no response waiting for NATS JetStream server");
                }
                if (replicas == 0) {
                    throw refused(NOT_FOUND);
                }
            }
            case "addStream" -> {
                int wanted = ((StreamConfiguration) arguments[0]).getReplicas();
                made.add(wanted);
                if (withoutRoom) {
                    throw refused(INSUFFICIENT_STORAGE);
                }
                if (serverMissing && wanted > 1) {
                    throw refused(NO_SUITABLE_PEERS);
                }
                replicas = wanted;
            }
            case "updateStream" -> {
                updates.add((StreamConfiguration) arguments[0]);
                if (mayNotAsk) {
                    refusals++;
                    throw new IOException("Timeout or no response waiting for NATS JetStream server");
                }
                if (serverMissing) {
                    throw refused(NO_SUITABLE_PEERS);
                }
                replicas = ((StreamConfiguration) arguments[0]).getReplicas();
            }
            case "getFirstMessage" -> {
                if (firstFault != null) {
                    throw firstFault;
                }
                throw refused(NO_MESSAGE);
            }
            case "getConsumerInfo" -> {
                return consumerInfo();
            }
            case "addOrUpdateConsumer" -> {
                if (consumersWithoutLeader) {
                    throw new IOException();
                }
                consumer = (ConsumerConfiguration) arguments[1];
                consumers.add(consumer);
                return consumerInfo();
            }
            default -> throw refused(NOT_FOUND);
        }
        return new StreamInfo(JsonParser.parse("{\"config\":{\"name\":\"flux-msg\",\"subjects\":[\"flux.msg.>\"],"
                + "\"retention\":\"workqueue\",\"max_bytes\":1048576,\"storage\":\"file\",\"num_replicas\":" + replicas
                + "},\"created\":\"2026-11-27T00:00:00Z\",\"state\":{" + subjects(arguments) + "},\"cluster\":{"
                + (streamLed ? "\"leader\":\"one\"" : "") + "}}"));
    }

    /** As a server says that is asked for some. */
    private static String subjects(Object... arguments) {
        boolean asked = arguments.length > 1
                && arguments[1] instanceof StreamInfoOptions options
                && "flux.msg.east.>".equals(options.getSubjectsFilter());
        return asked ? "\"num_subjects\":2,\"subjects\":{\"flux.msg.east.a.in\":3,\"flux.msg.east.b.in\":1}" : "";
    }

    @Test
    void shouldTellWhatWaitsBelowASubject() {
        assertThat(stream.waiting("flux.msg.east")).as("there is no stream").isEmpty();
        make();

        assertThat(stream.waiting("flux.msg.east"))
                .isEqualTo(Map.of("flux.msg.east.a.in", 3L, "flux.msg.east.b.in", 1L));
        assertThat(stream.waiting("flux.msg.west")).isEmpty();

        silent = true;
        assertThat(stream.waiting("flux.msg.east")).isNull();
    }

    private static JetStreamApiException refused(int code) throws Exception {
        return new JetStreamApiException(new ConsumerInfo(
                JsonParser.parse("{\"error\":{\"code\":400,\"err_code\":" + code + ",\"description\":\"no\"}}")));
    }

    private ConsumerInfo consumerInfo() throws Exception {
        if (consumer == null || consumerRefusal != 0) {
            throw refused(consumer == null ? CONSUMER_NOT_FOUND : consumerRefusal);
        }
        if (consumerLeader == null) {
            throw new IOException("Timeout or no response waiting for NATS JetStream server");
        }
        return new ConsumerInfo(JsonParser.parse("{\"stream_name\":\"flux-msg\",\"name\":\"" + consumer.getDurable()
                + "\",\"created\":\"2026-11-27T00:00:00Z\",\"config\":" + consumer.toJson() + ",\"cluster\":{"
                + consumerLeader + "}}"));
    }

    /** It was said to go on by itself, and did not: what a server has for streams it decides at its start. */
    @Test
    void shouldSayWhatToDoWhereTheServerHasNoRoomForTheStream() {
        cluster = "";
        withoutRoom = true;
        stream.ensure();
        clock.advance(1_000_000_000L);

        assertThat(stream.ensure()).contains("max_file_store", "restart nats-server");
    }

    @Test
    void shouldLeaveAConsumerAloneThatIsAsItShouldBe() {
        make();
        for (int i = 0; i < 3; i++) {
            assertThat(stream.ensureConsumer("flux.msg.west.encode.in", "west+encode+in", 16))
                    .isNull();
        }
        assertThat(consumers).as("made").hasSize(1);

        assertThat(stream.ensureConsumer("flux.msg.west.encode.in", "west+encode+in", 32))
                .isNull();
        assertThat(consumers)
                .last()
                .satisfies(now -> assertThat(now.getMaxAckPending())
                        .isEqualTo(2 * consumers.get(0).getMaxAckPending()));
    }

    /** A receiver that waited for all of it said for 8 s of nothing that it works on it, and the stream gives a message away after 5. */
    @Test
    void shouldLeaveCopiesForLaterWhereAnswersTakeLong() {
        serverMissing = true;
        make();
        updates.clear();
        serverMissing = false;
        clock.advance(2 * StreamCopies.RAISE_NS);
        waited = () -> clock.advance(1_900_000_000L);
        stream.stranded("flux.msg.west.encode.in", "west+encode+in");
        stream.ensureConsumer("flux.msg.west.encode.in", "west+encode+in", 16);
        assertThat(updates).isEmpty();

        waited = () -> {};
        stream.stranded("flux.msg.west.encode.in", "west+encode+in");
        assertThat(updates).hasSize(1);
    }

    private Bus.Lead lead() {
        return stream.lead("west+encode+in");
    }

    @Test
    void shouldTellAConsumerThatNobodyLeads() {
        make();
        assertThat(lead()).as("there is none yet").isEqualTo(Bus.Lead.SOMEBODY);
        stream.ensureConsumer("flux.msg.west.encode.in", "west+encode+in", 16);
        assertThat(lead()).isEqualTo(Bus.Lead.SOMEBODY);

        consumerLeader = "";
        assertThat(lead()).as("it says so").isEqualTo(Bus.Lead.NOBODY);
        consumerLeader = null;
        assertThat(lead()).as("nobody answers for it").isEqualTo(Bus.Lead.UNANSWERED);
        consumerRefusal = 10008;
        assertThat(lead()).as("not available").isEqualTo(Bus.Lead.NOBODY);

        streamLed = false;
        assertThat(lead()).as("the servers agree on nothing").isEqualTo(Bus.Lead.SOMEBODY);
        streamLed = true;
        cluster = "";
        assertThat(lead()).as("a server that stands alone").isEqualTo(Bus.Lead.SOMEBODY);
    }

    @Test
    void shouldNotTakeAFaultWithoutATextForNone() {
        consumersWithoutLeader = true;
        make();
        assertThat(stream.ensureConsumer("flux.msg.west.encode.in", "west+encode+in", 16))
                .isNotNull()
                .contains("IOException");
    }

    @Test
    void shouldNotTakeSilenceForNothingStranded() throws Exception {
        make();
        assertThat(stream.stranded("flux.msg.east.a.in", "east-a")).isEqualTo(Bus.NONE);
        firstFault = new IOException("Timeout or no response waiting for NATS JetStream server");
        assertThat(stream.stranded("flux.msg.east.a.in", "east-a")).isEqualTo(Bus.UNKNOWN);
        firstFault = refused(10008);
        assertThat(stream.stranded("flux.msg.east.a.in", "east-a")).isEqualTo(Bus.UNKNOWN);
    }

    private void make() {
        stream.ensure();
        clock.advance(1_000_000_000L); // surely gone
        assertThat(stream.ensure()).isNull();
    }

    private void minutePasses() {
        clock.advance(StreamCopies.RAISE_NS);
        stream.stranded("flux.msg.east.a.in", "east-a");
    }

    @Test
    void shouldBeMadeOnThreeServersOfACluster() {
        make();

        assertThat(made).containsExactly(3);
        assertThat(updates).isEmpty();
    }

    @Test
    void shouldBeMadeOnOneThatStandsAloneAndAskNothingMoreOfIt() {
        cluster = "";
        make();
        int before = looks;
        minutePasses();

        assertThat(made).containsExactly(1);
        assertThat(updates).isEmpty();
        assertThat(looks).as("only what was asked").isEqualTo(before + 1);
    }

    @Test
    void shouldBeMadeOnOneWhileServersAreMissingAndPutOnThreeOnceTheyAreThere() {
        serverMissing = true;
        make();
        assertThat(made).containsExactly(3, 1);
        minutePasses();
        assertThat(replicas).isEqualTo(1);

        serverMissing = false;
        clock.advance(StreamCopies.RAISE_NS - 1);
        stream.stranded("flux.msg.east.a.in", "east-a");
        assertThat(replicas).isEqualTo(1);
        clock.advance(1);
        stream.stranded("flux.msg.east.a.in", "east-a");

        assertThat(replicas).isEqualTo(3);
        assertThat(updates).last().satisfies(update -> {
            assertThat(update.getSubjects()).containsExactly("flux.msg.>");
            assertThat(update.getMaxBytes()).isEqualTo(1 << 20);
        });
    }

    @Test
    void shouldPutAnExistingStreamOnThreeAndThenAskNoMore() {
        replicas = 1;
        assertThat(stream.ensure()).isNull();
        assertThat(replicas).isEqualTo(3);
        minutePasses();
        minutePasses();

        assertThat(updates).hasSize(1);
    }

    @Test
    void shouldKeepToANumberThatIsConfigured() {
        stream = stream(1);
        make();
        minutePasses();
        assertThat(made).containsExactly(1);
        assertThat(updates).isEmpty();

        stream = stream(2);
        assertThat(stream.ensure()).isNull();
        assertThat(replicas).isEqualTo(2);

        replicas = 5;
        stream = stream(0);
        assertThat(stream.ensure()).isNull();
        assertThat(replicas).as("never fewer").isEqualTo(5);
    }

    @Test
    void shouldNotWaitEachMinuteWhereItMayNotAsk() {
        replicas = 1;
        mayNotAsk = true;
        assertThat(stream.ensure()).isNull();
        minutePasses();
        minutePasses();
        assertThat(updates).hasSize(1);

        clock.advance(StreamCopies.REFUSED_NS);
        stream.stranded("flux.msg.east.a.in", "east-a");
        assertThat(updates).hasSize(2);
    }

    /** All wires of a rack waited for one after the other's question, on the threads that must say that they have their messages. */
    @Test
    void shouldAskForAllThatComeMeanwhileAndHoldNobodyUp() throws Exception {
        cluster = "";
        replicas = 1;
        AtomicReference<String> meanwhile = new AtomicReference<>();
        waited = () -> {
            waited = () -> {};
            Thread another = new Thread(() -> meanwhile.set(stream.ensure()), "another-wire");
            another.start();
            try {
                another.join(10_000);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        };
        assertThat(stream.ensure()).isNull();
        assertThat(meanwhile.get()).isEqualTo(Bus.ASKED_FOR);
        assertThat(looks).isEqualTo(1);

        clock.advance(499_999_999);
        assertThat(stream.ensure()).isNull();
        assertThat(looks).as("the answer is that to all").isEqualTo(1);
        clock.advance(1);
        assertThat(stream.ensure()).isNull();
        assertThat(looks).isEqualTo(2);
    }

    /** It was made in the same moment, and lost its files to what nats-server removed late. */
    @Test
    void shouldLeaveAStreamThatIsDeletedAgainGoneForASecondToo() {
        cluster = "";
        make();
        replicas = 0;
        clock.advance(500_000_000);
        assertThat(stream.ensure()).contains("is not there yet");
        clock.advance(999_999_999);
        assertThat(stream.ensure()).contains("is not there yet");
        clock.advance(500_000_000);
        assertThat(stream.ensure()).isNull();
        assertThat(made).hasSize(2);
    }

    @Test
    void shouldKeepAFaultForAMomentToo() {
        cluster = "";
        assertThat(stream.ensure()).contains("is not there yet");
        replicas = 1;
        assertThat(stream.ensure()).contains("is not there yet");
        clock.advance(500_000_000);
        assertThat(stream.ensure()).isNull();
    }

    /** It counted as one that may not ask, and the stream stayed on one server for an hour. */
    @Test
    void shouldAskSoonAgainWhereAServerDidNotAnswerOnce() {
        serverMissing = true;
        make();
        serverMissing = false;
        silent = true;
        minutePasses();
        silent = false;
        minutePasses();

        assertThat(replicas).isEqualTo(3);
    }

    @Test
    void shouldAskLessAndLessWhileAServerDoesNotAnswer() {
        serverMissing = true;
        make();
        silent = true;
        int before = infos;
        for (int i = 0; i < 240; i++) {
            minutePasses();
        }
        // after 15, 30, 60, 120, 240, 480 s and then every 960 s of the hour
        assertThat(infos - before).isEqualTo(9);
    }

    /** As of one that was deleted while a server was away. */
    @Test
    void shouldPutAStreamOnThreeThatWasOnThreeBeforeItWasDeleted() {
        make();
        minutePasses();
        replicas = 0;
        serverMissing = true;
        make();
        assertThat(replicas).isEqualTo(1);

        serverMissing = false;
        minutePasses();

        assertThat(replicas).isEqualTo(3);
    }
}
