package io.fluxrig.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What standard output can do. The launcher says whether it is a terminal ({@code -Dfluxrig.tty=true}), since Java cannot
 * tell on every version.
 *
 * @param live lines may be drawn again
 * @param color escape sequences for colour are welcome ({@code NO_COLOR} is unset)
 * @param widthFixed columns at most ({@code COLUMNS}), 0 if nobody said
 */
public record Terminal(boolean live, boolean color, int widthFixed) {
    private static final Size DEFAULT = new Size(80, Integer.MAX_VALUE);
    private static final long ASK_TIMEOUT_MS = 300;

    /** Columns and rows. */
    public record Size(int columns, int rows) {}

    public static Terminal detect(boolean tty, Map<String, String> environment) {
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean live = tty && !dumb;
        String noColor = environment.getOrDefault("NO_COLOR", "");
        return new Terminal(live, live && noColor.isEmpty(), number(environment.get("COLUMNS")));
    }

    /** Columns now; asks the terminal, so to be called at most about once a second. */
    public int width() {
        return size().columns();
    }

    /** Columns and rows now; asks the terminal, so to be called at most about once a second. */
    public Size size() {
        return within(live ? ask() : DEFAULT);
    }

    /** Narrower where COLUMNS says so; never wider than the terminal, which would wrap every line. */
    Size within(Size asked) {
        if (widthFixed == 0) {
            return asked;
        }
        boolean known = !asked.equals(DEFAULT);
        return new Size(known ? Math.min(widthFixed, asked.columns()) : widthFixed, asked.rows());
    }

    private static Size ask() {
        try {
            Process stty = new ProcessBuilder("/bin/sh", "-c", "stty size </dev/tty 2>/dev/null").start();
            stty.getOutputStream().close();
            if (!stty.waitFor(ASK_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return DEFAULT;
            }
            try (InputStream in = stty.getInputStream()) {
                String[] size = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                        .trim()
                        .split(" ", 3);
                int rows = size.length == 2 ? number(size[0]) : 0;
                int columns = size.length == 2 ? number(size[1]) : 0;
                return columns > 0 && rows > 0 ? new Size(columns, rows) : DEFAULT;
            }
        } catch (IOException e) {
            return DEFAULT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DEFAULT;
        }
    }

    private static int number(String text) {
        return text != null && text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    }
}
