package io.fluxrig.mixer.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fluxrig.engine.metrics.RackMetrics;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.RegistryException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTest {
    private static final long TURN_MS = 5;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Desk desk = new Desk(() -> true);
    private final RackMetrics metrics = new RackMetrics();
    private volatile boolean leads = true;
    private Registry registry;
    private Feed feed;

    @BeforeEach
    void open() {
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        FleetWatch watch = new FleetWatch(registry, rack -> true, InstantSource.system());
        feed = new Feed(watch, desk, () -> leads, vertx, metrics, TURN_MS);
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        desk.close();
        registry.close();
    }

    private void change(String rack) {
        change(desk, rack);
    }

    private void change(Desk desk, String rack) {
        desk.first(() -> {
                    registry.audit("test", "rack.approve", rack, "", 1);
                    return null;
                })
                .join();
    }

    /** A response that keeps what is written, for a reader that takes it or not. */
    private static final class Answer {
        @SuppressWarnings("JdkObsolete") // the loop writes it, the test reads it
        private final StringBuffer written = new StringBuffer();

        private volatile boolean full;
        private volatile boolean ended;
        private volatile boolean throwing;
        private volatile boolean reset;
        private volatile Handler<Void> gone;
        private final HttpServerResponse response = (HttpServerResponse) Proxy.newProxyInstance(
                Answer.class.getClassLoader(), new Class<?>[] {HttpServerResponse.class}, this::call);

        /** Without the lines that say that the connection lives. */
        private List<String> told() {
            return written.toString().lines().filter(line -> !line.isEmpty()).toList();
        }

        @SuppressWarnings("unchecked")
        private Object call(Object proxy, Method method, Object[] given) {
            boolean asks = method.getReturnType() == boolean.class;
            if (method.getName().equals("reset")) {
                reset = true;
                return true;
            }
            if (throwing || ended && !asks) {
                throw new IllegalStateException("Response has already been written");
            }
            switch (method.getName()) {
                case "closeHandler" -> gone = (Handler<Void>) given[0];
                case "write" -> written.append(given[0]);
                case "end" -> {
                    written.append(given[0]);
                    ended = true;
                }
                default -> {}
            }
            if (asks) {
                return switch (method.getName()) {
                    case "writeQueueFull" -> full;
                    case "ended", "headWritten" -> ended;
                    default -> false;
                };
            }
            return method.getReturnType().isInstance(proxy) ? proxy : null;
        }
    }

    private Answer begin(String rack, int last) {
        Answer answer = new Answer();
        feed.begin(rack, last, answer.response).join();
        return answer;
    }

    @Test
    void shouldTellWhatWasAndWhatComes() {
        change("east");
        Answer answer = begin("", 5);
        await().until(() -> answer.written.toString().contains("rack.approve east"));

        change("west");
        await().until(() -> answer.written.toString().contains("rack.approve west"));

        assertThat(answer.told()).hasSize(2).allMatch(line -> line.startsWith("{\"at\":\"1970"));
        assertThat(metrics.prometheus()).contains("fluxrig_mixer_tail_readers 1");
    }

    @Test
    void shouldTellOfOneRackOnly() {
        Answer east = begin("east", 0);
        Answer all = begin("", 0);
        change("west");
        change("east");

        await().until(() -> all.told().size() == 2);
        await().until(() -> east.written.toString().contains("rack.approve east"));
        assertThat(east.written.toString()).doesNotContain("west");
    }

    @Test
    void shouldCutOffWhoDoesNotReadAndTellTheOthers() {
        Answer slow = begin("", 0);
        Answer quick = begin("", 0);
        slow.full = true;
        change("east");

        await().until(() -> slow.ended);
        assertThat(slow.written.toString()).contains("\"kind\":\"end\"", "cut off: more than 65536 bytes");
        await().until(() -> quick.written.toString().contains("rack.approve east"));
        assertThat(quick.ended).isFalse();
        assertThat(metrics.prometheus()).contains("fluxrig_mixer_tail_cut_off_total 1");
    }

    @Test
    void shouldSendReadersElsewhereWhenTheMixerDoesNotLeadAnyMore() {
        Answer answer = begin("", 0);

        leads = false;

        await().until(() -> answer.ended);
        assertThat(answer.written.toString()).contains("does not lead any more");
    }

    @Test
    void shouldTakeNoMoreReadersThanItMayAndForgetThoseThatGo() {
        Answer first = begin("", 0);
        for (int i = 1; i < Feed.READERS_MAX; i++) {
            begin("", 0);
        }
        await().until(() -> metrics.prometheus().contains("fluxrig_mixer_tail_readers " + Feed.READERS_MAX));
        assertThatThrownBy(() -> begin("", 0)).hasMessageContaining("readers=32 max=32");

        first.gone.handle(null);
        await().until(() -> metrics.prometheus().contains("fluxrig_mixer_tail_readers " + (Feed.READERS_MAX - 1)));
        begin("", 0);
    }

    /** The connection stays open, for the next request. */
    @Test
    void shouldNotTellWhomTheDeskAnsweredTooLate() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        Registry slow = AskedRegistry.of(registry, () -> awaitQuietly(hangs));
        try (Desk late = new Desk(() -> true, Duration.ofSeconds(1))) {
            feed = new Feed(
                    new FleetWatch(slow, rack -> true, InstantSource.system()),
                    late,
                    () -> leads,
                    vertx,
                    metrics,
                    TURN_MS);
            Answer refused = new Answer();
            assertThatThrownBy(() -> feed.begin("", 0, refused.response).join())
                    .hasCauseInstanceOf(TimeoutException.class);
            refused.ended = true;
            hangs.countDown();
            Answer other = begin("", 0);
            await().until(() -> !other.written.isEmpty());

            change(late, "east");

            await().until(() -> other.written.toString().contains("rack.approve east"));
            assertThat(metrics.prometheus()).contains("fluxrig_mixer_tail_readers 1");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldTellTheOthersWhereOneCannotBeTold() {
        Answer broken = begin("", 0);
        Answer other = begin("", 0);
        await().until(() -> !other.written.isEmpty());
        broken.throwing = true;

        change("east");

        await().until(() -> other.written.toString().contains("rack.approve east"));
        await().until(() -> metrics.prometheus().contains("fluxrig_mixer_tail_readers 1"));
        assertThat(other.reset).isFalse();
        await().untilAsserted(() ->
                assertThat(broken.reset).as("else it waits, for good").isTrue());
    }

    @Test
    void shouldTellWhoReadsWhatWasNewWhereAnotherCouldNotBegin() {
        AtomicBoolean fails = new AtomicBoolean();
        AtomicInteger asked = new AtomicInteger();
        // what is new takes two questions, and what was last one
        Registry failing = AskedRegistry.of(registry, () -> {
            if (fails.get() && asked.incrementAndGet() == 3) {
                throw new RegistryException("away");
            }
        });
        Feed still = new Feed(
                new FleetWatch(failing, rack -> true, InstantSource.system()),
                desk,
                () -> leads,
                vertx,
                new RackMetrics(),
                600_000);
        Answer reads = new Answer();
        still.begin("", 0, reads.response).join();
        change("east");
        fails.set(true);

        assertThatThrownBy(() -> still.begin("", 1, new Answer().response).join())
                .hasMessageContaining("away");

        await().until(() -> reads.written.toString().contains("rack.approve east"));
    }
}
