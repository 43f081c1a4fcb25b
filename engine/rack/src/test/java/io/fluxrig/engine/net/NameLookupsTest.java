package io.fluxrig.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NameLookupsTest {

    @Test
    void shouldAnswerOneQuestionWhileOthersHang() throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        try {
            for (int hanging = 0; hanging < 20; hanging++) {
                NameLookups.ask(() -> awaitQuietly(answers));
            }
            CompletableFuture<String> thread = new CompletableFuture<>();
            NameLookups.ask(() -> thread.complete(Thread.currentThread().getName()));
            assertThat(thread.get(20, TimeUnit.SECONDS)).startsWith("names-");
        } finally {
            answers.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
