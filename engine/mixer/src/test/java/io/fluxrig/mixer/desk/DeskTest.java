package io.fluxrig.mixer.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountDownLatch hung = new CountDownLatch(1);
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean leads = true;
    private Desk desk = new Desk(() -> leads);

    @AfterEach
    void close() {
        hung.countDown();
        desk.close();
    }

    private void hang() {
        CompletableFuture<Object> hanging = desk.first(() -> {
            hung.await();
            return null;
        });
        assertThat(hanging).isNotDone();
    }

    private Object note(String what) {
        done.add(what);
        return what;
    }

    @Test
    void shouldSayAtOnceThatItMayNotDecideHoweverMuchItHangs() {
        hang();
        leads = false;

        assertThat(desk.ask(() -> note("asked")))
                .as("known now, not after a wait")
                .isCompletedExceptionally()
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(Desk.Closed.class);
    }

    @Test
    void shouldLetNobodyWaitForeverAndDoNothingForWhoHasGone() {
        desk.close();
        desk = new Desk(() -> leads, Duration.ofMillis(1));
        hang();

        CompletableFuture<Object> late = desk.ask(() -> note("late"));
        assertThat(late)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(TimeoutException.class);

        hung.countDown();
        assertThat(desk.first(() -> note("next"))).succeedsWithin(PATIENCE);
        assertThat(done).containsExactly("next");
    }

    @Test
    void shouldDoFirstWhatGoesFirstHoweverMuchWaits() {
        hang();
        while (desk.offer(() -> note("waits"))) {
            // until no more goes in
        }

        CompletableFuture<Object> first = desk.first(() -> note("first"));
        hung.countDown();

        assertThat(first).succeedsWithin(PATIENCE);
        assertThat(done.get(0)).isEqualTo("first");
        assertThat(desk.refused()).as("of those that wait").isEqualTo(1);
    }

    @Test
    void shouldKeepNoMoreThatGoFirstThanItSays() {
        List<CompletableFuture<Object>> all = new ArrayList<>();
        hang();
        // one more than there is room for, where the one that hangs has been taken out already
        for (int i = 0; i <= Desk.FIRST_MAX; i++) {
            all.add(desk.first(() -> note("first")));
        }

        assertThat(all.get(Desk.FIRST_MAX))
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(Desk.Busy.class);
    }

    /** Who asked waited 25 s for it, or for ever, and the log had nothing. */
    @Test
    void shouldAnswerWithTheErrorThatSomethingEndedWith() {
        Callable<Object> breaks = () -> {
            throw new NoClassDefFoundError("of a test");
        };

        for (CompletableFuture<Object> broken : List.of(desk.ask(breaks), desk.first(breaks))) {
            assertThat(broken)
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(NoClassDefFoundError.class);
        }
        desk.offer(() -> {
            throw new StackOverflowError("of a test");
        });
        assertThat(desk.ask(() -> note("next"))).succeedsWithin(PATIENCE);
    }

    /** Heartbeats that filled the desk had questions of the API refused. */
    @Test
    void shouldAnswerAQuestionHoweverMuchIsOffered() {
        hang();
        while (desk.offer(() -> note("offered"))) {
            // until no more goes in
        }

        CompletableFuture<Object> answer = desk.ask(() -> note("asked"));
        CompletableFuture<Object> next = desk.ask(() -> note("asked next"));
        hung.countDown();

        assertThat(answer).succeedsWithin(PATIENCE);
        assertThat(next).succeedsWithin(PATIENCE);
        // the one that hung had its turn before the first that was offered
        Awaitility.await().atMost(PATIENCE).until(() -> done.size() >= 3);
        assertThat(List.copyOf(done).subList(0, 3)).as("one each").containsExactly("asked", "asked next", "offered");
    }
}
