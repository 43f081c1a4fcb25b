package io.fluxrig.transport.bus;

import io.fluxrig.transport.lease.LeaseStore;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueManagement;
import io.nats.client.KeyValueOptions;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueStatus;
import io.nats.client.api.ServerInfo;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease in a NATS key-value bucket whose entries end after its length. The bucket is made where there is none, on three servers where
 * there are as many, on one otherwise; then it is tried each minute to have it on three.
 */
final class NatsLease implements LeaseStore {
    private static final String KEY = "leader";
    private static final int WRONG_REVISION = 10071;
    private static final int NO_STREAM = 10059;
    /** Too few servers for so many copies; not a cluster. */
    private static final List<Integer> TOO_FEW = List.of(10005, 10074);

    private static final int REPLICAS = 3;
    private static final long RAISE_NS = 60_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(ControlBus.class);

    private final Supplier<Connection> connections;
    private final String bucket;
    private final Duration length;
    private final KeyValueOptions options;
    private final LongSupplier clockNs;
    /** Of the connection that the bucket was seen over; null before. */
    private KeyValue known;
    /** Whether the bucket is known to be on as many servers as it should. */
    private boolean whole;

    private long triedNs;

    /**
     * @param connections gives the connection there is now, null for none
     * @param clockNs a clock that only rises
     */
    NatsLease(Supplier<Connection> connections, String bucket, Duration length, Duration wait, LongSupplier clockNs) {
        this.clockNs = clockNs;
        this.triedNs = clockNs.getAsLong() - RAISE_NS;
        this.connections = connections;
        this.bucket = bucket;
        this.length = length;
        this.options = KeyValueOptions.builder()
                .jetStreamOptions(
                        JetStreamOptions.builder().requestTimeout(wait).build())
                .build();
    }

    private interface Question<T> {
        T ask(KeyValue entries) throws IOException, JetStreamApiException, InterruptedException;
    }

    @Override
    public Entry read() throws IOException {
        return ask(entries -> {
            KeyValueEntry entry = entries.get(KEY);
            return entry == null ? null : new Entry(entry.getRevision(), entry.getValue());
        });
    }

    @Override
    public long create(byte[] value) throws IOException {
        return ask(entries -> unlessTaken(() -> entries.create(KEY, value)));
    }

    @Override
    public long update(byte[] value, long revision) throws IOException {
        return ask(entries -> unlessTaken(() -> entries.update(KEY, value, revision)));
    }

    @Override
    public void remove(long revision) throws IOException {
        ask(entries -> unlessTaken(() -> {
            entries.delete(KEY, revision);
            return 0;
        }));
    }

    private interface Write {
        long make() throws IOException, JetStreamApiException;
    }

    private static long unlessTaken(Write write) throws IOException, JetStreamApiException {
        try {
            return write.make();
        } catch (JetStreamApiException refused) {
            if (refused.getApiErrorCode() == WRONG_REVISION) {
                return TAKEN;
            }
            throw refused;
        }
    }

    private <T> T ask(Question<T> question) throws IOException {
        Connection connection = connections.get();
        if (connection == null) {
            throw new IOException("there is no connection to NATS");
        }
        try {
            if (known == null) {
                known = entries(connection);
            }
            T answer = question.ask(known);
            raise(connection);
            return answer;
        } catch (JetStreamApiException refused) {
            known = null;
            whole = false;
            throw new IOException(refused.getMessage(), refused);
        } catch (IllegalStateException gone) {
            known = null;
            throw new IOException(gone.getMessage(), gone);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private KeyValue entries(Connection connection) throws IOException, JetStreamApiException, InterruptedException {
        KeyValueStatus there;
        try {
            there = connection.keyValueManagement(options).getStatus(bucket);
        } catch (JetStreamApiException none) {
            if (none.getApiErrorCode() != NO_STREAM) {
                throw none;
            }
            there = make(connection);
        }
        if (!length.equals(there.getTtl())) {
            throw new IOException("the entries of NATS's bucket " + bucket + " last for "
                    + there.getTtl().toMillis()
                    + " ms, and " + length.toMillis()
                    + " ms are configured: give all mixers the same mixer.lease, and to"
                    + " change it stop them and remove the bucket (nats kv del " + bucket + ")");
        }
        return connection.keyValue(bucket, options);
    }

    /** A bucket that was made while a server was missing would be gone with the only one that has it. */
    private void raise(Connection connection) throws InterruptedException {
        if (whole || clockNs.getAsLong() - triedNs < RAISE_NS) {
            return;
        }
        triedNs = clockNs.getAsLong();
        if (!isOfMany(connection.getServerInfo())) {
            return;
        }
        try {
            KeyValueManagement management = connection.keyValueManagement(options);
            KeyValueConfiguration there = management.getStatus(bucket).getConfiguration();
            if (there.getReplicas() < REPLICAS) {
                management.update(
                        KeyValueConfiguration.builder(there).replicas(REPLICAS).build());
                LOG.info("NATS keeps the bucket {} on {} servers from now on", bucket, REPLICAS);
            }
            whole = true;
        } catch (JetStreamApiException | IOException | IllegalStateException notNow) {
            // what was asked is answered; this is tried again in a minute
            LOG.debug("NATS's bucket {} stays on one server: {}", bucket, notNow.getMessage());
        }
    }

    /** A server that stands alone takes the three for granted, and answers nothing about the bucket once it was restarted (2.9). */
    private static boolean isOfMany(ServerInfo server) {
        return server != null
                && server.getCluster() != null
                && !server.getCluster().isEmpty();
    }

    private KeyValueStatus make(Connection connection) throws IOException, JetStreamApiException {
        try {
            return connection.keyValueManagement(options).create(configuration(REPLICAS));
        } catch (JetStreamApiException refused) {
            if (!TOO_FEW.contains(refused.getApiErrorCode())) {
                throw refused;
            }
            return connection.keyValueManagement(options).create(configuration(1));
        }
    }

    private KeyValueConfiguration configuration(int replicas) {
        return KeyValueConfiguration.builder()
                .name(bucket)
                .maxHistoryPerKey(1)
                .ttl(length)
                .storageType(StorageType.File)
                .replicas(replicas)
                .build();
    }
}
