package io.fluxrig.transport.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueManagement;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueStatus;
import io.nats.client.api.ServerInfo;
import io.nats.client.api.StreamInfo;
import io.nats.client.support.JsonParser;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked of NATS beside the lease itself, which {@code NatsLeaseIT} has with a server. */
class NatsLeaseTest {
    private static final Duration LENGTH = Duration.ofSeconds(6);
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final String NO_SUITABLE_PEERS =
            "{\"error\":{\"code\":400,\"err_code\":10005,\"description\":\"no suitable peers\"}}";

    private final List<KeyValueConfiguration> updates = new ArrayList<>();
    private int replicas = 1;
    private int looks;
    private boolean serverMissing;
    private String cluster = ",\"cluster\":\"three\"";
    private long nowNs = 5;
    private final NatsLease lease = new NatsLease(this::connection, "some", LENGTH, LENGTH, () -> nowNs);

    private Connection connection() {
        return fake(Connection.class, (self, method, arguments) -> switch (method.getName()) {
            case "keyValueManagement" -> fake(KeyValueManagement.class, this::manage);
            case "keyValue" -> fake(KeyValue.class, (bucket, get, key) -> null);
            case "getServerInfo" -> new ServerInfo("{\"server_id\":\"one\"" + cluster + "}");
            default -> throw new IllegalStateException(method.getName());
        });
    }

    private Object manage(Object self, java.lang.reflect.Method method, Object[] arguments) throws Exception {
        looks++;
        if (method.getName().equals("update")) {
            updates.add((KeyValueConfiguration) arguments[0]);
            if (serverMissing) {
                throw new JetStreamApiException(new StreamInfo(JsonParser.parse(NO_SUITABLE_PEERS)));
            }
            replicas = updates.get(updates.size() - 1).getReplicas();
        }
        return new KeyValueStatus(new StreamInfo(JsonParser.parse("{\"config\":{\"name\":\"KV_some\","
                + "\"subjects\":[\"$KV.some.>\"],\"max_msgs_per_subject\":1,\"max_age\":" + LENGTH.toNanos()
                + ",\"storage\":\"file\",\"num_replicas\":" + replicas + "},\"created\":\"2026-11-27T00:00:00Z\","
                + "\"state\":{}}")));
    }

    private static <T> T fake(Class<T> of, InvocationHandler does) {
        return of.cast(Proxy.newProxyInstance(of.getClassLoader(), new Class<?>[] {of}, does));
    }

    @Test
    void shouldHaveABucketThatIsOnOneServerOnThree() throws Exception {
        assertThat(lease.read()).isNull();

        assertThat(updates).singleElement().satisfies(update -> {
            assertThat(update.getReplicas()).isEqualTo(3);
            assertThat(update.getBucketName()).isEqualTo("some");
            assertThat(update.getTtl()).isEqualTo(LENGTH);
            assertThat(update.getMaxHistoryPerKey()).isEqualTo(1);
        });
    }

    @Test
    void shouldAskNothingMoreOfAServerThatStandsAlone() throws Exception {
        cluster = "";
        lease.read();
        int before = looks;
        nowNs += MINUTE_NS;
        lease.read();

        assertThat(updates).isEmpty();
        assertThat(looks).isEqualTo(before);
    }

    @Test
    void shouldTryAgainEachMinuteWhileThereAreTooFewServersAndAnswerMeanwhile() throws Exception {
        serverMissing = true;
        lease.read();
        nowNs += MINUTE_NS - 1;
        lease.read();
        assertThat(updates).hasSize(1);

        serverMissing = false;
        nowNs++;
        lease.read();
        assertThat(updates).hasSize(2);
        assertThat(replicas).isEqualTo(3);
    }

    @Test
    void shouldAskNoMoreOnceItIsOnThree() throws Exception {
        replicas = 3;
        lease.read();
        int before = looks;
        nowNs += 2 * MINUTE_NS;
        lease.read();

        assertThat(updates).isEmpty();
        assertThat(looks).isEqualTo(before);
    }
}
