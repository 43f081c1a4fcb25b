package io.fluxrig.iso.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.IsoMessage;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageCheckTest {
    private final MessageCheck check = new MessageCheck(SpecLoaderTest.load("""
                    spec:
                      id: a
                      version: 1.0.0
                      wire: { source: moov:spec87ascii }
                      messages: { catalog: { "0100": {}, "0110": {} } }
                      enums:
                        entry: { closed: true, values: { "051": Chip, "021": Stripe } }
                      fields:
                        4: { alias: amount, format: { kind: amount }, messages: [ { mti: ["0100"], usage: mandatory } ] }
                        22: { values_ref: entry }
                        39: { messages: [ { mti: ["0100"], usage: forbidden }, { mti: ["0110"], usage: mandatory } ] }
                        55: { messages: [ { mti: ["0100"], usage: mandatory, when: "field(22) == '051'" } ] }
                      checks:
                        - { mti: ["0100"], name: Card, assert: "present(2) || present(35)" }
                        - { name: Amount not zero, assert: "!present(4) || amount > 0", severity: warn }
                    """).orThrow());
    private final IsoMessage message = new IsoMessage();

    @BeforeEach
    void aGoodRequest() {
        message.setMti(100);
        message.setAscii(2, "5413330089020011");
        message.setAscii(4, "000000000100");
        message.setAscii(22, "021");
    }

    @Test
    void shouldFindNothingInAGoodMessage() {
        assertThat(check.check(message)).isZero();
        assertThat(check.text()).isEmpty();
        assertThat(check.rejects()).isFalse();
    }

    @Test
    void shouldFindMissingAndForbiddenFields() {
        message.unset(4);
        message.setAscii(39, "00");

        assertThat(check.check(message)).isEqualTo(2);
        assertThat(check.text()).isEqualTo("DE 4 is missing; DE 39 is not allowed");
        assertThat(check.rejects()).isTrue();
    }

    @Test
    void shouldAskForAFieldOnlyWhenItsConditionHolds() {
        message.setAscii(22, "051");

        check.check(message);

        assertThat(check.text()).isEqualTo("DE 55 is missing");
    }

    @Test
    void shouldFindValuesOutsideOfAClosedTable() {
        message.setAscii(22, "999");

        check.check(message);

        assertThat(check.text()).isEqualTo("DE 22 has a value that is not listed");
    }

    @Test
    void shouldTellBrokenChecksAndOnlyWarnWhereTheyWarn() {
        message.setAscii(4, "000000000000");

        assertThat(check.check(message)).isEqualTo(1);
        assertThat(check.text()).isEqualTo("check Amount not zero");
        assertThat(check.rejects()).isFalse();

        message.unset(2);
        assertThat(check.check(message)).isEqualTo(2);
        assertThat(check.rejects()).isTrue();
    }

    @Test
    void shouldFindMessageTypesOutsideOfTheCatalog() {
        message.setMti(200);

        check.check(message);

        assertThat(check.text()).isEqualTo("MTI not in the catalog");
        assertThat(check.rejects()).isTrue();
    }

    @Test
    void shouldForgetTheMessageBefore() {
        message.unset(4);
        check.check(message);
        message.setAscii(4, "000000000100");

        assertThat(check.check(message)).isZero();
        assertThat(check.rejects()).isFalse();
    }

    @Test
    void shouldAllocateNothing() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        message.setAscii(39, "00");
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
            found += check.check(message);
        }
        return found;
    }
}
