package io.fluxrig.iso.reference;

import io.fluxrig.iso.spec.Check;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.wire.TrailingBytes;
import java.util.ArrayList;
import java.util.List;

/** The protocol reference of a dialect, for people who write to it or read from it. Stateless; start-up and tools only. */
public final class Reference {
    private final Spec spec;
    private final Disclosure disclosure;

    private Reference(Spec spec, Disclosure disclosure) {
        this.spec = spec;
        this.disclosure = disclosure;
    }

    /**
     * One HTML file that needs no other, and prints well; whatever stands in the spec's texts stands there as text.
     *
     * @param complete whether the reader may know what the spec calls private
     */
    public static String html(Spec spec, boolean complete) {
        return HtmlPage.of(title(spec), of(spec, complete));
    }

    /** The same as Markdown. */
    public static String markdown(Spec spec, boolean complete) {
        return MarkdownPage.of(of(spec, complete));
    }

    /** Whether a file that begins so is such a reference, of any dialect. */
    public static boolean isOne(String beginning) {
        return beginning.contains(HtmlPage.MARK) || beginning.startsWith(MarkdownPage.MARK);
    }

    private static List<Block> of(Spec spec, boolean complete) {
        return new Reference(spec, new Disclosure(spec, complete)).blocks();
    }

    private static String title(Spec spec) {
        return spec.name().isEmpty() ? spec.id() : spec.name();
    }

    private List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        FieldTitles names = new FieldTitles(spec);
        blocks.add(new Block.Heading(1, "top", title(spec)));
        blocks.add(new Block.Words(Cell.of(spec.id() + " " + spec.version() + ", sha256:" + spec.shortHash()
                + (disclosure.complete() ? ". Complete, with what the spec calls private." : "."))));
        blocks.add(envelope());
        new MessageChapters(spec, disclosure, names::name).add(blocks);
        FieldChapters fields = new FieldChapters(spec, disclosure, names::name);
        fields.add(blocks);
        fields.addValueSets(blocks);
        checks(blocks);
        return blocks;
    }

    private Block envelope() {
        List<List<Cell>> rows = new ArrayList<>();
        if (spec.wire().header() > 0) {
            rows.add(fact("Header", spec.wire().header() + " bytes ahead of the message type"));
        }
        rows.add(fact(
                "Message type",
                "4 digits, " + WireText.encoding(spec.wire().mti().enc())));
        rows.add(fact("Bitmap", WireText.bitmap(spec.wire().bitmap())));
        rows.add(fact(
                "Behind the last field",
                spec.wire().trailing() == TrailingBytes.REFUSE
                        ? "nothing may follow"
                        : "what follows is not looked at"));
        rows.add(fact("Longest message", spec.wire().limits().messageBytesMax() + " bytes"));
        return new Block.Facts(rows);
    }

    private static List<Cell> fact(String name, String value) {
        return MessageChapters.cells(name, value);
    }

    private void checks(List<Block> to) {
        List<Check> checks = disclosure.checks();
        if (checks.isEmpty()) {
            return;
        }
        to.add(new Block.Heading(2, "checks", "Checks"));
        List<List<Cell>> rows = new ArrayList<>();
        for (Check check : checks) {
            rows.add(List.of(
                    Cell.of(check.name()),
                    Cell.of(MessageChapters.mtis(check.mtis())),
                    Cell.code(check.assertion()),
                    Cell.of(check.severity() == Check.Severity.REJECT ? "is refused" : "is reported")));
        }
        to.add(new Block.Grid(
                Block.Shape.PLAIN,
                MessageChapters.cells("Check", "Messages", "What must hold", "A message that breaks it"),
                rows));
    }
}
