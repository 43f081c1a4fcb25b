package io.fluxrig.iso.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fluxrig.iso.dialect.Dialect;
import io.fluxrig.iso.dialect.Dialects;
import io.fluxrig.iso.wire.WireSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What jPOS wrote we read, with the same values; what we write from those values is what jPOS wrote. */
class JposVectorsTest {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final Map<String, JposDialect> dialects = new TreeMap<>();
    private final Map<String, IsoCodec> codecs = new TreeMap<>();
    private final IsoMessage message = new IsoMessage();
    private final byte[] out = new byte[16_384];
    private JposVectors vectors;

    @BeforeEach
    void findVectors() {
        vectors = JposVectors.find().orElse(null);
        assumeTrue(vectors != null, "no shared/vectors beside the repository: nothing to compare with");
    }

    @Test
    void shouldReadAndWriteWhatJposWrote() {
        Tally tally = new Tally();
        for (JsonNode line : vectors.lines("messages.jsonl.gz")) {
            String spec = line.get("spec").asText();
            String fault = fault(spec, line);
            tally.count(spec, line.get("name").asText(), fault);
        }
        System.out.println(tally);
        assertThat(tally.failed()).as(tally.toString()).isEqualTo(JPOS_DIFFERS.keySet());
    }

    /** Where we differ from jPOS, and why. */
    private static final Map<String, String> JPOS_DIFFERS = Map.of(
            "jpos-iso93ebcdic-custom-all_primary_long",
            "an empty secondary bitmap is copied as it came, but is no value, so values alone do not bring it back",
            "jpos-iso93ebcdic-custom-auth_pin_mac",
            "jPOS misreads EBCDIC hex letters C1 to C6, and does not write the same bytes again either",
            "jpos-iso93ebcdic-custom-auth_chip",
            "jPOS reads a header ahead of the inner bitmap that it did not write");

    private String fault(String spec, JsonNode line) {
        JposDialect dialect = dialects.computeIfAbsent(spec, s -> new JposDialect(s, vectors.packager(s)));
        IsoCodec codec = codecs.computeIfAbsent(spec, s -> new IsoCodec(dialect.wire()));
        byte[] wire = HEX.parseHex(line.get("hex").asText());
        int used = codec.decode(wire, 0, wire.length, message);
        if (used < 0) {
            return codec.error().toString();
        }
        String values = values(line.get("expected"));
        return values != null ? values : written(dialect, codec, line, wire);
    }

    private String values(JsonNode expected) {
        if (!expected.get("mti").asText().equals(message.text(0))) {
            return "mti " + message.text(0);
        }
        int count = 0;
        for (Map.Entry<String, JsonNode> field : expected.get("fields").properties()) {
            if (isNoValue(field.getValue())) {
                continue;
            }
            count++;
            String found = message.text(FieldPath.parse(field.getKey()));
            if (!field.getValue().asText().equals(found)) {
                return field.getKey() + ": expected " + field.getValue().asText() + ", found " + found;
            }
        }
        LeafCount leaves = new LeafCount();
        message.walk(leaves);
        return leaves.count - 1 == count ? null : "leaves=" + (leaves.count - 1) + " expected=" + count;
    }

    /** The third bitmap, which jPOS shows as a field, and its empty stand-in for a part 0. */
    private static boolean isNoValue(JsonNode value) {
        return value.asText().isEmpty() || value.asText().startsWith("{");
    }

    private String written(JposDialect dialect, IsoCodec codec, JsonNode line, byte[] wire) {
        if (!same(codec.encode(message, out, 3), wire)) {
            return "pristine copy differs";
        }
        if (!line.get("repack_identical").asBoolean()) {
            return null;
        }
        WireSpec w = dialect.wire();
        IsoCodec other = codecs.computeIfAbsent(
                w.name() + "'",
                s -> new IsoCodec(
                        new WireSpec(s, w.mti(), w.bitmap(), w.fields(), w.limits(), w.trailing(), w.header())));
        if (!sameBehindHeader(w.header(), other.encode(message, out, 3), wire)) {
            return "from canonical values: " + other.error() + " "
                    + HEX.formatHex(out, 3, 3 + Math.min(400, wire.length));
        }
        IsoMessage byHand = byHand(line.get("expected"));
        return sameBehindHeader(w.header(), codec.encode(byHand, out, 3), wire)
                ? null
                : "from values set: " + codec.error() + " " + HEX.formatHex(out, 3, 3 + Math.min(400, wire.length));
    }

    private boolean same(int length, byte[] wire) {
        return length == wire.length && Arrays.equals(out, 3, 3 + length, wire, 0, length);
    }

    /** A header is kept as it came; no value of the message brings it back. */
    private boolean sameBehindHeader(int header, int length, byte[] wire) {
        return length == wire.length && Arrays.equals(out, 3 + header, 3 + length, wire, header, length);
    }

    private static IsoMessage byHand(JsonNode expected) {
        IsoMessage made = new IsoMessage();
        made.setAscii(0, expected.get("mti").asText());
        for (Map.Entry<String, JsonNode> field : expected.get("fields").properties()) {
            if (!isNoValue(field.getValue())) {
                made.setAscii(FieldPath.parse(field.getKey()), field.getValue().asText());
            }
        }
        return made;
    }

    @Test
    void shouldComeToTheSameDialectFromItsOwnYaml() {
        List<String> names = vectors.packagers();
        for (String name : names) {
            Dialect dialect = new JposDialect(name, vectors.packager(name)).dialect();
            Dialect again = Dialects.read(name, dialect.yaml().getBytes(StandardCharsets.UTF_8));
            assertThat(again.load().orThrow().wire())
                    .as(name)
                    .isEqualTo(dialect.load().orThrow().wire());
            assertThat(dialect.whole()).as("%s %s", name, dialect.notes()).isTrue();
        }
        assertThat(names).hasSizeGreaterThanOrEqualTo(29);
    }

    @Test
    void shouldRefuseWhatJposRefuses() {
        Tally tally = new Tally();
        for (JsonNode line : vectors.lines("malformed.jsonl.gz")) {
            String spec = line.get("spec").asText();
            JposDialect dialect = dialects.computeIfAbsent(spec, s -> new JposDialect(s, vectors.packager(s)));
            IsoCodec codec = codecs.computeIfAbsent(spec, s -> new IsoCodec(dialect.wire()));
            byte[] wire = HEX.parseHex(line.get("hex").asText());
            int used = codec.decode(wire, 0, wire.length, message);
            boolean refused = used < 0
                    && !codec.error().path().isEmpty()
                    && codec.error().byteOffset() >= 0
                    && codec.error().byteOffset() <= wire.length;
            boolean accepts = line.path("reference_accepts").asBoolean();
            tally.count(spec, line.get("name").asText(), refused || accepts && used > 0 ? null : "used=" + used);
        }
        System.out.println(tally);
        assertThat(tally.passed()).as(tally.toString()).isEqualTo(tally.total());
    }

    private static final class LeafCount implements FieldVisitor {
        private int count;

        @Override
        public void text(Key key, byte[] value, int offset, int length) {
            count++;
        }

        @Override
        public void bytes(Key key, byte[] value, int offset, int length) {
            count += keyText(key).equals("h") ? 0 : 1;
        }

        private static String keyText(Key key) {
            byte[] text = new byte[8];
            return new String(text, 0, key.copyTo(text, 0), java.nio.charset.StandardCharsets.US_ASCII);
        }

        @Override
        public void beginTree(Key key) {}

        @Override
        public void endTree() {}
    }

    private static final class Tally {
        private final Map<String, int[]> bySpec = new TreeMap<>();
        private final Set<String> failed = new TreeSet<>();
        private final List<String> faults = new ArrayList<>();

        void count(String spec, String name, String fault) {
            int[] counts = bySpec.computeIfAbsent(spec, s -> new int[2]);
            counts[0] += fault == null ? 1 : 0;
            counts[1]++;
            if (fault != null) {
                failed.add(name);
                faults.add(name + ": " + fault);
            }
        }

        Set<String> failed() {
            return failed;
        }

        int passed() {
            return bySpec.values().stream().mapToInt(c -> c[0]).sum();
        }

        int total() {
            return bySpec.values().stream().mapToInt(c -> c[1]).sum();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            bySpec.forEach((spec, c) -> text.append(String.format("%-36s %5d of %5d%n", spec, c[0], c[1])));
            text.append(passed()).append(" of ").append(total()).append('\n');
            faults.stream().limit(60).forEach(fault -> text.append(fault).append('\n'));
            return text.toString();
        }
    }
}
