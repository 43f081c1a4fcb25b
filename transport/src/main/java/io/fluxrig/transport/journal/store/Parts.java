package io.fluxrig.transport.journal.store;

import java.io.Closeable;
import java.io.IOException;

/** What a journal holds open. */
public final class Parts {
    private Parts() {}

    /**
     * Closes all, also where one cannot be; null stands for one that was never opened.
     *
     * @throws IOException the last failure that there was, with those before it suppressed; one of another kind is its cause
     */
    public static void close(Closeable... parts) throws IOException {
        IOException failed = null;
        for (Closeable part : parts) {
            IOException failure = failure(part);
            if (failure != null && failed != null && failure != failed) {
                failure.addSuppressed(failed);
            }
            failed = failure == null ? failed : failure;
        }
        if (failed != null) {
            throw failed;
        }
    }

    private static IOException failure(Closeable part) {
        try {
            if (part != null) {
                part.close();
            }
            return null;
        } catch (IOException refused) {
            return refused;
        } catch (RuntimeException | Error other) { // of the queue, or a page that the disk did not give
            return new IOException(other);
        }
    }
}
