package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentTasksTest {
    private final AgentTasks tasks = new AgentTasks();
    private final List<String> done = new ArrayList<>();

    private void doAll() throws InterruptedException {
        for (Runnable next = tasks.next(0); next != null; next = tasks.next(0)) {
            next.run();
        }
    }

    @Test
    void shouldDoInOrderWhatCame() throws Exception {
        tasks.later(() -> done.add("first"));
        tasks.later(() -> done.add("second"));
        doAll();
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void shouldNotDropAnEndWhereTooMuchHasCome() throws Exception {
        for (int i = 0; i < AgentTasks.TASKS_MAX + 1; i++) {
            tasks.later(() -> done.add("message"));
        }
        tasks.mustDo(() -> done.add("the change's end"));
        tasks.mustDo(() -> done.add("the drain's end"));
        doAll();
        assertThat(done).hasSize(AgentTasks.TASKS_MAX + 2).startsWith("the change's end", "the drain's end");
    }

    @Test
    void shouldSeeAnEndAtOnceThatComesWhileItWaits() throws Exception {
        Thread change = new Thread(() -> tasks.mustDo(() -> done.add("the change's end")));
        change.start();
        Runnable woken = tasks.next(60_000);
        change.join();
        woken.run();
        doAll();
        assertThat(done).containsExactly("the change's end");
    }
}
