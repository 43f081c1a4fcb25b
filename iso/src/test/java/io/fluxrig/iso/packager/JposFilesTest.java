package io.fluxrig.iso.packager;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.dialect.Dialect;
import io.fluxrig.iso.dialect.Dialects;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.iso.wire.CharClass;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.packager.GenericPackager;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packager files in the jPOS jar, as they are. */
class JposFilesTest {
    static Iterable<String> files() throws IOException {
        return JposClasses.packagerFiles();
    }

    private static byte[] content(String file) throws IOException {
        try (InputStream in = GenericPackager.class.getResourceAsStream("/" + file)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldComeToTheSameDialectFromTheFileItsYamlAndAsASource(String file, @TempDir Path directory)
            throws IOException {
        Dialect dialect = Dialects.read(file, content(file));
        assertThat(dialect.whole()).as("%s", dialect.notes()).isTrue();
        WireSpec wire = dialect.load().orThrow().wire();

        Dialect again = Dialects.read(file, dialect.yaml().getBytes(StandardCharsets.UTF_8));
        Files.write(directory.resolve("packager.xml"), content(file));
        Path spec = Files.writeString(
                directory.resolve("spec.yaml"),
                "spec: { id: a, version: 1.0.0, wire: { name: " + wire.name() + ", source: 'jpos:packager.xml' } }");

        assertThat(again.load().orThrow().wire()).isEqualTo(wire);
        assertThat(undescribed(SpecLoader.load(spec).orThrow().wire())).isEqualTo(undescribed(wire));
    }

    /** Without the names of fields and parts, which stand among the meanings in the YAML. */
    private static String undescribed(WireSpec wire) {
        Map<Integer, WireField> fields = new TreeMap<>(wire.fields());
        fields.replaceAll((number, field) -> field.described(""));
        return new WireSpec(
                        wire.name(),
                        wire.mti().described(""),
                        wire.bitmap(),
                        fields,
                        wire.limits(),
                        wire.trailing(),
                        wire.header())
                .toString()
                .replaceAll("description=[^=]*, type=", "type=");
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldReadAndWriteAMessageOfAllItsTextFields(String file) throws IOException, ISOException {
        IsoCodec codec =
                new IsoCodec(Dialects.read(file, content(file)).load().orThrow().wire());
        ISOMsg request = new ISOMsg();
        request.setPackager(new GenericPackager("jar:" + file));
        request.setMTI("0100");
        codec.spec().fields().forEach((number, field) -> {
            if (field.composite() == null && !field.type().isBytes() && number != 65) {
                String value = "1".repeat(Math.min(field.length(), 19));
                request.set(number, field.chars() == CharClass.XN ? "D" + value.substring(1) : value);
            }
        });
        byte[] wire = request.pack();
        IsoMessage message = new IsoMessage();

        assertThat(codec.decode(wire, 0, wire.length, message))
                .as("%s", codec.error())
                .isEqualTo(wire.length);
        byte[] out = new byte[wire.length];
        IsoMessage copy = new IsoMessage();
        copy.setMti(100);
        ISOMsg read = new ISOMsg();
        read.setPackager(request.getPackager());
        read.unpack(wire);
        for (int number = 2; number <= 128; number++) {
            if (message.has(number)) {
                assertThat(message.text(number)).as("DE %d", number).isEqualTo(read.getString(number));
                copy.setAscii(number, read.getString(number));
            }
        }
        assertThat(codec.encode(copy, out, 0)).as("%s", codec.error()).isEqualTo(wire.length);
        assertThat(out).isEqualTo(wire);
    }
}
