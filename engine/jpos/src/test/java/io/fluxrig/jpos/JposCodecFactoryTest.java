package io.fluxrig.jpos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.fault.Fault;
import io.fluxrig.engine.scenario.GearCatalog;
import io.fluxrig.engine.scenario.ScenarioLoad;
import io.fluxrig.engine.scenario.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jpos.iso.ISOFieldPackager;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JposCodecFactoryTest {
    private static final String DTD = "<!DOCTYPE isopackager PUBLIC '-//jPOS/jPOS Generic Packager DTD 1.0//EN'"
            + " 'http://jpos.org/dtd/generic-packager-1.0.dtd'>";
    private static final String SCENARIO = """
            meta: { name: test, version: 1.0.0 }
            gears:
              - name: terminals
                type: io_iso8583
                config: { mode: server, bind: ":0" }
              - name: decode
                type: codec_jpos
                config: { %s, spec_path: "%s", direction: decode, on_error: drop }
              - name: answer
                type: responder
                config: { default: { set: { 39: "00" } } }
              - name: encode
                type: codec_jpos
                config: { packager: org.jpos.iso.packager.ISO87BPackager, spec_path: "fluxrig:v87-ascii", direction: encode, on_error: drop }
            wires:
              - { from: terminals.out, to: decode.in }
              - { from: decode.out, to: answer.in }
              - { from: answer.out, to: encode.in }
              - { from: encode.out, to: terminals.in }
            """;

    @TempDir
    Path folder;

    private ScenarioLoad load(String config) {
        return load(config, "fluxrig:v87-ascii");
    }

    private ScenarioLoad load(String config, String spec) {
        return new ScenarioLoader(GearCatalog.installed(), name -> null)
                .load(
                        folder.resolve("test.yaml"),
                        SCENARIO.formatted(config, spec).getBytes(UTF_8));
    }

    private Fault fault(String config) {
        List<Fault> faults =
                load(config).faults().stream().filter(Fault::isError).toList();
        assertThat(faults).hasSize(1);
        return faults.get(0);
    }

    @Test
    void shouldTakeAClassOfJposOwn() {
        assertThat(load("packager: org.jpos.iso.packager.ISO87BPackager").faults())
                .isEmpty();
    }

    @Test
    void shouldTakeItsPackagerFile() throws IOException {
        Files.writeString(folder.resolve("acme.xml"), DTD + """
                <isopackager headerLength="2">
                  <isofield id="0" length="4" name="MTI" class="org.jpos.iso.IFA_NUMERIC"/>
                  <isofield id="1" length="16" name="BITMAP" class="org.jpos.iso.IFA_BITMAP"/>
                  <isofield id="11" length="6" name="STAN" class="org.jpos.iso.IFA_NUMERIC"/>
                </isopackager>
                """);
        String file = "packager: org.jpos.iso.packager.GenericPackager, config_file: acme.xml";

        assertThat(load(file).faults()).isEmpty();
        assertThat(load(file + ", header_value: '4142'").faults()).isEmpty();
        assertThat(fault(file + ", header_value: '41'").what())
                .isEqualTo("2 characters, and the packager's header length is 2");
    }

    @Test
    void shouldTellWhatIsWrongWithItsPackagerFile() throws IOException {
        Files.writeString(
                folder.resolve("acme.xml"),
                DTD + "<isopackager><isofield id='1' class='no.such.Field'/></isopackager>");

        Fault fault = fault("packager: org.jpos.iso.packager.GenericPackager, config_file: acme.xml");

        assertThat(fault.key()).isEqualTo("gears[1].config.config_file");
        assertThat(fault.what()).startsWith("org.jpos.iso.packager.GenericPackager refuses it: ");
    }

    @Test
    void shouldSayHowAClassGetsOnTheClassPath() {
        Fault fault = fault("packager: com.acme.Packager");

        assertThat(fault.key()).isEqualTo("gears[1].config.packager");
        assertThat(fault.what()).isEqualTo("no class com.acme.Packager is on the class path");
        assertThat(fault.fix()).contains("FLUXRIG_PACKS=jpos:");
    }

    @Test
    void shouldRefuseAClassThatIsNoPackager() {
        assertThat(fault("packager: java.lang.String").what())
                .isEqualTo("java.lang.String is no org.jpos.iso.ISOPackager");
        assertThat(fault("packager: org.jpos.iso.packager.VISA1Packager").what())
                .contains("no public constructor without arguments");
    }

    /** Its fields cannot be looked at. */
    public static final class Closed extends ISO87APackager {
        @Override
        public ISOFieldPackager getFieldPackager(int field) {
            throw new IllegalStateException("closed");
        }
    }

    /** Its class does not begin. */
    public static final class Unborn extends ISO87APackager {
        private static final int COUNT = Integer.parseInt("none");

        @Override
        public String getDescription() {
            return "of " + COUNT;
        }
    }

    @Test
    void shouldSayWhatAClassThrewWhileItWasMade() {
        assertThat(fault("packager: '" + Closed.class.getName() + "'").what())
                .endsWith("$Closed cannot be asked for its fields: java.lang.IllegalStateException: closed");
        assertThat(fault("packager: '" + Unborn.class.getName() + "'").what())
                .contains("$Unborn cannot be made: a static part threw java.lang.NumberFormatException: ");
    }

    @Test
    void shouldRefusePropertiesOfAClassThatTakesNone() {
        assertThat(fault("packager: org.jpos.iso.packager.ISO87BPackager, properties: { x: y }")
                        .what())
                .contains("is no org.jpos.core.Configurable");
    }

    @Test
    void shouldRefuseAHeaderOfAClassWithoutOne() {
        assertThat(fault("packager: org.jpos.iso.packager.ISO87BPackager, header_value: '41'")
                        .fix())
                .contains("protocol_header_size");
    }

    @Test
    void shouldNotTakeTheSpecsWayOfWritingTheTypeForThePackagers() {
        assertThat(load("packager: org.jpos.iso.packager.ISO87APackager", "fluxrig:v87-binary")
                        .scenario()
                        .gears()
                        .get(0)
                        .config()
                        .has("encoding"))
                .isFalse();
    }
}
