package io.fluxrig.iso.packager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jpos.iso.ISOException;

/** Made-up packagers and messages, in jPOS and here. */
class RandomPackagerTest {
    /** What jPOS does not read as it wrote it, or what is not text in both. */
    private static final Set<String> LEFT_OUT = Set.of(
            "IF_NOP",
            "IFA_LLBNUM",
            "IFE_BINARY",
            "IFE_LLLEBINARY",
            "IFEB_LLLNUM",
            "IFA_AMOUNT2003",
            "IFB_AMOUNT2003",
            "IFB_AMOUNT",
            "IFB_HEX");

    private static final List<FieldClass> ROWS = rows();

    private static List<FieldClass> rows() {
        List<FieldClass> rows = new ArrayList<>();
        FieldClass.all().forEach(row -> {
            if (!LEFT_OUT.contains(row.name())) {
                rows.add(row);
            }
        });
        rows.sort((a, b) -> a.name().compareTo(b.name()));
        return rows;
    }

    /** A packager, and a value for each of its fields and parts. */
    private static final class Made {
        final StringBuilder fields = new StringBuilder();
        final Map<String, String> values = new TreeMap<>();
        final Random random;

        Made(long seed) {
            random = new Random(seed);
            for (int number = 2; number <= 128; number += 1 + random.nextInt(12)) {
                if (random.nextInt(8) == 0) {
                    parts(number);
                } else {
                    field(Integer.toString(number), Integer.toString(number), random.nextInt(4) > 0);
                }
            }
        }

        private void field(String id, String path, boolean present) {
            FieldClass row = ROWS.get(random.nextInt(ROWS.size()));
            int length = 1 + random.nextInt(row.prefix().endsWith(".L") ? 9 : 40);
            boolean pad = random.nextBoolean();
            fields.append(JposPeer.field(id, row.name(), length, pad));
            boolean whole = row.isFixed() && row.fill().isEmpty();
            if (present) {
                values.put(path, value(row, whole ? length : 1 + random.nextInt(length)));
            }
        }

        private void parts(int number) {
            boolean bitmap = random.nextBoolean();
            fields.append("<isofieldpackager id=\"" + number + "\" name=\"p\" length=\"999\" ")
                    .append("class=\"org.jpos.iso.IFA_LLLBINARY\" packager=\"org.jpos.iso.packager.")
                    .append("GenericSubFieldPackager\" ")
                    .append(bitmap ? "bitmapField=\"0\">" : "emitBitmap=\"false\" firstField=\"1\">");
            if (bitmap) {
                fields.append(JposPeer.field("0", random.nextBoolean() ? "IFB_BITMAP" : "IFA_BITMAP", 8, false));
            }
            int last = 1 + random.nextInt(6);
            for (int part = 1; part <= last; part++) {
                boolean present = !bitmap || part == last || random.nextBoolean();
                field(Integer.toString(part), number + "." + part, present);
            }
            fields.append("</isofieldpackager>\n");
        }

        private String value(FieldClass row, int count) {
            if (row.type().equals("Binary")) {
                byte[] bytes = new byte[count];
                random.nextBytes(bytes);
                return "#" + JposPeer.HEX.formatHex(bytes);
            }
            boolean text = row.type().equals("String") && !row.name().contains("NUM");
            String letters = text ? "ABCXYZabcxyz0123456789.,-/ " : "0123456789";
            StringBuilder value = new StringBuilder();
            for (int i = 0; i < count; i++) {
                value.append(letters.charAt(random.nextInt(letters.length())));
            }
            if (row.type().equals("x+n")) {
                value.setCharAt(0, 'D');
            }
            return value.toString();
        }
    }

    @Property(tries = 300)
    void shouldReadAndWriteWhatJposWrites(@ForAll long seed) throws ISOException {
        Made made = new Made(seed);
        JposPeer peer = new JposPeer(made.fields.toString());
        assertThat(peer.dialect.whole()).as("%s", peer.dialect.notes()).isTrue();

        byte[] wire = peer.packed(made.values);
        String hex = JposPeer.HEX.formatHex(wire);

        for (String path : made.values.keySet()) {
            assertThat(peer.decoded(wire, path))
                    .as("%s of %s in %s", path, hex, peer.xml)
                    .isEqualToIgnoringCase(peer.unpacked(wire, path));
        }
        assertThat(peer.encoded(made.values)).as(peer.xml).isEqualTo(hex);
    }
}
