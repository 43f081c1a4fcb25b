package io.fluxrig.transport.snake.entry;

import java.time.Duration;

/**
 * How a rack shares entries with others.
 *
 * @param bucket of NATS's key-value store: letters, digits, '_' and '-'
 * @param kept how long the bucket keeps an entry after it was written, at least
 * @param waitNs how long a strip waits at most to be told whether an entry is its own
 * @param alone whether it may go on when nobody can tell; it is told that nobody can otherwise
 */
public record EntrySettings(String bucket, Duration kept, long waitNs, boolean alone) {
    public EntrySettings {
        if (!bucket.matches("[A-Za-z0-9_-]{1,200}")) {
            throw new IllegalArgumentException("bucket=" + bucket);
        }
    }
}
