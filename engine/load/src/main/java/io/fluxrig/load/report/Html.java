package io.fluxrig.load.report;

import java.util.List;

/** Pieces of HTML. */
final class Html {
    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Names and what they are, as text. */
    static String facts(List<List<String>> rows) {
        StringBuilder out = new StringBuilder("<dl>");
        rows.forEach(row -> out.append("<dt>")
                .append(escape(row.get(0)))
                .append("</dt><dd>")
                .append(escape(row.get(1)))
                .append("</dd>"));
        return out.append("</dl>").toString();
    }

    /** A table; the first column is its rows' headings, the others hold figures. */
    static String table(List<String> head, List<List<String>> rows) {
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
