package io.fluxrig.iso.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Deployment;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    private static final Spec SPEC =
            SpecLoader.load(Deployment.file("config/specs/v87-ascii.yaml")).orThrow();
    private final IsoMessage message = new IsoMessage();

    @BeforeEach
    void aRequest() {
        message.setMti(100);
        message.setAscii(3, "000000");
        message.setAscii(4, "000000012345");
        message.setAscii(22, "051");
        message.setAscii(28, "D00000100");
        message.setAscii(41, "TERM0001");
        byte[] pin = HexFormat.of().parseHex("0123456789ABCDEF");
        message.setBytes(52, pin, 0, pin.length);
        byte[] amount = HexFormat.of().parseHex("000000000999");
        message.setBytes(FieldPath.parse("48.9F02"), amount, 0, amount.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "!false",
                "mti == '0100'",
                "mti == 100",
                "iso8583.mti != '0200'",
                "field(22) == '051'",
                "field(22) == \"051\"",
                "'051' == field(22)",
                "field(iso8583.field.22) == '051'",
                "pos.entry_mode == '051'",
                "field(pos.entry_mode) == '051'",
                "field(22) == 51",
                "amount == 12345",
                "amount == '12345'",
                "amount > 12344 && amount < 12346",
                "amount >= 12345 && amount <= 12345",
                "12346 > amount",
                "amount > field(28)",
                "field(28) == -100",
                "field(28) < 0",
                "field(4) != '12346'",
                "terminal.id > 'TERM0000'",
                "terminal.id < 'TERM00010'",
                "present(2) || present(41)",
                "!present(2)",
                "!(present(41) && present(2))",
                "present(41) && (present(2) || present(22))",
                "field(39) != '00'",
                "!(field(39) == '00')",
                "field(52) == '0123456789abcdef'",
                "field(52) > '0123456789ABCDEE'",
                "false || true && true",
                "  mti=='0100'&&!present(2)  "
            })
    void shouldHold(String text) throws RuleSyntaxException {
        assertThat(Condition.compile(text, SPEC).test(message)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "mti == '0110'",
                "field(22) == '51'",
                "field(39) == '00'",
                "field(39) < '99'",
                "field(39) > 0",
                "field(41) > 5",
                "amount == 1234",
                "amount < 9",
                "field(28) > 0",
                "field(52) == '0123456789ABCDEE'",
                "field(52) == 'not hex'",
                "field(52) < 'not hex'",
                "true && false || false",
                "present(39)"
            })
    void shouldNotHold(String text) throws RuleSyntaxException {
        assertThat(Condition.compile(text, SPEC).test(message)).isFalse();
    }

    @Test
    void shouldCompareChipFieldsOfPackedDigits() throws RuleSyntaxException {
        assertThat(Condition.compile("field(48.9F02) == 999", SpecNames.NUMBERS).test(message))
                .isTrue();
        assertThat(Condition.compile("field(48.9F02) == '000000000999'", SpecNames.NUMBERS)
                        .test(message))
                .isTrue();
        assertThat(Condition.compile("present(48.9F03)", SpecNames.NUMBERS).test(message))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "~~ # 1 # field(N), mti, an alias or a literal",
                "field(4) # 9 # ==, !=, <, <=, > or >=",
                "field( # 7 # a field number, a path or an alias",
                "field(4 # 8 # )",
                "field(4) = 1 # 10 # ==, !=, <, <=, > or >=",
                "field(4) == # 12 # field(N), mti, an alias or a literal",
                "field(4) == 12a # 15 # a whole number, or a literal in quotes",
                "field(22) == '05 # 17 # a closing '",
                "present(4) & present(2) # 12 # &&, || or the end",
                "(present(4) # 12 # )",
                "field(193) == 1 # 7 # a field number from 0 to 192 or a path such as 55.9F02",
                "field(150) == 1 # 7 # a field that the spec defines",
                "amuont > 5 # 1 # a known name such as amount",
                "whatever > 5 # 1 # a field that the spec names"
            })
    void shouldSayWhereAndWhatWasExpected(String text, int character, String expected) {
        RuleSyntaxException fault =
                catchThrowableOfType(RuleSyntaxException.class, () -> Condition.compile(text, SPEC));

        assertThat(fault).isNotNull();
        assertThat(fault.position() + 1).isEqualTo(character);
        assertThat(fault.expected()).isEqualTo(expected);
    }

    @Test
    void shouldRefuseEndlessConditions() {
        assertThatThrownBy(() -> Condition.compile("!".repeat(100) + "true", SPEC))
                .isInstanceOf(RuleSyntaxException.class);
        assertThatThrownBy(() -> Condition.compile("true" + " && true".repeat(1000), SPEC))
                .isInstanceOf(RuleSyntaxException.class);
    }

    @Test
    void shouldListWhatItReads() throws RuleSyntaxException {
        assertThat(Condition.compile("amount > 5 && (present(2) || field(4) == 1) && mti == 100", SPEC)
                        .reads())
                .extracting(FieldPath::toString)
                .containsExactly("4", "2", "mti");
    }

    @Test
    void shouldAllocateNothing() throws RuleSyntaxException {
        Condition condition = Condition.compile(
                "mti == '0100' && amount > 100 && terminal.id >= 'TERM' && field(52) != '00' && !present(2)", SPEC);
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        int held = tests(condition, 20_000);

        long before = threads.getCurrentThreadAllocatedBytes();
        held += tests(condition, 10_000);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(held).isEqualTo(30_000);
        assertThat(bytes).isLessThan(10_000);
    }

    private int tests(Condition condition, int times) {
        int held = 0;
        for (int i = 0; i < times; i++) {
            held += condition.test(message) ? 1 : 0;
        }
        return held;
    }
}
