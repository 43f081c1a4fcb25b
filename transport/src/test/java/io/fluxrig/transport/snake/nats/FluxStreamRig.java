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

/** A stream, and the server that keeps it or does not. */
abstract class FluxStreamRig {
    static final int NOT_FOUND = 10059;
    static final int NO_SUITABLE_PEERS = 10005;
    static final int INSUFFICIENT_STORAGE = 10047;
    static final int CONSUMER_NOT_FOUND = 10014;
    static final int NO_MESSAGE = 10037;

    final VirtualClock clock = new VirtualClock();
    final List<Integer> made = new ArrayList<>();
    final List<StreamConfiguration> updates = new ArrayList<>();
    final List<ConsumerConfiguration> consumers = new ArrayList<>();
    ConsumerConfiguration consumer;
    boolean consumersWithoutLeader;
    boolean streamLed = true;
    /** Of a question for the oldest message. */
    Exception firstFault;

    String consumerLeader = "\"leader\":\"one\"";
    int consumerRefusal;
    int replicas;
    int looks;
    /** Run where the server is waited for. */
    Runnable waited = () -> {};

    int infos;
    boolean serverMissing;
    boolean withoutRoom;
    boolean mayNotAsk;
    long refusals;
    boolean silent;
    String cluster = ",\"cluster\":\"three\"";
    FluxStream stream = stream(0);

    FluxStream stream(int wanted) {
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

    Object manage(Method method, Object[] arguments) throws Exception {
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
    static String subjects(Object... arguments) {
        boolean asked = arguments.length > 1
                && arguments[1] instanceof StreamInfoOptions options
                && "flux.msg.east.>".equals(options.getSubjectsFilter());
        return asked ? "\"num_subjects\":2,\"subjects\":{\"flux.msg.east.a.in\":3,\"flux.msg.east.b.in\":1}" : "";
    }

    static JetStreamApiException refused(int code) throws Exception {
        return new JetStreamApiException(new ConsumerInfo(
                JsonParser.parse("{\"error\":{\"code\":400,\"err_code\":" + code + ",\"description\":\"no\"}}")));
    }

    ConsumerInfo consumerInfo() throws Exception {
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

    Bus.Lead lead() {
        return stream.lead("west+encode+in");
    }

    void make() {
        stream.ensure();
        clock.advance(1_000_000_000L); // surely gone
        assertThat(stream.ensure()).isNull();
    }

    void minutePasses() {
        clock.advance(StreamCopies.RAISE_NS);
        stream.stranded("flux.msg.east.a.in", "east-a");
    }
}
