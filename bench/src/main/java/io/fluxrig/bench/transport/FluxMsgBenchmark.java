package io.fluxrig.bench.transport;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.transport.cbor.CborReader;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.FluxMsgReader;
import io.fluxrig.transport.msg.FluxMsgWriter;
import io.fluxrig.transport.msg.MetaKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A message to CBOR and back with every value touched, beside Jackson databind in the same run.
 *
 * <pre>
 *   17 fields + 7 metadata + raw + path --write--> byte[] --read--> sum over all values
 * </pre>
 *
 * {@link #flyweight} writes values that lie ready and reads them where they lie; {@link #jackson} maps records, whose values
 * lie ready too. {@link #intoIsoMessage} makes the values canonical out of wire bytes as it writes, and a message again as it
 * reads: what a strip does when data must travel. Each touches every value: numbers, and length and last character of texts and bytes. The sums must be equal.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class FluxMsgBenchmark {
    private static final MetaKey[] TEXTS = {
        MetaKey.PEER_IP, MetaKey.FLUXRIG_SOURCE, MetaKey.ISO_MTI, MetaKey.CODEC_SPEC_ID, MetaKey.CODEC_SPEC_HASH
    };

    private final byte[] bytes = new byte[4096];
    private final FluxMsgWriter writer = new FluxMsgWriter();
    private final FluxMsgReader reader = new FluxMsgReader();
    private final FluxMsg message = SampleMessage.decoded();
    private final FluxMsg decoded = SampleMessage.decoded();
    private final FluxMsg read = new FluxMsg();
    private final IsoPayload payload = new IsoPayload();
    private final FluxMsgReader.DataReader touch = this::touch;
    private final FluxMsgReader.DataReader intoPayload = in -> payload.readFrom(in);
    private final byte[] value = new byte[1024];
    private long dataSum;
    private ObjectWriter jacksonWriter;
    private ObjectReader jacksonReader;
    private Mapped mapped;

    /** The message as Jackson maps it. */
    record Mapped(
            long id,
            long ts,
            byte[] raw,
            Data data,
            Map<String, String> meta,
            List<long[]> path,
            int flags,
            String trace,
            @JsonProperty("ref_id") long refId,
            @JsonProperty("src_id") int srcId) {}

    record Data(Map<String, String> iso8583) {}

    @Setup
    public void check() throws IOException {
        ObjectMapper mapper = new ObjectMapper(new CBORFactory());
        jacksonWriter = mapper.writerFor(Mapped.class);
        jacksonReader = mapper.readerFor(Mapped.class);
        int length = writer.write(decoded, bytes, 0, bytes.length);
        message.payload(new SampleMessage.Ready());
        mapped = jacksonReader.readValue(bytes, 0, length);
        long sum = flyweight();
        if (sum != jackson() || sum != intoIsoMessage()) {
            throw new IllegalStateException("the three do not read the same");
        }
    }

    @Benchmark
    public long flyweight() {
        readBack(message, touch);
        return head() + dataSum;
    }

    @Benchmark
    public long intoIsoMessage() {
        readBack(decoded, intoPayload);
        long sum = head();
        IsoMessage fields = payload.message();
        for (int field = fields.nextField(-1); field >= 0; field = fields.nextField(field)) {
            sum += field == 0 ? 3 + 'i' : key(field);
            sum += sum(value, 0, fields.copyTo(field, value, 0));
        }
        return sum;
    }

    @Benchmark
    public long jackson() throws IOException {
        Mapped back = jacksonReader.readValue(jacksonWriter.writeValueAsBytes(mapped));
        long sum = back.id + back.ts + back.flags + back.refId + back.srcId + sum(back.trace);
        sum += sum(back.raw, 0, back.raw.length);
        for (Map.Entry<String, String> entry : back.data.iso8583.entrySet()) {
            sum += sum(entry.getKey()) + sum(entry.getValue());
        }
        for (Map.Entry<String, String> entry : back.meta.entrySet()) {
            String text = entry.getValue();
            boolean number = entry.getKey().equals("conn.id") || entry.getKey().equals("peer.port");
            sum += number ? Long.parseLong(text) : sum(text);
        }
        for (long[] hop : back.path) {
            sum += hop[0] + hop[1] + hop[2];
        }
        return sum;
    }

    /** Looks at every field where it lies. */
    private void touch(CborReader in) {
        long sum = 0;
        in.map();
        in.text();
        for (int left = in.map(); left > 0; left--) {
            sum += sum(in.source(), in.text(), in);
            sum += sum(in.source(), in.text(), in);
        }
        dataSum = sum;
    }

    private void readBack(FluxMsg source, FluxMsgReader.DataReader data) {
        int length = writer.write(source, bytes, 0, bytes.length);
        int fault = reader.read(bytes, 0, length, read, data);
        if (fault != 0) {
            throw new IllegalStateException("fault=" + fault);
        }
    }

    private long head() {
        long sum = read.id() + read.tsEpochNs() + read.flags() + read.refId() + read.srcId();
        sum += trace(read.traceLo());
        sum += sum(read.raw(), read.rawOffset(), read.rawLength());
        sum += read.meta().number(MetaKey.CONN_ID, 0) + read.meta().number(MetaKey.PEER_PORT, 0);
        for (MetaKey key : TEXTS) {
            sum += sum(read.meta().text(key));
        }
        for (int hop = 0; hop < read.path().count(); hop++) {
            sum += read.path().gear(hop) + read.path().port(hop) + read.path().epochNs(hop);
        }
        return sum;
    }

    private static long sum(byte[] src, int length, CborReader in) {
        return sum(src, in.contentOffset(), length);
    }

    private static long sum(byte[] src, int offset, int length) {
        return (long) length + src[offset + length - 1];
    }

    private static long sum(String text) {
        return (long) text.length() + text.charAt(text.length() - 1);
    }

    private static long key(int number) {
        return (number < 10 ? 1L : number < 100 ? 2L : 3L) + '0' + number % 10;
    }

    /** The sum of the text of both halves: its length and its last digit. */
    private static long trace(long lo) {
        int digit = (int) lo & 0xF;
        return 32L + (digit < 10 ? '0' + digit : 'a' + digit - 10);
    }
}
