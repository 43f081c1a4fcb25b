package io.fluxrig.transport.cbor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written here Jackson reads, and what Jackson writes is read here, for trees of any shape. */
class CborOracleTest {
    private static final ObjectMapper JACKSON = new ObjectMapper(new CBORFactory());

    private final byte[] dst = new byte[1 << 20];
    private final CborWriter out = new CborWriter();
    private final CborReader in = new CborReader();

    @Property(tries = 200)
    void shouldWriteWhatJacksonReads(@ForAll("trees") Object tree) throws IOException {
        out.on(dst, 0, dst.length);
        write(tree);
        byte[] written = Arrays.copyOf(dst, out.result());
        JsonNode read = JACKSON.readTree(written);
        assertThat(read).isEqualTo(JACKSON.readTree(JACKSON.writeValueAsBytes(tree)));
        assertThat(in.on(written, 0, written.length).skip()).isZero();
        assertThat(in.end()).isZero();
    }

    @Property(tries = 200)
    void shouldReadWhatJacksonWrites(@ForAll("trees") Object tree) throws IOException {
        byte[] written = writtenByJackson(sorted(tree));
        in.on(written, 0, written.length);
        Object read = read();
        assertThat(in.end()).isZero();
        assertThat(JACKSON.<JsonNode>valueToTree(read)).isEqualTo(JACKSON.valueToTree(tree));
    }

    @Property(tries = 200)
    void shouldWriteTheSameBytesInWhateverOrderEntriesCome(@ForAll("trees") Object tree) {
        out.on(dst, 0, dst.length);
        write(tree);
        byte[] once = Arrays.copyOf(dst, out.result());
        out.on(dst, 0, dst.length);
        write(sorted(tree));
        assertThat(Arrays.copyOf(dst, out.result())).isEqualTo(once);
    }

    /** Mutations of sound items: whatever the reader says, it says it without an exception. */
    @Property(tries = 1000)
    void shouldNeverThrow(@ForAll byte[] bytes) {
        in.on(bytes, 0, bytes.length).skip();
        assertThat(in.fault()).isBetween(CborFault.UNBALANCED, CborFault.NONE);
    }

    @Provide
    Arbitrary<Object> trees() {
        Arbitrary<Object> leaves = Arbitraries.oneOf(List.of(
                Arbitraries.longs().asGeneric(),
                Arbitraries.integers().between(-300, 300).map(Long::valueOf).asGeneric(),
                Arbitraries.strings().ofMaxLength(40).asGeneric(),
                Arbitraries.strings().ascii().ofMaxLength(300).asGeneric(),
                Arbitraries.of(true, false).asGeneric()));
        return Arbitraries.recursive(() -> leaves, CborOracleTest::containers, 0, 4);
    }

    private static Arbitrary<Object> containers(Arbitrary<Object> items) {
        Arbitrary<String> keys = Arbitraries.strings().alpha().numeric().ofMaxLength(30);
        return Arbitraries.oneOf(List.of(
                items.list().ofMaxSize(4).asGeneric(),
                Arbitraries.maps(keys, items).ofMaxSize(4).asGeneric(),
                Arbitraries.maps(keys, Arbitraries.just((Object) 1L))
                        .ofMaxSize(40)
                        .asGeneric()));
    }

    private void write(Object tree) {
        if (tree instanceof Long number) {
            out.integer(number);
        } else if (tree instanceof String text) {
            out.text(text);
        } else if (tree instanceof Boolean flag) {
            out.bool(flag);
        } else if (tree instanceof List<?> list) {
            out.array(list.size());
            list.forEach(this::write);
        } else {
            out.openMap();
            ((Map<?, ?>) tree).forEach((key, value) -> {
                out.entry();
                out.text((String) key);
                write(value);
            });
            out.closeMap();
        }
    }

    /** Jackson's databind writes maps of indefinite length; its generator writes definite ones if told how many entries. */
    private static byte[] writtenByJackson(Object tree) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = JACKSON.getFactory().createGenerator(bytes)) {
            generate(tree, generator);
        }
        return bytes.toByteArray();
    }

    private static void generate(Object tree, JsonGenerator to) throws IOException {
        if (tree instanceof List<?> list) {
            to.writeStartArray(list, list.size());
            for (Object item : list) {
                generate(item, to);
            }
            to.writeEndArray();
        } else if (tree instanceof Map<?, ?> map) {
            to.writeStartObject(map, map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                to.writeFieldName((String) entry.getKey());
                generate(entry.getValue(), to);
            }
            to.writeEndObject();
        } else {
            to.writePOJO(tree);
        }
    }

    private Object read() {
        switch (in.peekType()) {
            case CborType.TEXT -> {
                return string(in.text());
            }
            case CborType.ARRAY -> {
                Object[] items = new Object[in.array()];
                for (int i = 0; i < items.length; i++) {
                    items[i] = read();
                }
                return Arrays.asList(items);
            }
            case CborType.MAP -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int left = in.map(); left > 0; left--) {
                    map.put(string(in.text()), read());
                }
                return map;
            }
            case CborType.SIMPLE -> {
                return in.bool() == 1;
            }
            default -> {
                return in.integer();
            }
        }
    }

    private String string(int length) {
        return new String(in.source(), in.contentOffset(), length, StandardCharsets.UTF_8);
    }

    /** Jackson keeps the order it is given; deterministic order of ASCII keys is shorter first, then by characters. */
    private static Object sorted(Object tree) {
        if (tree instanceof List<?> list) {
            return list.stream().map(CborOracleTest::sorted).toList();
        }
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> ordered = new TreeMap<>((left, right) ->
                    left.length() != right.length() ? left.length() - right.length() : left.compareTo(right));
            map.forEach((key, value) -> ordered.put((String) key, sorted(value)));
            return ordered;
        }
        return tree;
    }
}
