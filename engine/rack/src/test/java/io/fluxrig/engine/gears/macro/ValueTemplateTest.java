package io.fluxrig.engine.gears.macro;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.perf.clock.VirtualClock;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTemplateTest {
    private static final Spec SPEC = SpecLoader.load(Path.of("..", "..", "config", "specs", "v87-ascii.yaml"))
            .spec();

    private final VirtualClock clock = new VirtualClock();
    private final IsoMessage request = new IsoMessage();

    @Test
    void shouldWriteLiteralsAndDollars() throws MacroSyntaxException {
        assertThat(write("00")).isEqualTo("00");
        assertThat(write("a$$b")).isEqualTo("a$b");
        assertThat(write("")).isEmpty();
    }

    @Test
    void shouldMakeCardNumbersThatPassTheCheck() throws MacroSyntaxException {
        for (int i = 0; i < 200; i++) {
            String pan = write("$PAN(412345,16)", new MacroState(clock, i, 0, 1));
            assertThat(pan).startsWith("412345").hasSize(16).matches("[0-9]+");
            assertThat(luhn(pan)).isTrue();
        }
    }

    @Test
    void shouldCountUpWithoutStripsMeeting() throws MacroSyntaxException {
        Set<String> all = new HashSet<>();
        for (int strip = 0; strip < 3; strip++) {
            MacroState state = new MacroState(clock, 1, strip, 3);
            ValueTemplate stan = compile("$STAN", 11);
            for (int i = 0; i < 100; i++) {
                assertThat(all.add(write(stan, state))).isTrue();
            }
        }
        assertThat(all).contains("000001", "000300").hasSize(300);
    }

    @Test
    void shouldCountFromStartInItsWidth() throws MacroSyntaxException {
        MacroState state = new MacroState(clock, 1, 0, 1);
        ValueTemplate template = compile("T$SEQ(0098)", 41);

        assertThat(write(template, state)).isEqualTo("T0098");
        assertThat(write(template, state)).isEqualTo("T0099");
    }

    @Test
    void shouldStayWithinRandomBoundsAndWidth() throws MacroSyntaxException {
        MacroState state = new MacroState(clock, 1, 0, 1);
        ValueTemplate template = compile("$RAND(000000000100,000000000105)", 4);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            seen.add(write(template, state));
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "000000000100", "000000000101", "000000000102", "000000000103", "000000000104", "000000000105");
    }

    @ParameterizedTest
    @CsvSource({
        "1767225600, 0101000000", // 2026-01-01T00:00:00Z
        "1709164799, 0228235959", // 2024-02-28T23:59:59Z, a leap year
        "1709164800, 0229000000",
        "951782400, 0229000000", // 2000-02-29
        "1798761599, 1231235959" // 2026-12-31T23:59:59Z
    })
    void shouldWriteTheMomentAsTheFieldWantsIt(long epochSeconds, String expected) throws MacroSyntaxException {
        clock.setEpochNanos(epochSeconds * 1_000_000_000L);

        assertThat(write(compile("$NOW", 7), new MacroState(clock, 1, 0, 1))).isEqualTo(expected);
        assertThat(write(compile("$NOW", 13), new MacroState(clock, 1, 0, 1))).isEqualTo(expected.substring(0, 4));
        assertThat(write(compile("$NOW", 12), new MacroState(clock, 1, 0, 1))).isEqualTo(expected.substring(4));
    }

    @Test
    void shouldWriteTheMomentByPattern() throws MacroSyntaxException {
        clock.setEpochNanos(1_709_164_800L * 1_000_000_000L);

        assertThat(write("$NOW(yyyy-MM-dd HH:mm:ss DDD)")).isEqualTo("2024-02-29 00:00:00 060");
    }

    @Test
    void shouldNameTheHourInReferences() throws MacroSyntaxException {
        clock.setEpochNanos(1_709_164_800L * 1_000_000_000L);

        assertThat(write("$RRN")).isEqualTo("406000000000");
    }

    @Test
    void shouldEchoTheRequestOrNothing() throws MacroSyntaxException {
        request.setAscii(11, "000123");

        assertThat(write("$ECHO(11)")).isEqualTo("000123");
        assertThat(write("$ECHO(stan)")).isEqualTo("000123");
        byte[] none = new byte[ValueTemplate.LENGTH_MAX];
        assertThat(compile("$ECHO(37)", 37).write(new MacroState(clock, 1, 0, 1), request, none, 0))
                .isEqualTo(-1);
    }

    @Test
    void shouldPickFromValues() throws MacroSyntaxException {
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            seen.add(write("$ENUM(a,b)", new MacroState(clock, seed, 0, 1)));
        }
        assertThat(seen).containsExactlyInAnyOrder("a", "b");
        assertThat(SPEC.meaning(39).values().values())
                .containsKey(write(compile("$ENUM", 39), new MacroState(clock, 1, 0, 1)));
    }

    @Test
    void shouldBreakTheMeaningButNotTheLength() throws MacroSyntaxException {
        String pan = write(compile("$INVALID", 2), new MacroState(clock, 1, 0, 1));
        assertThat(pan).hasSize(16);
        assertThat(luhn(pan)).isFalse();
        assertThat(write(compile("$INVALID", 7), new MacroState(clock, 1, 0, 1)))
                .isEqualTo("9999999999");
    }

    @Test
    void shouldMakeVersion4Uuids() throws MacroSyntaxException {
        assertThat(write("$UUID")).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void shouldRepeatUnderTheSameSeedOnly() throws MacroSyntaxException {
        String all = "$PAN(4,16)$AUTH$UUID$RAND(0,999999)";

        assertThat(write(all, new MacroState(clock, 5, 0, 1))).isEqualTo(write(all, new MacroState(clock, 5, 0, 1)));
        assertThat(write(all, new MacroState(clock, 5, 0, 1))).isNotEqualTo(write(all, new MacroState(clock, 6, 0, 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$",
                "a$",
                "$NOPE",
                "$RAND(1)",
                "$RAND(9,1)",
                "$PAN(4,5)",
                "$PAN(x,16)",
                "$SEQ(a)",
                "$ECHO",
                "$RAND(1,2"
            })
    void shouldRefuseWhatIsNoMacro(String text) {
        assertThatThrownBy(() -> compile(text, 48)).isInstanceOf(MacroSyntaxException.class);
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        }
        return sum % 10 == 0;
    }

    private ValueTemplate compile(String text, int field) throws MacroSyntaxException {
        return ValueTemplate.compile(text, FieldPath.of(field), SPEC);
    }

    private String write(String text) throws MacroSyntaxException {
        return write(text, new MacroState(clock, 1, 0, 1));
    }

    private String write(String text, MacroState state) throws MacroSyntaxException {
        return write(compile(text, 48), state);
    }

    private String write(ValueTemplate template, MacroState state) {
        byte[] bytes = new byte[ValueTemplate.LENGTH_MAX];
        int length = template.write(state, request, bytes, 0);
        return new String(bytes, 0, length, US_ASCII);
    }
}
