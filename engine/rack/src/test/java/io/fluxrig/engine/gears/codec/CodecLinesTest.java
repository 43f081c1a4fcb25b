package io.fluxrig.engine.gears.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gears.LogLines;
import io.fluxrig.engine.gears.SimRig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator reads of a message that cannot be decoded and that nobody gets. */
final class CodecLinesTest {
    private static final String GEARS = """
            gears:
              - { name: source, type: probe }
              - name: codec
                type: codec_iso8583
                config: { spec_path: %s, direction: decode, on_error: drop }
              - { name: sink, type: probe }
            wires:
              - { from: source.out, to: codec.in }
              - { from: codec.out, to: sink.in }
            """.formatted(SimRig.ASCII);

    /** DE 11, 39 and half of DE 41; the bitmap is 00 20 00 00 02 80 00 00. */
    private static final String CUT_SHORT = "0020000002800000" + "000123" + "00" + "TERM";

    private final LogLines lines = new LogLines("gear");
    private final SimRig rig = new SimRig(GEARS);

    @AfterEach
    void close() {
        lines.close();
    }

    private void sends(String mti) {
        rig.send("source", "out", SimRig.raw((mti + CUT_SHORT).getBytes(US_ASCII)));
    }

    @Test
    void shouldNameAnAnswerAndThatItMayBeMoney() {
        sends("0110");

        assertThat(lines.said())
                .singleElement()
                .asString()
                .startsWith("decode refused: ")
                .contains("DE 41")
                .contains(
                        " (STAN 000123), an answer: its terminal is declined, and the issuer may have approved it, whatever"
                                + " code can be read in it: find it by STAN and time in the issuer's books (conn ");
        assertThat(rig.probe("sink").seen).isEmpty();
    }

    /** A decoder whose DE 38 is too short reads DE 39 from its last digit: a code that the host never gave. */
    @Test
    void shouldTellNoCodeWhereFieldsAreReadFromTheWrongPlace() {
        String approved = "0020000002800000" + "000123" + "J" + "00" + "TERM0001";
        rig.send("source", "out", SimRig.raw(("0110" + approved).getBytes(US_ASCII)));

        assertThat(lines.said())
                .singleElement()
                .asString()
                .contains(" (STAN 000123), an answer")
                .contains("whatever code can be read in it")
                .doesNotContain("J0");
    }

    @Test
    void shouldTellHowManyWereLeftOutOnceItIsQuiet() {
        for (int i = 0; i < 38; i++) {
            sends("0110");
        }
        assertThat(lines.said()).hasSize(5);

        rig.strips.advance(11_000_000_000L);

        assertThat(lines.said())
                .hasSize(6)
                .last()
                .asString()
                .startsWith("33 more like this since ")
                .contains("decode refused");
    }

    @Test
    void shouldTellHowManyWereLeftOutWhenItStops() {
        for (int i = 0; i < 7; i++) {
            sends("0110");
        }

        rig.strips.stop();

        assertThat(lines.said()).last().asString().startsWith("2 more like this since ");
    }

    /** ASCII read as BCD: a request's 0100 is a 3031, a type that nobody uses. */
    @Test
    void shouldCallNothingAnAnswerWhoseTypeNobodyUses() {
        sends("3031");
        sends("0031");
        sends("3131");

        assertThat(lines.said()).hasSize(3).noneMatch(line -> line.contains("approved"));
    }

    @Test
    void shouldNameARequestWithoutThat() {
        sends("0100");
        sends("0810");

        assertThat(lines.said())
                .hasSize(2)
                .allMatch(line -> line.contains(" (STAN 000123) (conn "))
                .noneMatch(line -> line.contains("approved"));
    }
}
