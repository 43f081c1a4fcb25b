package io.fluxrig.load.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Pieces of HTML, in the looks of the load report: light, dark and on paper. */
public final class Html {
    private static final String MARK = "<meta name=generator content='fluxrig load'>";

    private Html() {}

    /**
     * A page that needs no other file.
     *
     * @param main what stands on it, as HTML
     */
    public static String page(String title, String main) {
        return "<!doctype html><html lang=en><head><meta charset=utf-8>" + MARK
                + "<meta name=viewport content='width=device-width,initial-scale=1'><title>" + escape(title)
                + "</title><style>" + style() + "</style></head><body><main>" + main + "</main></body></html>\n";
    }

    /** Whether a file that begins so is such a page. */
    public static boolean isPage(String beginning) {
        return beginning.contains(MARK);
    }

    private static String style() {
        try (InputStream in = Html.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Names and what they are, as text. */
    public static String facts(List<List<String>> rows) {
        StringBuilder out = new StringBuilder("<dl>");
        rows.forEach(row -> out.append("<dt>")
                .append(escape(row.get(0)))
                .append("</dt><dd>")
                .append(escape(row.get(1)))
                .append("</dd>"));
        return out.append("</dl>").toString();
    }

    /** A table; the first column is its rows' headings, the others hold figures. */
    public static String table(List<String> head, List<List<String>> rows) {
        StringBuilder out = new StringBuilder("<div class=scroll><table><thead><tr>");
        head.forEach(cell -> out.append("<th>").append(escape(cell)).append("</th>"));
        out.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            out.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                String tag = i == 0 ? "th" : "td";
                out.append('<').append(tag).append('>').append(escape(row.get(i)));
                out.append("</").append(tag).append('>');
            }
            out.append("</tr>");
        }
        return out.append("</tbody></table></div>").toString();
    }
}
