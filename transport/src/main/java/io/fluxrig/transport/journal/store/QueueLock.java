package io.fluxrig.transport.journal.store;

import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.TableStoreWriteLock;
import net.openhft.chronicle.threads.BusyTimedPauser;

/** The lock that a queue takes for each document, although one thread alone uses it. Static; the journal's thread only. */
final class QueueLock {
    private static final long WAIT_MS = 100;

    private QueueLock() {}

    /** The queue keeps it where an exception that it does not declare went through, of a file that cannot be opened. */
    static void free(SingleChronicleQueue queue) {
        try (TableStoreWriteLock lock = new TableStoreWriteLock(queue.metaStore(), BusyTimedPauser::new, WAIT_MS)) {
            if (lock.locked()) {
                lock.forceUnlock();
            }
        }
    }
}
