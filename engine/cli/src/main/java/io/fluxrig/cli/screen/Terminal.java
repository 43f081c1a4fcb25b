package io.fluxrig.cli.screen;

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
 * @param widthFixed columns if known beforehand, 0 to ask the terminal
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
        if (widthFixed > 0) {
            return widthFixed;
        }
        return size().columns();
    }

    /** Columns and rows now; asks the terminal, so to be called at most about once a second. */
    public Size size() {
        Size asked = live ? ask() : DEFAULT;
        return widthFixed > 0 ? new Size(widthFixed, asked.rows()) : asked;
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
