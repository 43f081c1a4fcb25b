package io.fluxrig.transport.snake.nats;

import io.fluxrig.perf.clock.Clock;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.ServerInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key-value bucket of NATS in which racks share entries for a while; made by the first rack that needs it. Every method waits for the
 * server. One thread.
 */
public final class EntryBucket {
    private static final Logger LOG = LoggerFactory.getLogger(EntryBucket.class);
    private static final int STREAM_NOT_FOUND = 10059;

    private final JetStreamManagement management;
    private final String bucket;
    private final Duration kept;
    private final long bytesMax;
    private final StreamCopies copies;
    private boolean triedToLengthen;

    /**
     * @param kept how long the bucket keeps an entry after it was written, at least
     * @param refusals as {@link Bus#refusals}
     */
    EntryBucket(
            JetStreamManagement management,
            String bucket,
            Duration kept,
            SnakeSettings settings,
            Clock clock,
            Supplier<ServerInfo> server,
            ToLongFunction<String> refusals) {
        this.management = management;
        this.bucket = bucket;
        this.kept = kept;
        this.bytesMax = settings.streamBytes();
        this.copies = new StreamCopies(management, stream(bucket), settings.replicas(), clock, server, refusals);
    }

    /** The subject of an entry. */
    public static String subject(String bucket, String entry) {
        return "$KV." + bucket + "." + entry;
    }

    /** Where a bucket is asked for the last value of an entry. */
    public static String reads(String bucket) {
        return "$JS.API.STREAM.MSG.GET." + stream(bucket);
    }

    /** The stream behind a bucket. */
    static String stream(String bucket) {
        return "KV_" + bucket;
    }

    /**
     * Makes the bucket if it is missing, and sees to its copies. One that keeps entries for too short is told to keep them longer, and used
     * also where this rack may not tell it.
     */
    Bus.Bucket ensure() {
        Bus.Bucket there = ensureThere();
        if (there.fault() == null) {
            copies.raise();
        }
        return there;
    }

    private Bus.Bucket ensureThere() {
        try {
            StreamConfiguration there = management.getStreamInfo(stream(bucket)).getConfiguration();
            if (there.getMaxMsgsPerSubject() != 1) {
                return Bus.Bucket.unusable("bucket " + bucket + " keeps a history, and one value is wanted; remove it"
                        + " (nats kv del " + bucket + "), a rack makes it again");
            }
            boolean tooShort = !there.getMaxAge().isZero() && there.getMaxAge().compareTo(kept) < 0;
            return new Bus.Bucket(null, tooShort && !lengthen(there) ? there.getMaxAge() : kept);
        } catch (JetStreamApiException refused) {
            return refused.getApiErrorCode() == STREAM_NOT_FOUND
                    ? new Bus.Bucket(copies.make(this::onServers), kept)
                    : Bus.Bucket.unusable(refused.getMessage());
        } catch (IOException | IllegalStateException gone) {
            return Bus.Bucket.unusable(gone.toString());
        }
    }

    /** Whether that could be done; tried once. */
    private boolean lengthen(StreamConfiguration there) {
        if (triedToLengthen) {
            return false;
        }
        triedToLengthen = true;
        try {
            management.updateStream(
                    StreamConfiguration.builder(there).maxAge(kept).build());
            return true;
        } catch (JetStreamApiException | IOException | IllegalStateException refused) {
            LOG.warn(
                    "bucket {} keeps tickets for {} s, and {} s are wanted: what is sent again later than that may be sent to its"
                            + " issuer twice; this rack could not have it kept longer ({}): nats stream edit {} --max-age={}s",
                    bucket,
                    there.getMaxAge().toSeconds(),
                    kept.toSeconds(),
                    refused.getMessage(),
                    stream(bucket),
                    kept.toSeconds());
            return false;
        }
    }

    private StreamConfiguration onServers(int replicas) {
        return KeyValueConfiguration.builder()
                .name(bucket)
                .maxHistoryPerKey(1)
                .ttl(kept)
                .maxBucketSize(bytesMax)
                .storageType(StorageType.File)
                .replicas(replicas)
                .build()
                .getBackingConfig();
    }
}
