package io.fluxrig.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class FailureWordsTest {
    @Test
    void shouldSayWhatAFailureSaysWhateverIsAroundIt() {
        Throwable failure = new CompletionException(new ExecutionException(new IOException("the disk is full")));

        assertThat(FailureWords.of(failure)).isEqualTo("the disk is full");
    }

    @Test
    void shouldHaveWordsForWhatSaysNothing() {
        assertThat(FailureWords.of(new CompletionException(new TimeoutException())))
                .isEqualTo("no answer in time");
        assertThat(FailureWords.of(new ClosedChannelException())).isEqualTo("the connection is closed");
        assertThat(FailureWords.of(new IllegalStateException())).isEqualTo("a fault in fluxrig itself");
    }

    @Test
    void shouldNameNoClassOfAnExecutorThatTakesNoMore() {
        ExecutorService ended = Executors.newSingleThreadExecutor();
        ended.shutdown();

        Throwable failure = null;
        try {
            CompletableFuture.runAsync(() -> {}, ended).join();
        } catch (RuntimeException rejected) {
            failure = rejected;
        }

        assertThat(FailureWords.of(failure)).isEqualTo("there is too much to do, or it ends");
    }
}
