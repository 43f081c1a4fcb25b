package io.fluxrig.iso.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Blocks as one HTML file that needs no other: light, dark and on paper; whatever is in their texts stands there as text. */
final class HtmlPage {
    /** Stands in the first line or two of each. */
    static final String MARK = "<meta name=generator content='fluxrig spec doc'>";

    private final StringBuilder out = new StringBuilder(64 * 1024);

    private HtmlPage() {}

    static String of(String title, List<Block> blocks) {
        HtmlPage page = new HtmlPage();
        page.out
                .append(
                        "<!doctype html>\n<html lang=en><head><meta charset=utf-8>" + MARK
                                + "<meta name=viewport content='width=device-width,initial-scale=1'>"
                                + "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>")
                .append(text(title))
                .append("</title><style>")
                .append(style())
                .append("</style></head><body>\n");
        page.contents(title, blocks);
        page.out.append("<main>\n");
        blocks.forEach(page::block);
        return page.out.append("</main></body></html>\n").toString();
    }

    private static String style() {
        try (InputStream in = HtmlPage.class.getResourceAsStream("reference.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Chapters, and below them what has a name to be found by. */
    private void contents(String title, List<Block> blocks) {
        out.append("<nav aria-label=Contents><a class=top href='#top'>")
                .append(text(title))
                .append("</a><ul>");
        boolean below = false;
        boolean first = true;
        for (Block block : blocks) {
            if (!(block instanceof Block.Heading heading)
                    || heading.level() == 1
                    || heading.id().isEmpty()) {
                continue;
            }
            boolean deep = heading.level() > 2;
            out.append(deep == below ? first ? "" : "</li>" : deep ? "<ul>" : "</li></ul></li>")
                    .append("<li><a href='#")
                    .append(heading.id())
                    .append("'>")
                    .append(text(heading.text()))
                    .append("</a>");
            below = deep;
            first = false;
        }
        out.append(below ? "</li></ul></li></ul></nav>\n" : "</li></ul></nav>\n");
    }

    private void block(Block block) {
        if (block instanceof Block.Heading heading) {
            String id = heading.id().isEmpty() ? "" : " id='" + heading.id() + "'";
            out.append("<h").append(heading.level()).append(id).append('>');
            out.append(text(heading.text()))
                    .append("</h")
                    .append(heading.level())
                    .append(">\n");
        } else if (block instanceof Block.Words words) {
            out.append("<p>").append(cell(words.text())).append("</p>\n");
        } else if (block instanceof Block.Facts facts) {
            out.append("<dl>");
            facts.rows()
                    .forEach(row -> out.append("<dt>")
                            .append(cell(row.get(0)))
                            .append("</dt><dd>")
                            .append(cell(row.get(1)))
                            .append("</dd>"));
            out.append("</dl>\n");
        } else if (block instanceof Block.Grid grid) {
            grid(grid);
        }
    }

    private void grid(Block.Grid grid) {
        boolean matrix = grid.shape() == Block.Shape.MATRIX;
        out.append("<div class=scroll><table")
                .append(matrix ? " class=matrix" : "")
                .append("><thead><tr>");
        grid.head()
                .forEach(cell -> out.append("<th scope=col>").append(cell(cell)).append("</th>"));
        out.append("</tr></thead><tbody>\n");
        for (List<Cell> row : grid.rows()) {
            out.append("<tr><th scope=row>").append(cell(row.get(0))).append("</th>");
            row.subList(1, row.size())
                    .forEach(cell -> out.append("<td>").append(cell(cell)).append("</td>"));
            out.append("</tr>\n");
        }
        out.append("</tbody></table></div>\n");
    }

    private static String cell(Cell cell) {
        StringBuilder html = new StringBuilder();
        for (Cell.Span span : cell.spans()) {
            if (span.look() == Cell.Look.ANCHOR) {
                html.append("<a id='").append(span.target()).append("'></a>");
                continue;
            }
            String text = text(span.text());
            String written = switch (span.look()) {
                case TEXT -> text;
                case CODE -> "<code>" + text + "</code>";
                case MARK -> "<b class=mark>" + text + "</b>";
                case ASIDE -> "<small>" + text + "</small>";
                case BREAK, ANCHOR -> "<br>";
            };
            html.append(span.target().isEmpty() ? written : "<a href='#" + span.target() + "'>" + written + "</a>");
        }
        return html.toString();
    }

    private static String text(String text) {
        return Plain.line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
