package io.fluxrig.iso.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Check;
import io.fluxrig.iso.spec.Spec;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageCheckTest {
    private static final Spec SPEC = SpecText.v87("""
            messages: { catalog: { "0100": {}, "0110": {} } }
            enums:
              entry: { closed: true, values: { "051": Chip, "021": Stripe } }
              currency: { closed: false, values: { "840": Dollar } }
              cryptogram: { closed: true, values: { "80": Request, "40": Approved } }
            fields:
              2: { format: { kind: pan, luhn: true } }
              4: { alias: amount, format: { kind: amount }, messages: [ { mti: ["0100"], usage: mandatory } ] }
              7: { format: { kind: datetime, layout: MMddHHmmss } }
              14: { format: { kind: date, layout: yyMM } }
              22: { values_ref: entry }
              62: { format: { kind: numeric } }
              39: { messages: [ { mti: ["0100"], usage: forbidden }, { mti: ["0110"], usage: mandatory } ] }
              41: { messages: [ { mti: ["0110"], usage: optional }, { usage: mandatory } ] }
              43: { validValues: [ "ACME", "ACME STORE 0001" ] }
              49: { values_ref: currency }
              55:
                messages: [ { mti: ["0100"], usage: mandatory, when: "field(22) == '051'" }, { mti: ["0100"], usage: forbidden } ]
                subfields:
                  "9F26": { messages: [ { usage: mandatory } ] }
                  "9F27": { values_ref: cryptogram }
                  "9A": { format: { kind: date, layout: yyMMdd } }
            checks:
              - { mti: ["0100"], name: Card, assert: "present(2) || present(35)" }
              - { name: "Amount; \\"not\\" zero", assert: "!present(4) || amount > 0", severity: warn }
            """);
    private final MessageCheck check = new MessageCheck(SPEC);
    private final IsoMessage message = new IsoMessage();

    @BeforeEach
    void aGoodRequest() {
        message.setMti(100);
        message.setAscii(2, "5413330089020011");
        message.setAscii(4, "000000000100");
        message.setAscii(22, "021");
        message.setAscii(41, "TERM0001");
    }

    private String found() {
        check.check(message);
        return check.violations().text();
    }

    @Test
    void shouldFindNothingInAGoodMessage() {
        assertThat(check.check(message)).isZero();
        assertThat(check.violations().text()).isEmpty();
        assertThat(check.violations().reject()).isFalse();
    }

    @Test
    void shouldFindMissingAndForbiddenFields() {
        message.unset(4);
        message.setAscii(39, "00");

        assertThat(check.check(message)).isEqualTo(2);
        assertThat(check.violations().text()).isEqualTo("4 missing reject; 39 forbidden reject");
        assertThat(check.violations().reject()).isTrue();
    }

    @Test
    void shouldLetTheFirstUsageThatAppliesDecide() {
        message.unset(41);
        assertThat(found()).isEqualTo("41 missing reject");

        message.setMti(110);
        message.setAscii(39, "00");
        assertThat(found()).isEmpty();
    }

    @Test
    void shouldAskForAFieldOnlyWhenItsConditionHolds() {
        message.setAscii(22, "051");
        assertThat(found()).isEqualTo("55 missing reject");

        message.setAscii(FieldPath.parse("55.9F26"), "0102030405060708");
        assertThat(found()).isEmpty();

        message.setAscii(22, "021");
        assertThat(found()).isEqualTo("55 forbidden reject");
    }

    @Test
    void shouldAskForPartsOnlyWhereTheirFieldIs() {
        message.setAscii(22, "051");
        message.setAscii(FieldPath.parse("55.9F02"), "000000000100");

        assertThat(found()).isEqualTo("55.9F26 missing reject");
    }

    @Test
    void shouldNotAskForPartsOfWhatAnotherDialectHasAsOneText() {
        message.setAscii(22, "051");
        message.setAscii(55, "9F2608");

        assertThat(found()).isEmpty();
    }

    @Test
    void shouldFindValuesOutsideOfAClosedTable() {
        message.setAscii(22, "999");

        assertThat(found()).isEqualTo("22 value reject");
    }

    @Test
    void shouldSayNothingOfValuesOutsideOfAnOpenTable() {
        message.setAscii(49, "978");

        assertThat(found()).isEmpty();
    }

    @Test
    void shouldLookForLongAndFilledValuesInTheirTable() {
        message.setAscii(43, "ACME STORE 0001          ");
        assertThat(found()).isEmpty();
        message.setAscii(43, "ACME   ");
        assertThat(found()).isEmpty();
        message.setAscii(43, "ACME STORE 0002");
        assertThat(found()).isEqualTo("43 value reject");
    }

    @Test
    void shouldLookForRawBytesUnderTheirHexadecimalText() {
        message.setAscii(22, "051");
        message.setBytes(FieldPath.parse("55.9F26"), new byte[8], 0, 8);
        message.setBytes(FieldPath.parse("55.9F27"), new byte[] {(byte) 0x80}, 0, 1);
        assertThat(found()).isEmpty();

        message.setBytes(FieldPath.parse("55.9F27"), new byte[] {0x41}, 0, 1);
        assertThat(found()).isEqualTo("55.9F27 value reject");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 5413330089020012",
        "2, 541333008",
        "2, 54133300890200110000",
        "7, 1323082312",
        "7, 0230082312",
        "7, 1123242312",
        "7, 11230823",
        "14, 2613",
        "62, 06-12345"
    })
    void shouldFindValuesThatAreNotInTheirFormat(int field, String value) {
        message.setAscii(field, value);

        assertThat(found()).isEqualTo(field + " format reject");
    }

    @Test
    void shouldTestFormatsInsideOfFieldsAsTheWireHasThem() {
        message.setAscii(22, "051");
        message.setAscii(FieldPath.parse("55.9F26"), "0102030405060708");
        message.setAscii(FieldPath.parse("55.9A"), "231399");
        IsoCodec codec = new IsoCodec(SPEC.wire());
        byte[] bytes = new byte[512];
        int length = codec.encode(message, bytes, 0);
        assertThat(codec.decode(bytes, 0, length, message)).isEqualTo(length);

        assertThat(found()).isEqualTo("55.9A format reject");
    }

    @Test
    void shouldTellBrokenChecksAndOnlyWarnWhereTheyWarn() {
        message.setAscii(4, "000000000000");

        assertThat(check.check(message)).isEqualTo(1);
        assertThat(check.violations().text()).isEqualTo("\"Amount   not  zero\" check warn");
        assertThat(check.violations().reject()).isFalse();
        assertThat(check.violations().count(ViolationKind.CHECK, Check.Severity.WARN))
                .isEqualTo(1);

        message.unset(2);
        assertThat(check.check(message)).isEqualTo(2);
        assertThat(check.violations().reject()).isTrue();
    }

    @Test
    void shouldCompareACompositeWithTheTextItIs() throws Exception {
        Spec split = SpecText.load("""
                spec:
                  id: a
                  version: 1.0.0
                  wire:
                    source: moov:spec87ascii
                    fields:
                      3: { type: Composite, length: 6, prefix: ASCII.Fixed, subfields: { layout: position, parts: [ { tag: "1", type: Numeric, enc: ASCII, prefix: ASCII.Fixed, length: 2 }, { tag: "2", type: Numeric, enc: ASCII, prefix: ASCII.Fixed, length: 4 } ] } }
                  checks:
                    - { name: Purchase, assert: "field(3) == '000000'" }
                """);
        MessageCheck ofParts = new MessageCheck(split);
        IsoMessage read = new IsoMessage();
        for (String code : new String[] {"000000", "310000"}) {
            byte[] bytes = ("0100" + "2000000000000000" + code).getBytes(StandardCharsets.US_ASCII);
            assertThat(new IsoCodec(split.wire()).decode(bytes, 0, bytes.length, read))
                    .isPositive();
            assertThat(ofParts.check(read)).as(code).isEqualTo(code.equals("000000") ? 0 : 1);
        }
    }

    @Test
    void shouldFindMessageTypesOutsideOfTheCatalog() {
        message.setMti(200);

        assertThat(found()).isEqualTo("mti mti reject");
        assertThat(check.violations().reject()).isTrue();
    }

    @Test
    void shouldForgetTheMessageBefore() {
        message.unset(4);
        check.check(message);
        message.setAscii(4, "000000000100");

        assertThat(check.check(message)).isZero();
        assertThat(check.violations().reject()).isFalse();
        assertThat(check.violations().count(ViolationKind.MISSING, Check.Severity.REJECT))
                .isZero();
    }

    @Test
    void shouldTellSixteenAndCountTheRest() {
        StringBuilder fields = new StringBuilder("fields:\n");
        for (int field = 2; field < 22; field++) {
            fields.append("  ").append(field).append(": { messages: [ { usage: mandatory } ] }\n");
        }
        MessageCheck many = new MessageCheck(SpecText.v87(fields.toString()));
        IsoMessage empty = new IsoMessage();
        empty.setMti(100);

        assertThat(many.check(empty)).isEqualTo(20);
        assertThat(many.violations().told()).isEqualTo(16);
        assertThat(many.violations().count(ViolationKind.MISSING, Check.Severity.REJECT))
                .isEqualTo(20);
        assertThat(many.violations().text())
                .startsWith("2 missing reject; 3 ")
                .endsWith("17 missing reject; and 4 more");
    }

    @Test
    void shouldAllocateNothing() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        message.setAscii(22, "051");
        message.setAscii(FieldPath.parse("55.9F02"), "000000000100");
        message.setAscii(39, "00");
        int found = checks(20_000);

        long before = threads.getCurrentThreadAllocatedBytes();
        found += checks(10_000);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(found).isEqualTo(60_000);
        assertThat(bytes).isLessThan(10_000);
    }

    private int checks(int times) {
        int found = 0;
        for (int i = 0; i < times; i++) {
            found += check.check(message);
            found += check.violations().text().isEmpty() ? 1 : 0;
        }
        return found;
    }
}
