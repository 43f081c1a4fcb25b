package io.fluxrig.iso.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswerCheckTest {
    private static final Spec SPEC = SpecText.v87("""
            fields:
              2: { messages: [ { mti: ["0110"], usage: optional, response_value: echo } ] }
              4:
                format: { kind: amount }
                messages:
                  - { mti: ["0110"], usage: optional, when: "field(39) == '10'", response_value: modified }
                  - { mti: ["0110"], usage: optional, response_value: echo }
              11: { messages: [ { usage: mandatory, response_value: echo } ] }
              39: { messages: [ { mti: ["0110"], usage: mandatory, response_value: new } ] }
              43: { messages: [ { mti: ["0110"], usage: optional, response_value: echo } ] }
              55: { subfields: { "9F27": { messages: [ { mti: ["0110"], usage: optional, response_value: echo } ] } } }
            """);
    private final AnswerCheck check = new AnswerCheck(SPEC);
    private final IsoMessage request = new IsoMessage();
    private final IsoMessage answer = new IsoMessage();

    @BeforeEach
    void aRequestAndItsAnswer() {
        request.setMti(100);
        request.setAscii(2, "5413330089020011");
        request.setAscii(4, "000000000100");
        request.setAscii(11, "000001");
        request.setAscii(39, "99");
        answer.setMti(110);
        answer.setAscii(2, "5413330089020011");
        answer.setAscii(4, "000000000100");
        answer.setAscii(11, "000001");
        answer.setAscii(39, "00");
    }

    private String found() {
        check.check(answer, request);
        return check.violations().text();
    }

    @Test
    void shouldFindNothingInAnAnswerThatRepeats() {
        assertThat(check.check(answer, request)).isZero();
    }

    @Test
    void shouldFindValuesThatAreNotTheRequests() {
        answer.setAscii(2, "4761739001010119");
        answer.setAscii(11, "000002");

        assertThat(found()).isEqualTo("2 echo reject; 11 echo reject");
    }

    @Test
    void shouldFindValuesThatTheRequestDoesNotHave() {
        answer.setAscii(43, "ACME");

        assertThat(found()).isEqualTo("43 echo reject");
    }

    @Test
    void shouldSayNothingOfValuesThatTheAnswerLeavesOut() {
        answer.unset(2);

        assertThat(found()).isEmpty();
    }

    @Test
    void shouldLetAModifiedValueDifferButNotComeFromNowhere() {
        answer.setAscii(39, "10");
        answer.setAscii(4, "000000000050");
        assertThat(found()).isEmpty();

        request.unset(4);
        assertThat(found()).isEqualTo("4 echo reject");
    }

    @Test
    void shouldCompareNumbersAndFilledTextsByWhatTheyMean() {
        answer.setAscii(4, "100");
        answer.setAscii(43, "ACME      ");
        request.setAscii(43, "ACME");

        assertThat(found()).isEmpty();
    }

    @Test
    void shouldCompareValuesOfAnotherDialect() {
        Spec packed = SpecText.load("spec: { id: b, version: 1.0.0, wire: { source: fluxrig:v87-binary } }");
        IsoCodec codec = new IsoCodec(packed.wire());
        byte[] bytes = new byte[256];
        request.unset(39);
        int length = codec.encode(request, bytes, 0);
        assertThat(codec.decode(bytes, 0, length, request)).isEqualTo(length);

        assertThat(found()).isEmpty();
        answer.setAscii(2, "5413330089020029");
        assertThat(found()).isEqualTo("2 echo reject");
    }

    @Test
    void shouldComparePartsWhereBothHaveThem() {
        FieldPath part = FieldPath.parse("55.9F27");
        answer.setBytes(part, new byte[] {1}, 0, 1);
        request.setBytes(part, new byte[] {1}, 0, 1);
        assertThat(found()).isEmpty();

        request.setBytes(part, new byte[] {2}, 0, 1);
        assertThat(found()).isEqualTo("55.9F27 echo reject");
    }

    @Test
    void shouldNeedNoRequestWhereTheSpecSaysNothing() {
        AnswerCheck silent = new AnswerCheck(SpecText.v87("fields: { 39: { messages: [ { usage: mandatory } ] } }"));

        assertThat(silent.asksAbout(110)).isFalse();
        assertThat(check.asksAbout(110)).isTrue();
    }

    @Test
    void shouldAllocateNothing() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        answer.setAscii(11, "000002");
        int found = checks(20_000);

        long before = threads.getCurrentThreadAllocatedBytes();
        found += checks(10_000);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(found).isEqualTo(30_000);
        assertThat(bytes).isLessThan(10_000);
    }

    private int checks(int times) {
        int found = 0;
        for (int i = 0; i < times; i++) {
            found += check.check(answer, request);
        }
        return found;
    }
}
