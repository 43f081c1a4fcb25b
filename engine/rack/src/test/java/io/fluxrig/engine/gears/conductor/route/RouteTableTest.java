package io.fluxrig.engine.gears.conductor.route;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fluxrig.engine.gears.conductor.route.RouteTable.Condition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RouteTableTest {
    private int reads;

    @Test
    void shouldTakeTheFirstRouteThatMatches() {
        RouteTable table = new RouteTable(List.of(
                List.of(on("pan", ValueMatch.Prefix.of(List.of("4111")))),
                List.of(on("pan", ValueMatch.Prefix.of(List.of("5", "4")))),
                List.of()));

        assertThat(select(table, Map.of("pan", "4111111111111111"))).isZero();
        assertThat(select(table, Map.of("pan", "4222222222222222"))).isEqualTo(1);
        assertThat(select(table, Map.of("pan", "6"))).isEqualTo(2);
        assertThat(select(table, Map.of())).isEqualTo(2);
    }

    @Test
    void shouldFindNoRouteWithoutACatchAll() {
        RouteTable table = new RouteTable(List.of(List.of(on("pan", ValueMatch.Prefix.of(List.of("4"))))));

        assertThat(select(table, Map.of("pan", "5"))).isEqualTo(RouteTable.NO_ROUTE);
        assertThat(select(table, Map.of())).isEqualTo(RouteTable.NO_ROUTE);
    }

    @Test
    void shouldNeedEveryConditionOfARoute() {
        RouteTable table = new RouteTable(List.of(List.of(
                on("pan", ValueMatch.Prefix.of(List.of("4"))), on("code", ValueMatch.OneOf.of(List.of("00", "01"))))));

        assertThat(select(table, Map.of("pan", "4", "code", "01"))).isZero();
        assertThat(select(table, Map.of("pan", "4", "code", "02"))).isEqualTo(RouteTable.NO_ROUTE);
        assertThat(select(table, Map.of("pan", "4"))).isEqualTo(RouteTable.NO_ROUTE);
    }

    @Test
    void shouldReadEachValueOnceAndSearchEachTableOnce() {
        BinTable bins = BinTableTest.table("4,a", "5,b", "6,c");
        RouteTable table = new RouteTable(List.of(
                List.of(on("pan", ValueMatch.InTable.of(bins, List.of("a")))),
                List.of(on("pan", ValueMatch.InTable.of(bins, List.of("b")))),
                List.of(on("pan", ValueMatch.InTable.of(bins, List.of())))));

        assertThat(select(table, Map.of("pan", "6111111111111111"))).isEqualTo(2);
        assertThat(reads).isEqualTo(1);
        assertThat(select(table, Map.of("pan", "5111111111111111"))).isEqualTo(1);
        assertThat(select(table, Map.of("pan", "7111111111111111"))).isEqualTo(RouteTable.NO_ROUTE);
    }

    @Test
    void shouldWipeTheValuesItRead() {
        RouteTable table = new RouteTable(List.of(List.of(on("pan", ValueMatch.Prefix.of(List.of("4"))))));
        byte[][] seen = new byte[1][];

        table.select((source, into) -> {
            seen[0] = into;
            into[0] = '4';
            into[1] = '2';
            return 2;
        });

        assertThat(seen[0]).containsOnly(0);
    }

    @Test
    void shouldWipeTheValuesItReadAlsoIfReadingFails() {
        RouteTable table = new RouteTable(List.of(List.of(on("pan", ValueMatch.Prefix.of(List.of("4"))))));
        byte[][] seen = new byte[1][];

        assertThatIllegalStateException()
                .isThrownBy(() -> table.select((source, into) -> {
                    seen[0] = into;
                    into[0] = '4';
                    throw new IllegalStateException("no more");
                }));

        assertThat(seen[0]).containsOnly(0);
    }

    @Test
    void shouldCompareRangesByLeadingDigits() {
        ValueMatch range = ValueMatch.Range.parse("510000-559999");

        assertThat(matches(range, "5100001234567890")).isTrue();
        assertThat(matches(range, "5599999999999999")).isTrue();
        assertThat(matches(range, "5600000000000000")).isFalse();
        assertThat(matches(range, "50999999")).isFalse();
        assertThat(matches(range, "51000")).isFalse();
    }

    @Test
    void shouldMatchSetsWithoutTrailingSpaces() {
        ValueMatch set = ValueMatch.OneOf.of(List.of("TERM0001", "A", "B "));

        assertThat(matches(set, "TERM0001")).isTrue();
        assertThat(matches(set, "A       ")).isTrue();
        assertThat(matches(set, "B")).isTrue();
        assertThat(matches(set, "AB")).isFalse();
        assertThat(matches(set, "")).isFalse();
    }

    @Test
    void shouldMatchTheWholeValueByRegex() {
        ValueMatch regex = ValueMatch.Regex.of("0[12]00|04\\d\\d");

        assertThat(matches(regex, "0200")).isTrue();
        assertThat(matches(regex, "0420")).isTrue();
        assertThat(matches(regex, "02001")).isFalse();
        assertThat(regex.toString()).doesNotContain("02001");
    }

    @Test
    void shouldRejectRangesThatAreNone() {
        for (String text : List.of("", "1", "1-", "a-b", "2-1", "1-22", "1-2-3")) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> ValueMatch.Range.parse(text));
        }
    }

    private static Condition on(String field, ValueMatch match) {
        return new Condition(List.of(field), match);
    }

    private static boolean matches(ValueMatch match, String value) {
        byte[] bytes = (value + "0000").getBytes(US_ASCII);
        return match.matches(bytes, value.length());
    }

    private int select(RouteTable table, Map<String, String> message) {
        reads = 0;
        return table.select((source, into) -> {
            reads++;
            String value = message.get(table.sources().get(source).get(0));
            if (value == null) {
                return -1;
            }
            byte[] bytes = value.getBytes(US_ASCII);
            System.arraycopy(bytes, 0, into, 0, bytes.length);
            return bytes.length;
        });
    }
}
