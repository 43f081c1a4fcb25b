package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.mixer.desk.Desk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns(Duration.ofMinutes(1));
    private final List<String> begun = new ArrayList<>();

    private CompletableFuture<String> take(String name, CompletableFuture<String> work) {
        return turns.take(() -> false, () -> {
            begun.add(name);
            return work;
        });
    }

    @Test
    void shouldBeginTheNextWhenTheLastOneHasEnded() {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> answer = take("first", first);
        CompletableFuture<String> next = take("next", CompletableFuture.completedFuture("b"));
        assertThat(begun).containsExactly("first");

        first.complete("a");

        assertThat(answer).isCompletedWithValue("a");
        assertThat(next).isCompletedWithValue("b");
    }

    /** They waited in a queue without a bound, each with the spec that it was about. */
    @Test
    void shouldRefuseWhatIsMoreThanMayWait() {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> answer = take("first", first);
        List<CompletableFuture<String>> more = new ArrayList<>();
        for (int i = 0; i < Turns.WAITING_MAX; i++) {
            more.add(take("more", CompletableFuture.completedFuture("b")));
        }

        assertThatThrownBy(take("too many", first)::join).hasCauseInstanceOf(Desk.Busy.class);

        first.complete("a");
        assertThat(answer).isCompletedWithValue("a");
        assertThat(more).allSatisfy(each -> assertThat(each).isCompletedWithValue("b"));
        assertThat(begun).doesNotContain("too many");
        assertThat(take("later", CompletableFuture.completedFuture("c"))).isCompletedWithValue("c");
    }

    @Test
    void shouldBeginNothingThatNobodyWaitsFor() {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> answer = take("first", first);
        CompletableFuture<String> left = turns.take(() -> true, () -> take("left", first));
        CompletableFuture<String> next = take("next", CompletableFuture.completedFuture("b"));

        first.complete("a");

        assertThat(answer).isCompletedWithValue("a");
        assertThat(left).isCompletedExceptionally();
        assertThat(next).isCompletedWithValue("b");
        assertThat(begun).containsExactly("first", "next");
    }

    @Test
    void shouldGoOnAfterOneThatFails() {
        CompletableFuture<String> broken = turns.take(() -> false, () -> {
            throw new StackOverflowError("of a test");
        });

        assertThatThrownBy(broken::join).hasCauseInstanceOf(StackOverflowError.class);
        assertThat(take("next", CompletableFuture.completedFuture("b"))).isCompletedWithValue("b");
    }

    @Test
    void shouldAnswerInTimeWhateverBecomesOfIt() {
        Turns hurried = new Turns(Duration.ofMillis(1));
        CompletableFuture<String> never = hurried.take(() -> false, CompletableFuture::new);

        assertThatThrownBy(never::join).hasCauseInstanceOf(TimeoutException.class);
    }
}
