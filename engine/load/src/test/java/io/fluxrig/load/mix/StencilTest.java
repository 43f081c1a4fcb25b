package io.fluxrig.load.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.wire.WireSpec;
import io.fluxrig.load.Plans;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StencilTest {
    private final Stamp stamp = new Stamp(1);

    StencilTest() {
        stamp.setTime(1_700_000_000L); // 2023-11-14 22:13:20 UTC
        stamp.set(123_456, 987_654_321_012L, 5, 42);
    }

    private static Template template(Map<Integer, String> fields) {
        return new Template("test", 1, 100, fields);
    }

    private static Stencil stencil(WireSpec spec, Map<Integer, String> fields) throws MixException {
        return new StencilCutter(spec, body -> body).cut(template(fields));
    }

    private static IsoMessage decode(WireSpec spec, byte[] bytes) {
        IsoMessage message = new IsoMessage();
        IsoCodec codec = new IsoCodec(spec);
        assertThat(codec.decode(bytes, 0, bytes.length, message))
                .as(codec.error().toString())
                .isEqualTo(bytes.length);
        return message;
    }

    @Test
    void shouldPatchAsciiAndBcdAlike() throws MixException {
        Map<Integer, String> fields = Map.of(
                2,
                "$PAN(411111,16)",
                4,
                "$RAND(100,50000)",
                7,
                "$NOW",
                11,
                "$STAN",
                12,
                "$NOW",
                37,
                "$RRN",
                41,
                "$TERM");
        for (WireSpec spec : new WireSpec[] {Plans.ASCII, Plans.BCD}) {
            IsoMessage message = decode(spec, stencil(spec, fields).next(stamp));

            assertThat(message.text(11)).as(spec.name()).isEqualTo("123456");
            assertThat(message.text(37)).isEqualTo("987654321012");
            assertThat(message.text(41)).isEqualTo("00000042");
            assertThat(message.text(7)).isEqualTo("1114221320");
            assertThat(message.text(12)).isEqualTo("221320");
            assertThat(Integer.parseInt(message.text(4))).isBetween(100, 50_000);
            assertThat(message.text(2)).startsWith("411111").hasSize(16);
        }
    }

    @Test
    void shouldMakeCardNumbersThatPassTheCheck() throws MixException {
        for (int length : new int[] {13, 16, 19}) {
            Stencil stencil = stencil(Plans.ASCII, Map.of(2, "$PAN(5," + length + ")"));
            String pan = decode(Plans.ASCII, stencil.next(stamp)).text(2);

            assertThat(pan).hasSize(length).startsWith("5");
            assertThat(luhnSum(pan) % 10).isZero();
            assertThat(stamp.panTail()).isEqualTo(Long.parseLong(pan.substring(Math.max(0, length - 17))));
        }
    }

    /** By a table, unlike the code under test. */
    private static int luhnSum(String pan) {
        int[] doubled = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
        int sum = 0;
        for (int i = 0; i < pan.length(); i++) {
            int digit = pan.charAt(i) - '0';
            sum += (pan.length() - i) % 2 == 0 ? doubled[digit] : digit;
        }
        return sum;
    }

    @Test
    void shouldChooseAmongOptionsAndWriteHex() throws MixException {
        Stencil stencil = stencil(Plans.ASCII, Map.of(22, "$ENUM(051,071,812)", 48, "id=$UUID;"));
        Set<String> modes = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            IsoMessage message = decode(Plans.ASCII, stencil.next(stamp));
            modes.add(message.text(22));
            assertThat(message.text(48)).matches("id=[0-9a-f]{32};");
        }

        assertThat(modes).containsExactlyInAnyOrder("051", "071", "812");
    }

    @Test
    void shouldRepeatMessagesOfOneSeed() throws MixException {
        Map<Integer, String> fields = Map.of(2, "$PAN(4,16)", 4, "$RAND(1,99999)");
        byte[] first = stencil(Plans.ASCII, fields).next(new Stamp(3));
        byte[] again = stencil(Plans.ASCII, fields).next(new Stamp(3));
        byte[] other = stencil(Plans.ASCII, fields).next(new Stamp(4));

        assertThat(first).isEqualTo(again).isNotEqualTo(other);
    }

    @Test
    void shouldCountSequenceFromItsStart() throws MixException {
        assertThat(decode(
                                Plans.ASCII,
                                stencil(Plans.ASCII, Map.of(37, "A$SEQ(00100)      "))
                                        .next(stamp))
                        .text(37))
                .isEqualTo("A00105      ");
    }

    @Test
    void shouldNameWhatTheSpecCannotWrite() {
        assertThatThrownBy(() -> stencil(Plans.ASCII, Map.of(11, "12AB56")))
                .isInstanceOf(MixException.class)
                .hasMessageContaining("test")
                .hasMessageContaining("11");
        assertThatThrownBy(() -> stencil(Plans.ASCII, Map.of(200, "x"))).hasMessageContaining("no field 200");
        assertThatThrownBy(() -> stencil(Plans.ASCII, Map.of(52, "no hex"))).hasMessageContaining("write hex");
        assertThatThrownBy(() -> stencil(Plans.ASCII, Map.of(4, "$CASH"))).hasMessageContaining("$CASH: no such macro");
        assertThatThrownBy(() -> stencil(Plans.ASCII, Map.of(4, "$RAND(5)"))).hasMessageContaining("is missing");
        assertThatThrownBy(() -> stencil(Plans.ASCII, Map.of(4, "$RAND(a,b)"))).hasMessageContaining("not a number");
        assertThatThrownBy(() -> stencil(Plans.ASCII, Map.of(22, "$ENUM(1,22)")))
                .hasMessageContaining("one length");
        assertThatThrownBy(() -> stencil(Plans.ASCII, Map.of(3, "$PAN(1,3)"))).hasMessageContaining("8 to 19");
        assertThatThrownBy(() -> stencil(Plans.ASCII, Map.of(41, "$NOW"))).hasMessageContaining("not length 8");
    }

    @Test
    void shouldDrawTemplatesByWeight() throws MixException {
        Mix mix = new Mix(
                "two",
                java.util.List.of(
                        new Template("often", 9, 100, Map.of(11, "$STAN")),
                        new Template("seldom", 1, 100, Map.of(11, "$STAN"))));
        Deck deck = Deck.of(mix, new StencilCutter(Plans.ASCII, body -> body));
        int[] drawn = new int[2];
        for (int i = 0; i < 10_000; i++) {
            drawn[deck.draw(stamp)]++;
        }

        assertThat(Arrays.stream(drawn).sum()).isEqualTo(10_000);
        assertThat(drawn[1]).isBetween(900, 1_100);
    }

    @Test
    void shouldKeepNoCardNumberWhenItIsWiped() throws MixException {
        Stencil stencil = stencil(Plans.ASCII, Map.of(2, "4111111111111111", 11, "$STAN"));
        byte[] frame = stencil.next(stamp);

        stencil.wipe();

        assertThat(frame).containsOnly(0);
    }
}
