package io.fluxrig.transport.journal.store;

import java.io.Closeable;
import java.io.IOException;

/** What a journal holds open. */
public final class Parts {
    private Parts() {}

    /**
     * Closes all, also where one cannot be; null stands for one that was never opened.
     *
     * @throws IOException the last of those there were
     */
    public static void close(Closeable... parts) throws IOException {
        IOException failed = null;
        for (Closeable part : parts) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (IOException e) {
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
