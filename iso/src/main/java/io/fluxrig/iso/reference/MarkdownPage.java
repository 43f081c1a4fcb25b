package io.fluxrig.iso.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** Blocks as GitHub's Markdown; whatever is in their texts stands there as text. */
final class MarkdownPage {
    /** The first line of each. */
    static final String MARK = "<!-- fluxrig spec doc -->\n";

    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_{}\\[\\]<>|~#&!]");
    private static final Pattern TICKS = Pattern.compile("`+");

    private final StringBuilder out = new StringBuilder();

    private MarkdownPage() {}

    static String of(List<Block> blocks) {
        MarkdownPage page = new MarkdownPage();
        page.out.append(MARK).append('\n');
        blocks.forEach(page::block);
        return page.out.toString();
    }

    private void block(Block block) {
        if (block instanceof Block.Heading heading) {
            if (!heading.id().isEmpty()) {
                out.append("<a id=\"").append(heading.id()).append("\"></a>\n\n");
            }
            out.append("#".repeat(heading.level()))
                    .append(' ')
                    .append(text(heading.text()))
                    .append("\n\n");
        } else if (block instanceof Block.Words words) {
            out.append(cell(words.text(), false)).append("\n\n");
        } else if (block instanceof Block.Facts facts) {
            facts.rows()
                    .forEach(row -> out.append("- ")
                            .append(cell(row.get(0), false))
                            .append(": ")
                            .append(cell(row.get(1), false))
                            .append('\n'));
            out.append('\n');
        } else if (block instanceof Block.Grid grid) {
            row(grid.head());
            out.append("|")
                    .append(String.join("|", Collections.nCopies(grid.head().size(), "---")))
                    .append("|\n");
            grid.rows().forEach(this::row);
            out.append('\n');
        }
    }

    private void row(List<Cell> cells) {
        List<String> texts = new ArrayList<>();
        cells.forEach(each -> texts.add(cell(each, true)));
        out.append("| ").append(String.join(" | ", texts)).append(" |\n");
    }

    private static String cell(Cell cell, boolean inTable) {
        StringBuilder text = new StringBuilder();
        for (Cell.Span span : cell.spans()) {
            if (span.look() == Cell.Look.ANCHOR) {
                text.append("<a id=\"").append(span.target()).append("\"></a>");
                continue;
            }
            String written = switch (span.look()) {
                case CODE -> code(span.text(), inTable);
                case BREAK -> "<br>";
                default -> text(span.text());
            };
            text.append(span.target().isEmpty() ? written : "[" + written + "](#" + span.target() + ")");
        }
        return text.toString();
    }

    private static String text(String text) {
        String escaped = SPECIAL.matcher(Plain.line(text)).replaceAll("\\\\$0");
        // A line that begins so would be a list or a rule.
        return escaped.replaceFirst("^([-+=]+|[0-9]+[.)])(?=\\s|$)", "&#8203;$1");
    }

    /** Between more backticks than stand in a row in it; a bar would end the cell of a table. */
    private static String code(String text, boolean inTable) {
        String line = inTable ? Plain.line(text).replace("|", "\\|") : Plain.line(text);
        int most = TICKS.matcher(line)
                .results()
                .mapToInt(run -> run.end() - run.start())
                .max()
                .orElse(0);
        String fence = "`".repeat(most + 1);
        String room = most > 0 ? " " : "";
        return line.isBlank() ? "" : fence + room + line + room + fence;
    }
}
