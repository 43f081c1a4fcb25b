package io.fluxrig.iso.spec;

import io.fluxrig.iso.mask.MaskingText;
import io.fluxrig.iso.rule.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Holds a document against {@link SpecManifest}: unknown and missing keys, values of the wrong shape or outside their
 * range. What it reports, the readers behind it pass over without a word.
 */
final class ManifestCheck {
    static final String EXTENSION = "x-";

    private final FaultList faults;

    ManifestCheck(FaultList faults) {
        this.faults = faults;
    }

    void check(SourceNode node, SpecManifest.Value value, String path) {
        if (value instanceof SpecManifest.Either either) {
            check(node, shapeFits(node, either.first()) ? either.first() : either.second(), path);
        } else if (value instanceof SpecManifest.Branch branch) {
            branch(node, branch, path);
        } else if (value instanceof SpecManifest.Items items) {
            items(node, items, path);
        } else if (!(value instanceof SpecManifest.Anything)) {
            leaf(node, value, path);
        }
    }

    private static boolean shapeFits(SourceNode node, SpecManifest.Value value) {
        if (value instanceof SpecManifest.Branch) {
            return node instanceof SourceNode.Branch;
        }
        if (value instanceof SpecManifest.Items) {
            return node instanceof SourceNode.Series;
        }
        if (value instanceof SpecManifest.Flag) {
            return node instanceof SourceNode.Leaf leaf && isFlag(leaf);
        }
        return node instanceof SourceNode.Leaf;
    }

    private void branch(SourceNode node, SpecManifest.Branch branch, String path) {
        if (!(node instanceof SourceNode.Branch map)) {
            faults.error(node.place(), path, "expected keys and values", "indent key: value lines below it");
            return;
        }
        map.entries().forEach((name, entry) -> entry(name, entry, branch, path));
        for (SpecManifest.Key key : branch.keys().get()) {
            if (key.required() && isAbsent(map.get(key.name()))) {
                faults.error(map.place(), join(path, key.name()), "is missing", "add " + key.name() + ": " + key.doc());
            }
        }
    }

    private static boolean isAbsent(SourceNode value) {
        return value == null || value instanceof SourceNode.Leaf leaf && leaf.isNull();
    }

    private void entry(String name, SourceNode.Entry entry, SpecManifest.Branch branch, String path) {
        String at = join(path, name);
        SpecManifest.Key key = branch.key(name);
        if (key != null) {
            if (!isAbsent(entry.value())) {
                check(entry.value(), key.value(), at);
            }
        } else if (branch.others() != null && name.matches(branch.othersPattern())) {
            if (!isAbsent(entry.value())) {
                check(entry.value(), branch.others(), at);
            }
        } else if (!name.startsWith(EXTENSION)) {
            unknown(name, entry, branch, at);
        }
    }

    private void unknown(String name, SourceNode.Entry entry, SpecManifest.Branch branch, String at) {
        List<String> known = new ArrayList<>();
        branch.keys().get().forEach(key -> known.add(key.name()));
        if (known.isEmpty()) {
            faults.error(entry.place(), at, "not a key here", "expected keys like " + branch.othersPattern());
            return;
        }
        boolean wireKey =
                branch.name().equals("field") && SpecManifest.wireField().key(name) != null;
        if (wireKey) {
            faults.error(entry.place(), at, "a wire key among the meanings", "move it to spec.wire.fields");
            return;
        }
        String nearest = Spelling.nearest(name, known);
        faults.error(
                entry.place(),
                at,
                "unknown key",
                nearest == null ? "use one of " + String.join(", ", known) : "did you mean " + nearest + "?");
    }

    private void items(SourceNode node, SpecManifest.Items items, String path) {
        if (!(node instanceof SourceNode.Series series)) {
            faults.error(node.place(), path, "expected a list", "write [a, b], or - lines below it");
            return;
        }
        for (int i = 0; i < series.items().size(); i++) {
            check(series.items().get(i), items.item(), path + "[" + i + "]");
        }
    }

    private void leaf(SourceNode node, SpecManifest.Value value, String path) {
        if (!(node instanceof SourceNode.Leaf leaf)) {
            faults.error(
                    node.place(),
                    path,
                    "expected one value",
                    "write " + path.substring(path.lastIndexOf('.') + 1) + ": value on one line");
            return;
        }
        String fix = fix(leaf, value);
        if (fix != null) {
            faults.error(leaf.place(), path, "not allowed: " + shown(leaf.text()), fix);
        }
    }

    /** What to write instead, or null if the value is right. */
    private static String fix(SourceNode.Leaf leaf, SpecManifest.Value value) {
        String text = leaf.text();
        if (value instanceof SpecManifest.Text wanted) {
            if (leaf.plain() && isFlag(leaf)) {
                return "put it in quotes if it is a text";
            }
            boolean right = wanted.pattern().isEmpty() || text.matches(wanted.pattern());
            return right ? null : "write something like " + wanted.example();
        }
        if (value instanceof SpecManifest.Word wanted) {
            if (wanted.words().contains(text)) {
                return null;
            }
            String nearest = Spelling.nearest(text, wanted.words());
            return nearest == null
                    ? "use one of " + String.join(", ", wanted.words())
                    : "did you mean " + nearest + "?";
        }
        if (value instanceof SpecManifest.Whole wanted) {
            boolean right = text.matches("-?[0-9]{1,9}")
                    && Integer.parseInt(text) >= wanted.min()
                    && Integer.parseInt(text) <= wanted.max();
            return right ? null : "use a whole number from " + wanted.min() + " to " + wanted.max();
        }
        if (value instanceof SpecManifest.Flag) {
            return isFlag(leaf) ? null : "use true or false";
        }
        return text.matches("[0-9]{1,9}(ms|s|m)") ? null : "use a time such as 500ms, 30s or 2m";
    }

    private static boolean isFlag(SourceNode.Leaf leaf) {
        String text = leaf.text().toLowerCase(Locale.ROOT);
        return text.equals("true") || text.equals("false");
    }

    /** A configuration value in a message: short, and without digits that might be card data. */
    private static String shown(String text) {
        String scrubbed = MaskingText.scrub(text);
        return "'" + (scrubbed.length() > 40 ? scrubbed.substring(0, 40) + "..." : scrubbed) + "'";
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
