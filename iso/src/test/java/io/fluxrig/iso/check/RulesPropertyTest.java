package io.fluxrig.iso.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Check;
import io.fluxrig.iso.spec.Deployment;
import io.fluxrig.iso.spec.FieldMeaning;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.iso.spec.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Generated rule sets against a plain reading of them, and generated requests against the shipped v87-ascii. */
class RulesPropertyTest {
    private static final List<Integer> FIELDS = List.of(2, 5, 17, 44, 63, 64, 66, 100, 127, 128);
    private static final List<Integer> TYPES = List.of(100, 110, 200);

    /** One entry of a usage; {@code onField} is an index below the field's own, so that no circle comes about, or -1. */
    record Entry(int type, Usage.Presence presence, int onField, String value) {
        String yaml() {
            String mti = type < 0 ? "" : "mti: [\"0" + type + "\"], ";
            String when = onField < 0 ? "" : ", when: \"" + condition() + "\"";
            return "{ " + mti + "usage: " + presence.name().toLowerCase(Locale.ROOT) + when + " }";
        }

        private String condition() {
            String field = Integer.toString(FIELDS.get(onField));
            return value.isEmpty() ? "present(" + field + ")" : "field(" + field + ") == '" + value + "'";
        }

        boolean applies(int mti, Map<Integer, String> message) {
            String there = onField < 0 ? null : message.get(FIELDS.get(onField));
            boolean holds = onField < 0 || there != null && (value.isEmpty() || there.equals(value));
            return (type < 0 || type == mti) && holds;
        }
    }

    @Provide
    Arbitrary<List<List<Entry>>> rules() {
        List<Arbitrary<List<Entry>>> fields = new ArrayList<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            Arbitrary<Entry> entry = Combinators.combine(
                            Arbitraries.of(-1, 100, 110),
                            Arbitraries.of(Usage.Presence.values()),
                            Arbitraries.integers().between(-1, i - 1),
                            Arbitraries.of("", "a", "b"))
                    .as(Entry::new);
            fields.add(entry.list().ofMaxSize(3));
        }
        return Combinators.combine(fields).as(lists -> lists);
    }

    @Provide
    Arbitrary<List<String>> values() {
        return Arbitraries.of("", "a", "b", "c").list().ofSize(FIELDS.size());
    }

    @Property(tries = 300)
    void shouldFindWhatAPlainReadingFinds(
            @ForAll("rules") List<List<Entry>> rules,
            @ForAll("values") List<String> values,
            @ForAll("closed") Set<Integer> closed) {
        MessageCheck check = new MessageCheck(spec(rules, closed));
        Map<Integer, String> message = new LinkedHashMap<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            if (!values.get(i).isEmpty()) {
                message.put(FIELDS.get(i), values.get(i));
            }
        }
        for (int mti : TYPES) {
            IsoMessage iso = new IsoMessage();
            iso.setMti(mti);
            message.forEach(iso::setAscii);
            check.check(iso);

            Set<String> expected = plain(rules, closed, mti, message);
            assertThat(check.violations().count()).isEqualTo(expected.size());
            assertThat(expected).containsAll(told(check));
        }
    }

    @Provide
    Arbitrary<Set<Integer>> closed() {
        return Arbitraries.of(FIELDS).set();
    }

    private static Set<String> told(MessageCheck check) {
        Set<String> told = new TreeSet<>();
        for (int i = 0; i < check.violations().told(); i++) {
            told.add(check.violations().get(i).toString());
        }
        assertThat(told).hasSize(check.violations().told());
        return told;
    }

    private static Set<String> plain(
            List<List<Entry>> rules, Set<Integer> closed, int mti, Map<Integer, String> message) {
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            int field = FIELDS.get(i);
            Usage.Presence presence = rules.get(i).stream()
                    .filter(entry -> entry.applies(mti, message))
                    .map(Entry::presence)
                    .findFirst()
                    .orElse(Usage.Presence.OPTIONAL);
            boolean there = message.containsKey(field);
            if (presence == Usage.Presence.MANDATORY && !there) {
                expected.add(field + " missing reject");
            }
            if (presence == Usage.Presence.FORBIDDEN && there) {
                expected.add(field + " forbidden reject");
            }
            if (closed.contains(field) && "c".equals(message.get(field))) {
                expected.add(field + " value reject");
            }
        }
        return expected;
    }

    private static Spec spec(List<List<Entry>> rules, Set<Integer> closed) {
        StringBuilder wire = new StringBuilder();
        StringBuilder meanings = new StringBuilder();
        for (int i = 0; i < FIELDS.size(); i++) {
            int field = FIELDS.get(i);
            wire.append(field).append(": { type: String, length: 9, enc: ASCII, prefix: ASCII.LL }, ");
            List<String> entries = rules.get(i).stream().map(Entry::yaml).toList();
            meanings.append(field)
                    .append(": { ")
                    .append(closed.contains(field) ? "validValues: [a, b], " : "")
                    .append("messages: ")
                    .append(entries)
                    .append(" }, ");
        }
        return SpecText.load("spec: { id: a, version: 1.0.0, wire: { source: moov:spec87ascii, fields: { " + wire
                + " } }, fields: { " + meanings + " } }");
    }

    private static final Spec V87 =
            SpecLoader.load(Deployment.file("config/specs/v87-ascii.yaml")).orThrow();
    private static final Map<Integer, String> MUST = Map.ofEntries(
            Map.entry(2, "4761739001010119"),
            Map.entry(3, "000000"),
            Map.entry(4, "000000012345"),
            Map.entry(7, "1126101500"),
            Map.entry(11, "000042"),
            Map.entry(22, "021"),
            Map.entry(25, "00"),
            Map.entry(41, "TERM0001"),
            Map.entry(42, "MERCHANT0000001"),
            Map.entry(49, "978"));
    private static final Map<Integer, String> MAY = Map.ofEntries(
            Map.entry(14, "2902"),
            Map.entry(15, "0229"),
            Map.entry(18, "5411"),
            Map.entry(19, "276"),
            Map.entry(23, "001"),
            Map.entry(32, "12345678"),
            Map.entry(35, "4761739001010119=28122011143800000"),
            Map.entry(37, "633010000042"),
            Map.entry(43, "ACME"),
            Map.entry(52, "0102030405060708"),
            Map.entry(54, "0002978C000000001000"),
            Map.entry(102, "12345"),
            Map.entry(128, "0102030405060708"));

    private final MessageCheck check = new MessageCheck(V87);

    @Provide
    Arbitrary<Set<Integer>> optional() {
        return Arbitraries.of(MAY.keySet()).set();
    }

    @Provide
    Arbitrary<Integer> mandatory() {
        return Arbitraries.of(MUST.keySet().stream().sorted().toList());
    }

    @Property(tries = 300)
    void shouldFindNothingInAValidRequestAndExactlyTheFieldThatIsTakenOut(
            @ForAll("optional") Set<Integer> optional, @ForAll("mandatory") int out) {
        IsoMessage request = new IsoMessage();
        request.setMti(100);
        MUST.forEach(request::setAscii);
        optional.forEach(field -> request.setAscii(field, MAY.get(field)));
        assertThat(check.check(request)).as(check.violations().text()).isZero();

        request.unset(out);
        check.check(request);

        FieldMeaning meaning = V87.meaning(out);
        boolean always = meaning.usage(100) != null && meaning.usage(100).presence() == Usage.Presence.MANDATORY;
        if (always) {
            assertThat(check.violations().get(0)).hasToString(out + " missing reject");
            assertThat(check.violations().count(ViolationKind.MISSING, Check.Severity.REJECT))
                    .isEqualTo(1);
        } else if (out == 2) {
            assertThat(check.violations().count()).isEqualTo(optional.contains(35) ? 0 : 1);
        } else {
            assertThat(out).isIn(4, 49);
            assertThat(check.violations().text()).contains(out + " missing reject");
        }
    }
}
