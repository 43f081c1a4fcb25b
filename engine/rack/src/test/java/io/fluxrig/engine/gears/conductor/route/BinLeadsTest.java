package io.fluxrig.engine.gears.conductor.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BinLeadsTest {
    private static final long RESTS = BinTable.RESTS;

    private static BinLeads leads(long... lowHighValue) {
        int count = lowHighValue.length / 3;
        long[] lows = new long[count];
        long[] highs = new long[count];
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            lows[i] = lowHighValue[3 * i];
            highs[i] = lowHighValue[3 * i + 1];
            values[i] = (int) lowHighValue[3 * i + 2];
        }
        return new BinLeads(lows, highs, values);
    }

    @Test
    void shouldAnswerForLeadsThatLieInOneRangeOrInNone() {
        BinLeads table = leads(400_000 * RESTS, 400_002 * RESTS - 1, 7);

        assertThat(table.find(399_999, RESTS - 1)).isEqualTo(BinTable.NONE);
        assertThat(table.find(400_000, 0)).isEqualTo(7);
        assertThat(table.find(400_001, RESTS - 1)).isEqualTo(7);
        assertThat(table.find(400_002, 0)).isEqualTo(BinTable.NONE);
    }

    @Test
    void shouldTellRangesWithinALeadAndTheGapsBetweenThem() {
        long lead = 512_345 * RESTS;
        BinLeads table = leads(lead + 10, lead + 19, 1, lead + 20, lead + 20, 2, lead + 30, lead + RESTS + 5, 3);

        assertThat(table.find(512_345, 9)).isEqualTo(BinTable.NONE);
        assertThat(table.find(512_345, 10)).isEqualTo(1);
        assertThat(table.find(512_345, 19)).isEqualTo(1);
        assertThat(table.find(512_345, 20)).isEqualTo(2);
        assertThat(table.find(512_345, 21)).isEqualTo(BinTable.NONE);
        assertThat(table.find(512_345, RESTS - 1)).isEqualTo(3);
        assertThat(table.find(512_346, 5)).isEqualTo(3);
        assertThat(table.find(512_346, 6)).isEqualTo(BinTable.NONE);
    }

    @Test
    void shouldHoldTheLastNumberThereIs() {
        long end = Long.parseUnsignedLong("9999999999999999999");
        BinLeads table = leads(end, end, 4);

        assertThat(table.find(999_999, RESTS - 1)).isEqualTo(4);
        assertThat(table.find(999_999, RESTS - 2)).isEqualTo(BinTable.NONE);
        assertThat(table.find(0, 0)).isEqualTo(BinTable.NONE);
    }

    /** From many in one lead, which are halved, to ranges that go over many leads. */
    @Test
    void shouldAgreeWithTheRangesThemselves() {
        SplittableRandom random = new SplittableRandom(5);
        for (long step : new long[] {3, 1_000, RESTS / 50, RESTS / 3, RESTS, 700 * RESTS}) {
            int count = 900;
            long[] lows = new long[count];
            long[] highs = new long[count];
            int[] values = new int[count];
            long at = 123_456 * RESTS + random.nextLong(RESTS);
            long first = at;
            for (int i = 0; i < count; i++) {
                lows[i] = at + (random.nextBoolean() ? 0 : random.nextLong(step));
                highs[i] = lows[i] + random.nextLong(step);
                values[i] = random.nextInt(3);
                at = highs[i] + 1;
            }
            BinRows rows = new BinRows(lows, highs, values);
            BinLeads leads = new BinLeads(lows, highs, values);
            for (int i = 0; i < 50_000; i++) {
                long edge = random.nextBoolean() ? lows[random.nextInt(count)] : highs[random.nextInt(count)];
                long key = random.nextInt(4) == 0
                        ? first + random.nextLong(at - first + 10)
                        : edge + random.nextInt(3) - 1;
                int lead = (int) (key / RESTS);
                long rest = key % RESTS;
                assertThat(leads.find(lead, rest))
                        .as("step=%d key=%d", step, key)
                        .isEqualTo(rows.find(lead, rest));
            }
        }
    }
}
