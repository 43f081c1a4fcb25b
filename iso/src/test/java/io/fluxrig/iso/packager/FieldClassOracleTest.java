package io.fluxrig.iso.packager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOFieldPackager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the table against the class in jPOS that it describes: same bytes, same values. */
class FieldClassOracleTest {
    /** What jPOS reads differently from what it wrote, or writes where nothing stands for it. */
    private static final Set<String> JPOS_DIFFERS =
            Set.of("IFB_AMOUNT2003", "IFA_AMOUNT2003", "IF_NOP", "IFE_LLLEBINARY");

    private static final int[] LENGTHS = {1, 2, 3, 7, 8, 12, 19, 40, 99};

    static Stream<Arguments> rows() {
        return StreamSupport.stream(FieldClass.all().spliterator(), false)
                .filter(row -> !JPOS_DIFFERS.contains(row.name()))
                .flatMap(row -> Stream.of(Arguments.of(row.name(), false), Arguments.of(row.name(), true)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldReadAndWriteWhatTheClassWrites(String name, boolean pad) throws ISOException {
        FieldClass row = FieldClass.of(name);
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        for (int length : LENGTHS) {
            if (length > told(row)) {
                continue; // more than the digits ahead can tell
            }
            JposPeer peer = new JposPeer(JposPeer.field("5", name, length, pad));
            boolean lost = !peer.dialect.whole();
            for (String value : lost ? List.<String>of() : values(row, length)) {
                cases++;
                String trouble = trouble(peer, row, value);
                if (trouble != null) {
                    wrong.add("length=" + length + " " + trouble);
                }
            }
        }
        assertThat(wrong).as("%s pad=%s, %d cases", name, pad, cases).isEmpty();
        assertThat(cases).isGreaterThan(2);
    }

    private static int told(FieldClass row) {
        boolean binary = row.prefix().startsWith("Binary") || row.isFixed();
        int most = binary
                ? 255
                : (int) Math.pow(10, row.prefix().length() - row.prefix().indexOf('.') - 1) - 1;
        return row.counts().equals("nibbles") ? most / 2 : most;
    }

    private static String trouble(JposPeer peer, FieldClass row, String value) throws ISOException {
        byte[] wire = peer.packed(Map.of("5", value));
        String hex = JposPeer.HEX.formatHex(wire);
        String read = peer.decoded(wire, "5");
        String jpos = peer.unpacked(wire, "5");
        if (!jpos.equalsIgnoreCase(read) && !isMisread(row)) {
            return value + " " + hex + ": jPOS reads " + jpos + ", found " + read;
        }
        if (isMisread(row) && !value.replace("#", "").equalsIgnoreCase(read)) {
            return value + " " + hex + ": found " + read;
        }
        String written = peer.encoded(Map.of("5", value));
        return written.equals(hex) ? null : value + ": jPOS writes " + hex + ", found " + written;
    }

    /** jPOS 2.1 takes the EBCDIC hex letters that it wrote for others, and a filler of F for a digit. */
    private static boolean isMisread(FieldClass row) {
        return row.name().equals("IFE_BINARY") || row.name().equals("IFEB_LLLNUM");
    }

    /** Values of every length up to the greatest where the class tells it, of that length and shorter where it is fixed. */
    private static List<String> values(FieldClass row, int length) {
        Random random = new Random(row.name().hashCode() + length);
        List<String> values = new ArrayList<>();
        for (int count = shortest(row, length); count <= length; count++) {
            boolean oddDigits = row.name().equals("IFA_LLBNUM") && count % 2 == 1;
            if (!oddDigits) {
                values.add(value(row, count, random));
            }
        }
        return values;
    }

    private static int shortest(FieldClass row, int length) {
        boolean whole = row.isFixed() && (row.fill().isEmpty() || row.type().equals("x+n"));
        return whole ? length : 1;
    }

    private static String value(FieldClass row, int count, Random random) {
        if (row.type().equals("Binary")) {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            return "#" + JposPeer.HEX.formatHex(bytes);
        }
        String letters = switch (row.name()) {
            case "IFB_HEX" -> "0123456789ABCDEF";
            case "IFE_SIGNED_NUMERIC" -> "0123456789";
            default -> row.type().equals("String") ? "ABCDEFGHIJKLMNOPQRSTUVWXYZabcxyz0123456789.,-/ " : "0123456789";
        };
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        if (row.type().equals("x+n")) {
            text.setCharAt(0, random.nextBoolean() ? 'C' : 'D');
        }
        return text.toString();
    }

    @Test
    void shouldReadEbcdicThatJposCallsBinaryAsTheTextThatItSpells() throws ISOException {
        JposPeer peer = new JposPeer(JposPeer.field("5", "IFE_LLLEBINARY", 9, false));
        byte[] wire = peer.packed(Map.of("5", "#3132AB41"));

        assertThat(peer.decoded(wire, "5")).isEqualTo("12\u00abA");
        assertThat(peer.encoded(Map.of("5", "12\u00abA"))).isEqualTo(JposPeer.HEX.formatHex(wire));
        assertThat(peer.dialect.notes().toString()).contains("IFE_LLLEBINARY");
    }

    @Test
    void shouldKnowEveryFieldPackagerOfJpos() throws Exception {
        Set<String> unknown = new TreeSet<>();
        for (Class<?> each : JposClasses.fieldPackagers()) {
            String name = each.getSimpleName();
            boolean known = FieldClass.of(name) != null
                    || TaggedClass.of(name) != null
                    || name.toUpperCase(Locale.ROOT).endsWith("_BITMAP");
            if (!known && ISOFieldPackager.class.isAssignableFrom(each)) {
                unknown.add(name);
            }
        }
        assertThat(unknown).containsExactly("IFEMC_TCC", "IFMC_TCC", "IF_TBASE", "IF_TCHAR", "IF_UNUSED");
    }
}
