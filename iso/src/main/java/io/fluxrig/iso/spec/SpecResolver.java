package io.fluxrig.iso.spec;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.rule.Condition;
import io.fluxrig.iso.rule.RuleSyntaxException;
import io.fluxrig.iso.rule.SpecNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the catalog and the checks, and tries every reference to a message type and every condition of a spec. */
final class SpecResolver {
    private final FaultList faults;
    private final RuleCircles circles;
    private SpecNames names;
    private Set<Integer> mtis = Set.of();

    SpecResolver(FaultList faults) {
        this.faults = faults;
        this.circles = new RuleCircles(faults);
    }

    Map<Integer, MessageType> catalog(SourceNode.Branch spec) {
        Map<Integer, MessageType> catalog = new LinkedHashMap<>();
        MeaningReader.each(catalogNode(spec), (key, place, node) -> {
            if (key.matches("[0-9]{4}")) {
                int mti = Integer.parseInt(key);
                catalog.put(
                        mti,
                        new MessageType(
                                mti,
                                Values.text(node, "name", ""),
                                Values.word(node, "flow", WireWords.FLOW, flowOf(mti)),
                                pair(node),
                                Values.spanMs(node, "response_timeout"),
                                Values.text(node, "note", "")));
            }
        });
        return catalog;
    }

    private static SourceNode.Branch catalogNode(SourceNode.Branch spec) {
        return Values.branch(Values.branch(spec, "messages"), "catalog");
    }

    private static int pair(SourceNode.Branch node) {
        String mti = Values.text(node, "pairs_with", "");
        return mti.matches("[0-9]{4}") ? Integer.parseInt(mti) : -1;
    }

    /** The flow that the third digit says. */
    private static MessageType.Flow flowOf(int mti) {
        return switch (mti / 10 % 10) {
            case 0 -> MessageType.Flow.REQUEST;
            case 1, 3 -> MessageType.Flow.RESPONSE;
            case 2 -> MessageType.Flow.ADVICE;
            default -> MessageType.Flow.NOTIFICATION;
        };
    }

    List<Check> checks(SourceNode.Branch spec) {
        List<Check> checks = new ArrayList<>();
        for (SourceNode item : Values.items(spec, "checks")) {
            if (item instanceof SourceNode.Branch check) {
                checks.add(new Check(
                        Values.mtis(check, "mti"),
                        Values.text(check, "name", ""),
                        Values.text(check, "assert", ""),
                        Values.word(check, "severity", WireWords.SEVERITY, Check.Severity.REJECT)));
            }
        }
        return checks;
    }

    /** Tries everything in the document that names a message type or is a condition. */
    void resolve(SpecNames names, Set<Integer> knownMtis, SourceNode.Branch document) {
        this.names = names;
        this.mtis = knownMtis;
        MeaningReader.each(
                catalogNode(document),
                (key, place, node) ->
                        mti(Values.leaf(node, "pairs_with"), "spec.messages.catalog." + key + ".pairs_with"));
        MeaningReader.each(
                Values.branch(document, "fields"), (key, place, node) -> usages(node, key, "spec.fields." + key));
        circles.report();
        List<SourceNode> checks = Values.items(document, "checks");
        for (int i = 0; i < checks.size(); i++) {
            if (checks.get(i) instanceof SourceNode.Branch check) {
                String at = "spec.checks[" + i + "]";
                mtis(check, at);
                condition(Values.leaf(check, "assert"), at + ".assert");
            }
        }
    }

    private void usages(SourceNode.Branch field, String path, String at) {
        List<SourceNode> usages = Values.items(field, "messages");
        Set<Integer> settled = new HashSet<>();
        boolean allSettled = false;
        for (int i = 0; i < usages.size(); i++) {
            if (usages.get(i) instanceof SourceNode.Branch usage) {
                String place = at + ".messages[" + i + "]";
                mtis(usage, place);
                Condition when = condition(Values.leaf(usage, "when"), place + ".when");
                List<Integer> types = Values.mtis(usage, "mti");
                if (allSettled || !types.isEmpty() && settled.containsAll(types)) {
                    faults.warning(
                            usage.place(),
                            place,
                            "never looked at: an entry above it holds for these messages always",
                            "put it above that entry, or remove it");
                }
                FieldPath parsed = path(path);
                if (when != null && parsed != null) {
                    circles.add(
                            parsed,
                            types,
                            when.reads(),
                            Values.leaf(usage, "when").place(),
                            place + ".when");
                } else if (Values.leaf(usage, "when") == null) {
                    settled.addAll(types);
                    allSettled |= types.isEmpty();
                }
            }
        }
        MeaningReader.each(
                Values.branch(field, "subfields"),
                (key, place, part) -> usages(part, path + "." + key, at + ".subfields." + key));
    }

    /** The path, or null if it is none, which {@link MeaningReader} has told. */
    private static FieldPath path(String text) {
        try {
            return FieldPath.parse(text);
        } catch (IllegalArgumentException notAPath) {
            return null;
        }
    }

    private void mtis(SourceNode.Branch node, String at) {
        for (SourceNode item : Values.items(node, "mti")) {
            if (item instanceof SourceNode.Leaf leaf) {
                mti(leaf, at + ".mti");
            }
        }
    }

    private void mti(SourceNode.Leaf leaf, String at) {
        if (leaf != null
                && leaf.text().matches("[0-9]{4}")
                && !mtis.isEmpty()
                && !mtis.contains(Integer.parseInt(leaf.text()))) {
            faults.error(
                    leaf.place(),
                    at,
                    "message " + leaf.text() + " is not in the catalog",
                    "add it to spec.messages.catalog");
        }
    }

    /** The condition, or null if there is none or it is wrong. */
    private Condition condition(SourceNode.Leaf leaf, String at) {
        if (leaf == null) {
            return null;
        }
        try {
            return Condition.compile(leaf.text(), names);
        } catch (RuleSyntaxException wrong) {
            faults.error(leaf.place(), at, String.valueOf(wrong.getMessage()), "correct the condition");
            return null;
        }
    }
}
