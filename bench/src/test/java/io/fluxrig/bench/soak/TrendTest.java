package io.fluxrig.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrendTest {
    private record Point(double x, double y) {}

    @Test
    void shouldLookAtTheSecondHalfOnly() {
        List<Point> points = List.of(at(0, 0), at(1, 500), at(2, 1000), at(3, 1000), at(4, 1000), at(5, 1000));
        assertThat(Trend.rise(points, Point::x, Point::y)).isZero();
    }

    @Test
    void shouldFindASteadyRise() {
        List<Point> points = List.of(at(0, 7), at(10, 7), at(20, 100), at(30, 120), at(40, 140));
        assertThat(Trend.slope(points, Point::x, Point::y)).isCloseTo(2, within(1e-9));
        assertThat(Trend.rise(points, Point::x, Point::y)).isCloseTo(40, within(1e-9));
    }

    @Test
    void shouldSeeNoRiseInOnePointThatIsHigh() {
        List<Point> points =
                List.of(at(0, 0), at(1, 0), at(2, 0), at(3, 0), at(4, 10), at(5, 10), at(6, 16), at(7, 10), at(8, 10));
        assertThat(Trend.rise(points, Point::x, Point::y)).isCloseTo(0, within(1e-9));
    }

    @Test
    void shouldKnowNoSlopeOfASinglePoint() {
        assertThat(Trend.rise(List.of(at(3, 5)), Point::x, Point::y)).isZero();
    }

    private static Point at(double x, double y) {
        return new Point(x, y);
    }
}
