package io.fluxrig.load.report;

import java.util.List;
import java.util.Locale;

/**
 * Lines over two axes as inline SVG; colours come from the page's style sheet ({@code s0}, {@code s1} ...), so it follows
 * light and dark. Each point carries its value for whoever points at it.
 *
 * @param nothing what is written where no series has a point: why there is none
 */
record LineChart(String title, Axis x, Axis y, List<Series> series, String nothing) {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 280;
    private static final int LEFT = 64;
    /** Room for the half of a label that stands at the very end. */
    private static final int RIGHT = 32;

    private static final int TOP = 12;
    private static final int BOTTOM = 30;

    /** @param colour of the style sheet, from 0 */
    record Series(int colour, String name, List<Point> points) {}

    record Point(double x, double y, String text) {}

    String svg() {
        StringBuilder out = new StringBuilder(16 * 1024);
        out.append("<figure><figcaption>").append(Html.escape(title)).append("</figcaption><div class=legend>");
        for (Series line : series) {
            out.append("<span class=s").append(line.colour()).append("><i></i>");
            out.append(Html.escape(line.name())).append("</span>");
        }
        out.append("</div><div class=scroll><svg viewBox='0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("' role=img aria-label='");
        out.append(Html.escape(title)).append("'>");
        grid(out);
        series.forEach(line -> line(out, line));
        if (series.stream().allMatch(line -> line.points().isEmpty())) {
            out.append("<text class=nothing x=")
                    .append((LEFT + WIDTH - RIGHT) / 2)
                    .append(" y=")
                    .append((TOP + HEIGHT - BOTTOM) / 2)
                    .append('>')
                    .append(Html.escape(nothing))
                    .append("</text>");
        }
        return out.append("</svg></div></figure>").toString();
    }

    private void grid(StringBuilder out) {
        for (Axis.Tick tick : y.ticks()) {
            String at = number(top(tick.value()));
            out.append("<line class=grid x1=").append(LEFT).append(" x2=").append(WIDTH - RIGHT);
            out.append(" y1=").append(at).append(" y2=").append(at).append(" />");
            out.append("<text class=y x=")
                    .append(LEFT - 8)
                    .append(" y=")
                    .append(at)
                    .append('>');
            out.append(tick.label()).append("</text>");
        }
        for (Axis.Tick tick : x.ticks()) {
            String at = number(left(tick.value()));
            out.append("<line class=grid x1=").append(at).append(" x2=").append(at);
            out.append(" y1=")
                    .append(TOP)
                    .append(" y2=")
                    .append(HEIGHT - BOTTOM)
                    .append(" />");
            out.append("<text class=x x=")
                    .append(at)
                    .append(" y=")
                    .append(HEIGHT - BOTTOM + 18)
                    .append('>');
            out.append(tick.label()).append("</text>");
        }
    }

    private void line(StringBuilder out, Series line) {
        out.append("<g class=s").append(line.colour()).append("><polyline points='");
        for (Point point : line.points()) {
            out.append(number(left(point.x())))
                    .append(',')
                    .append(number(top(point.y())))
                    .append(' ');
        }
        out.append("' />");
        for (Point point : line.points()) {
            out.append("<circle cx=")
                    .append(number(left(point.x())))
                    .append(" cy=")
                    .append(number(top(point.y())));
            out.append(" r=5><title>").append(Html.escape(point.text())).append("</title></circle>");
        }
        out.append("</g>");
    }

    private double left(double value) {
        return LEFT + x.position(value) * (WIDTH - LEFT - RIGHT);
    }

    private double top(double value) {
        return HEIGHT - BOTTOM - y.position(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
