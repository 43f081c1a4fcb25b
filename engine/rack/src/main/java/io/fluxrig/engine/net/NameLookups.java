package io.fluxrig.engine.net;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that ask name services, which are slow and may not answer at all: a host whose name hangs must not keep the links
 * to others from being dialled. At most {@value #THREADS_MAX}; further questions wait in line. They end when nobody asks.
 */
public final class NameLookups {
    private static final int THREADS_MAX = 32;
    private static final int IDLE_SECONDS = 10;
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(
            THREADS_MAX, THREADS_MAX, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), NameLookups::thread);

    static {
        THREADS.allowCoreThreadTimeOut(true);
    }

    private NameLookups() {}

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "names-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Runs a question on one of the threads; what it finds it hands on itself. Any thread; at most one question for each that asks. */
    public static void ask(Runnable question) {
        THREADS.execute(question);
    }
}
