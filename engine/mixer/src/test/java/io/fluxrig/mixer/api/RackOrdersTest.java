package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Order;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down of orders, whatever comes of them. */
class RackOrdersTest {
    @TempDir
    private Path folder;

    private volatile boolean leads = true;
    private final Desk desk = new Desk(() -> leads);
    private final CompletableFuture<Order.Done> answer = new CompletableFuture<>();
    private Registry registry;
    private RackOrders orders;

    @BeforeEach
    void open() {
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        orders = new RackOrders(desk, registry, (rack, word, value) -> answer, InstantSource.system());
        desk.ask(() -> {
                    registry.put(
                            new RackEntry("east", new byte[32], new byte[32], "active", "host", "1", 5, 0, "", 0, 0));
                    return null;
                })
                .join();
    }

    @AfterEach
    void close() {
        desk.close();
        registry.close();
    }

    private Reply given() {
        return orders.give("east", Order.LOG_LEVEL, "debug", "api ana").join();
    }

    private List<String> lines() {
        return desk.attend(() -> registry.audit(Long.MAX_VALUE, 10).stream()
                        .map(each -> each.who() + " " + each.action() + " " + each.subject() + " " + each.detail())
                        .toList())
                .join();
    }

    private void answers(boolean ok, String text) {
        answer.complete(new Order.Done("east", 1, ok, text, 1));
    }

    @Test
    void shouldWriteDownThatAnOrderWasDone() {
        answers(true, "logs at debug");

        assertThat(given().status()).isEqualTo(200);

        assertThat(lines())
                .containsExactly("api ana rack.log_level.done east logs at debug", "api ana rack.log_level east debug");
    }

    @Test
    void shouldWriteDownWhyAnOrderWasNotDoneWithoutWhatATerminalObeysOrACardNumber() {
        answers(false, "no \u001b[2Jsuch level of 4111111111111111");

        assertThat(given().body()).contains("\"ok\":false");

        assertThat(lines().get(0))
                .startsWith("api ana rack.log_level.failed east no ?[2Jsuch level of ")
                .doesNotContain("4111111111111111");
    }

    @Test
    void shouldWriteDownThatNobodyAnswered() {
        answer.completeExceptionally(new TimeoutException("no answer within 10 s"));

        assertThat(given().status()).isEqualTo(409);

        assertThat(lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("api ana rack.log_level.unanswered east ")
                .endsWith("no answer within 10 s");
    }

    /** Another mixer leads by then, which knows nothing of it. */
    @Test
    void shouldTellWhatCameOfAnOrderAlsoWhereItCannotBeWrittenDown() {
        CompletableFuture<Reply> told = orders.give("east", Order.LOG_LEVEL, "debug", "api ana");
        assertThat(lines()).hasSize(1);
        leads = false;

        answers(true, "logs at debug");

        assertThat(told.join().body()).contains("logs at debug");
        assertThat(lines()).hasSize(1);
    }
}
