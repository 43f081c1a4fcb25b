package io.fluxrig.transport.journal.store;

import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.TableStoreWriteLock;
import net.openhft.chronicle.threads.BusyTimedPauser;

/** The lock in a file that a queue takes for each document, although one thread of one process alone uses it. Static; the journal's thread only. */
final class QueueLock {
    private static final long WAIT_MS = 100;

    private QueueLock() {}

    /**
     * The queue keeps it where an exception that it does not declare went through, of a file that cannot be opened; and so does a process
     * that was killed as it wrote, for which the queue would ask whether a process of that number lives: in a container that is the one
     * that asks.
     *
     * @throws RuntimeException which {@link NoFileException#isBehind}: its own file cannot be opened either, and it is kept
     */
    static void free(SingleChronicleQueue queue) {
        try (TableStoreWriteLock lock = new TableStoreWriteLock(queue.metaStore(), BusyTimedPauser::new, WAIT_MS)) {
            if (lock.locked()) {
                lock.forceUnlock();
            }
        }
    }
}
