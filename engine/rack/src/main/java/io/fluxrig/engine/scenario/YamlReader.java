package io.fluxrig.engine.scenario;

import io.fluxrig.engine.config.ScalarReader;
import io.fluxrig.engine.config.ScalarReader.Form;
import io.fluxrig.engine.fault.Faults;
import io.fluxrig.engine.fault.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds the nodes of one YAML document from the parser's events, without recursion, and replaces {@code ${ENV}} in values.
 *
 * <p>Any text ends in nodes or in faults, never in an exception. Bounded: {@value #CHARS_MAX} characters, {@value #DEPTH_MAX}
 * levels, {@value #NODES_MAX} nodes with every alias counted as often as it is used.
 */
public final class YamlReader {
    static final int CHARS_MAX = 1 << 20;
    static final int DEPTH_MAX = 64;
    static final int NODES_MAX = 100_000;

    private final String file;
    private final Faults faults;
    private final EnvironmentText environment;
    private final Pace pace;
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private YamlNode root;
    private long nodes;
    private boolean stopped;

    private YamlReader(String file, Function<String, String> environment, Pace pace, Faults faults) {
        this.file = file;
        this.pace = pace;
        this.faults = faults;
        this.environment = new EnvironmentText(environment, faults);
    }

    /**
     * The document's root, null if the text is empty or no YAML; the faults say which.
     *
     * @param environment what {@code ${NAME}} stands for, null if it is not set
     */
    public static YamlNode read(String file, String text, Function<String, String> environment, Faults faults) {
        return read(file, text, environment, Pace.FULL, faults);
    }

    /** The same at that pace. */
    static YamlNode read(String file, String text, Function<String, String> environment, Pace pace, Faults faults) {
        return new YamlReader(file, environment, pace, faults).read(text);
    }

    private YamlNode read(String text) {
        if (text.length() > CHARS_MAX) {
            faults.error(
                    Place.ofFile(file),
                    "",
                    "the file has " + text.length() + " characters, at most " + CHARS_MAX + " are read",
                    "split it");
            return null;
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(CHARS_MAX)
                .setUseMarks(true)
                .build();
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                take(event);
                pace.breathe();
                if (stopped) {
                    return null;
                }
            }
        } catch (MarkedYamlEngineException broken) {
            report(broken);
            return null;
        } catch (YamlEngineException broken) {
            faults.error(Place.ofFile(file), "", "no YAML: " + oneLine(broken.getMessage()), "mend the file's text");
            return null;
        }
        return root;
    }

    private void take(Event event) {
        switch (event.getEventId()) {
            case MappingStart, SequenceStart -> begin((NodeEvent) event);
            case MappingEnd, SequenceEnd -> end();
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> alias((AliasEvent) event);
            case DocumentStart -> {
                if (root != null) {
                    stop(placeOf(event), "a second document begins here", "one file holds one document: remove '---'");
                }
            }
            default -> {}
        }
    }

    private void begin(NodeEvent event) {
        if (open.size() >= DEPTH_MAX) {
            stop(placeOf(event), "nested deeper than " + DEPTH_MAX + " levels", "flatten it");
            return;
        }
        YamlNode node = event.getEventId() == Event.ID.MappingStart
                ? new YamlNode.Mapping(placeOf(event))
                : new YamlNode.Sequence(placeOf(event));
        count(1, node.place());
        open.push(new Open(node, anchorOf(event)));
    }

    private void end() {
        Open done = open.pop();
        done.anchor().ifPresent(name -> anchors.put(name, done.node));
        attach(done.node);
    }

    private void scalar(ScalarEvent event) {
        Place place = placeOf(event);
        count(1, place);
        Open parent = open.peek();
        if (parent != null && parent.expectsKey()) {
            parent.key(event.getValue(), place, faults);
            return;
        }
        String raw = event.getValue();
        String text = environment.replace(raw, place, parent == null ? "" : parent.path());
        boolean replaced = !text.equals(raw);
        Form form = replaced ? Form.ANY : event.isPlain() ? Form.PLAIN : Form.QUOTED;
        YamlNode node = new YamlNode.Scalar(text, form, ScalarReader.quote(raw), place);
        anchorOf(event).ifPresent(name -> anchors.put(name, node));
        attach(node);
    }

    private void alias(AliasEvent event) {
        Place place = placeOf(event);
        String name = event.getAlias().getValue();
        YamlNode target = anchors.get(name);
        if (target == null) {
            stop(
                    place,
                    "alias *" + name + " stands before or inside what it names",
                    "put &" + name + " in front of it");
            return;
        }
        Open parent = open.peek();
        if (parent != null && parent.expectsKey()) {
            stop(place, "an alias cannot be a key", "write the key out");
            return;
        }
        count(target.weight(), place);
        attach(target);
    }

    private void attach(YamlNode node) {
        Open parent = open.peek();
        if (parent == null) {
            root = node;
        } else if (!parent.add(node)) {
            stop(node.place(), node.noun() + " cannot be a key", "write the key as a word");
        }
    }

    private void count(long added, Place place) {
        nodes += added;
        if (nodes > NODES_MAX && !stopped) {
            stop(place, "more than " + NODES_MAX + " nodes, aliases counted", "split the file or use fewer aliases");
        }
    }

    private void stop(Place place, String what, String fix) {
        if (!stopped) {
            faults.error(place, "", what, fix);
        }
        stopped = true;
    }

    private void report(MarkedYamlEngineException broken) {
        Place place = broken.getProblemMark().map(this::placeOf).orElseGet(() -> Place.ofFile(file));
        String context = broken.getContext() == null ? "" : " (" + oneLine(broken.getContext()) + ")";
        faults.error(
                place,
                "",
                "no YAML: " + oneLine(broken.getProblem()) + context,
                "check indentation, colons and quotes on this line and the one before");
    }

    private static String oneLine(String text) {
        return text == null ? "cannot be read" : text.lines().findFirst().orElse("cannot be read");
    }

    private Place placeOf(Event event) {
        return event.getStartMark().map(this::placeOf).orElseGet(() -> Place.ofFile(file));
    }

    private Place placeOf(Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Optional<String> anchorOf(NodeEvent event) {
        return event.getAnchor().map(anchor -> anchor.getValue());
    }

    /** A map or list whose end has not come yet. */
    private static final class Open {
        private final YamlNode node;
        private final String anchor;
        private String key;
        private Place keyPlace;

        Open(YamlNode node, Optional<String> anchor) {
            this.node = node;
            this.anchor = anchor.orElse(null);
        }

        Optional<String> anchor() {
            return Optional.ofNullable(anchor);
        }

        boolean expectsKey() {
            return node instanceof YamlNode.Mapping && key == null;
        }

        void key(String name, Place place, Faults faults) {
            if (node instanceof YamlNode.Mapping map && map.entries().containsKey(name)) {
                faults.error(
                        place,
                        name,
                        "the key stands here a second time, first at line "
                                + map.placeOf(name).line(),
                        "keep one of them");
            }
            key = name;
            keyPlace = place;
        }

        boolean add(YamlNode child) {
            if (node instanceof YamlNode.Sequence list) {
                list.items().add(child);
                list.size().add(child.weight());
                return true;
            }
            YamlNode.Mapping map = (YamlNode.Mapping) node;
            if (key == null) {
                return false;
            }
            map.entries().put(key, new YamlNode.Mapping.Entry(keyPlace, child));
            map.size().add(child.weight() + 1);
            key = null;
            return true;
        }

        String path() {
            return key == null ? "" : key;
        }
    }
}
