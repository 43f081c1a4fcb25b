package io.fluxrig.bench.reload;

import io.fluxrig.load.Percentiles;
import io.fluxrig.load.Progress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Rings when a second of a load begins, so that what is to be measured falls into one second and not into two. The load's sampler
 * shows it the progress; another thread waits.
 */
final class SecondBell implements Consumer<Progress> {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    /** Of the second that was closed last: the sampler makes them once for each. */
    private Percentiles closed;

    private int second;

    @Override
    @SuppressWarnings("ReferenceEquality") // two seconds may come to the same figures
    public synchronized void accept(Progress progress) {
        if (progress.phase() == Progress.Phase.SENDING
                && progress.recent().count() > 0
                && progress.recent() != closed) {
            closed = progress.recent();
            second++;
            notifyAll();
        }
    }

    /**
     * Waits until so many more seconds have begun.
     *
     * @return the number of the one that has just begun, from 0
     * @throws TimeoutException if the load has none any more
     */
    synchronized int await(int more) throws InterruptedException, TimeoutException {
        int wanted = second + more;
        long endNs = System.nanoTime() + more * PATIENCE_NS;
        while (second < wanted) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
            if (leftMs <= 0) {
                throw new TimeoutException("the load has come to no second " + wanted);
            }
            wait(leftMs);
        }
        return second;
    }
}
