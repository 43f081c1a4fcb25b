package io.fluxrig.engine.scenario;

import io.fluxrig.engine.fault.Place;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where a key path such as {@code routes[2].match} stands in a file. */
final class NodePath {
    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[([0-9]{1,6})]");

    private NodePath() {}

    /** The place of the deepest part of the path that exists; the node's own if none does. */
    static Place find(YamlNode from, String path) {
        YamlNode node = from;
        Place place = from.place();
        Matcher step = STEP.matcher(path);
        while (node != null && step.find()) {
            if (step.group(1) != null) {
                YamlNode.Mapping.Entry entry =
                        node instanceof YamlNode.Mapping map ? map.entries().get(step.group(1)) : null;
                node = entry == null ? null : entry.value();
                place = entry == null ? place : entry.keyPlace();
            } else {
                int index = Integer.parseInt(step.group(2));
                boolean there = node instanceof YamlNode.Sequence list
                        && index < list.items().size();
                node = there ? ((YamlNode.Sequence) node).items().get(index) : null;
                place = there ? node.place() : place;
            }
        }
        return place;
    }
}
