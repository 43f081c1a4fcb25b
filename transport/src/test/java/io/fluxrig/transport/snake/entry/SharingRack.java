package io.fluxrig.transport.snake.entry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.clock.VirtualClock;
import io.fluxrig.transport.entry.EntryRings;
import io.fluxrig.transport.entry.SharedEntry;
import io.fluxrig.transport.entry.SharedEntry.Verdict;
import io.fluxrig.transport.entry.SharedSender;
import io.fluxrig.transport.snake.nats.FakeBucket;
import io.fluxrig.transport.snake.nats.FakeBus;
import io.fluxrig.transport.snake.nats.SaidLines;
import io.fluxrig.transport.snake.seal.SnakeKey;
import io.fluxrig.transport.snake.seal.WireKeys;
import java.security.SecureRandom;
import java.time.Duration;

/** A rack of one strip that shares entries in a bucket in memory, and takes its turns when it is told. One thread. */
final class SharingRack {
    /** Of entries; what is opened begins with one as long. */
    static final String NAME = "4111110000000017/000042";

    static final long WAIT_NS = 250_000_000;

    final FakeBus bus = new FakeBus();
    final EntryRings rings = new EntryRings(1, 1 << 16);
    final SharedSender strip = rings.sender(0);
    final EntryFigures figures = new EntryFigures();
    final SaidLines lines = new SaidLines();
    final EntrySharer sharer;

    SharingRack(FakeBucket bucket, VirtualClock clock, String name, boolean alone, WireKeys wireKeys) {
        bus.bucket = bucket;
        EntrySettings settings = new EntrySettings("tickets", Duration.ofSeconds(60), WAIT_NS, alone);
        SnakeKey key = new SnakeKey(wireKeys);
        EntryCodec codec = new EntryCodec(key, settings.bucket(), name, new SecureRandom());
        var log = lines.log;
        EntryNames names = new EntryNames(
                settings,
                bus,
                codec,
                key,
                new BucketCare(settings, bus, Runnable::run, log),
                clock,
                () -> {},
                figures,
                log);
        sharer = new EntrySharer(
                settings,
                bus,
                rings,
                codec,
                names,
                new EntryTrouble(settings, key.advice(), clock, log),
                clock,
                figures,
                strip -> {});
    }

    SharingRack turns() {
        for (int i = 0; i < 8; i++) {
            sharer.turn();
        }
        return this;
    }

    int open(long id, String record) {
        byte[] bytes = record.getBytes(US_ASCII);
        int taken = strip.open(id, bytes, 0, bytes.length, NAME.length());
        turns();
        return taken;
    }

    void add(long id, String record) {
        strip.add(id, record.getBytes(US_ASCII), 0, record.length());
        turns();
    }

    boolean ours() {
        return strip.kept() == strip.sent() && strip.nextFound() == null;
    }

    /** The records of what the strip is told next, which is that. */
    String found(Verdict verdict) {
        SharedEntry entry = strip.nextFound();
        assertThat(entry).isNotNull();
        assertThat(entry.verdict()).isEqualTo(verdict);
        StringBuilder all = new StringBuilder();
        entry.records().forEach(each -> all.append('|').append(new String(each, US_ASCII)));
        return all.toString();
    }
}
