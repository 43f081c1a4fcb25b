package io.fluxrig.engine.agent;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be done on the agent's thread: what comes again if it is dropped, and what does not, which goes first. {@link #next} on
 * that thread, the rest by any.
 */
final class AgentTasks {
    /** Of those that may be dropped. */
    static final int TASKS_MAX = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(TASKS_MAX);
    /** For each run of the gears two at most, the end of its change and of its drain. */
    private final Queue<Runnable> ends = new ConcurrentLinkedQueue<>();

    /** Has something done soon. What does not fit is dropped: it comes again. */
    void later(Runnable task) {
        if (!tasks.offer(task)) {
            LOG.warn("too much to do at a time: a message of the mixer is dropped, tasks max={}", TASKS_MAX);
        }
    }

    /** Has something done soon, however much there is to do: the end of what was begun, which is told once. */
    void mustDo(Runnable end) {
        ends.add(end);
        if (!tasks.offer(() -> {})) { // has it seen at once, where the thread waits
            LOG.debug("there is much to do; the end of what was begun goes first");
        }
    }

    /** The next thing to do; null if there is none for so long. */
    Runnable next(long waitMs) throws InterruptedException {
        Runnable end = ends.poll();
        if (end != null) {
            return end;
        }
        Runnable task = tasks.poll(waitMs, TimeUnit.MILLISECONDS);
        Runnable meanwhile = task == null ? ends.poll() : null;
        return meanwhile == null ? task : meanwhile;
    }
}
