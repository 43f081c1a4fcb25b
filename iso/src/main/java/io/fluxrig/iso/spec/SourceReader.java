package io.fluxrig.iso.spec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Turns the bytes of a YAML or JSON file into {@link SourceNode}s. Bounded: 4 MiB, 64 levels, 200,000 keys and values as they are
 * written, and as many values counted with every use of an anchor, so that a small file cannot become a large one.
 */
final class SourceReader {
    static final int BYTES_MAX = 4 << 20;
    private static final int DEPTH_MAX = 64;
    private static final int VALUES_MAX = 200_000;

    private final String file;
    private final FaultList faults;
    private int values;
    private boolean refused;

    private SourceReader(String file, FaultList faults) {
        this.file = file;
        this.faults = faults;
    }

    /** The document, or null with a fault in the list. */
    static SourceNode read(String file, byte[] source, FaultList faults) {
        SourceReader reader = new SourceReader(file, faults);
        SourceNode.Place start = new SourceNode.Place(file, 1, 1);
        if (source.length > BYTES_MAX) {
            faults.error(start, "", "bytes=" + source.length + " max=" + BYTES_MAX, "split the file");
            return null;
        }
        try {
            SourceNode root = reader.parse(reader.text(source));
            return reader.refused ? null : root;
        } catch (CharacterCodingException notText) {
            faults.error(start, "", "not UTF-8", "save the file as UTF-8");
        } catch (BoundedEvents.BeyondException beyond) {
            faults.error(reader.place(beyond.where()), "", beyond.getMessage(), "simplify");
        } catch (MarkedYamlEngineException wrong) {
            faults.error(
                    reader.place(wrong.getProblemMark().or(wrong::getContextMark)),
                    "",
                    "not YAML: " + wrong.getProblem(),
                    "");
        } catch (YamlEngineException wrong) {
            faults.error(start, "", "not YAML: " + wrong.getMessage(), "");
        }
        return null;
    }

    private String text(byte[] source) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(source))
                .toString();
        boolean json = text.stripLeading().startsWith("{");
        return json ? text.replace('\t', ' ') : text;
    }

    private SourceNode parse(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setCodePointLimit(BYTES_MAX)
                .setBufferSize(text.length() + 1) // at once: long words are copied with each piece that is read
                .setLabel(file)
                .build();
        Parser events = new ParserImpl(settings, new StreamReader(settings, text));
        Optional<Node> root = new Composer(settings, new BoundedEvents(events, VALUES_MAX, DEPTH_MAX)).getSingleNode();
        if (root.isEmpty()) {
            faults.error(
                    new SourceNode.Place(file, 1, 1), "", "the file is empty", "write a spec, see fluxrig new spec");
            return null;
        }
        return convert(root.get(), 0);
    }

    private SourceNode convert(Node node, int depth) {
        SourceNode.Place place = place(node.getStartMark());
        if (depth > DEPTH_MAX || ++values > VALUES_MAX) {
            if (!refused) {
                refused = true;
                faults.error(place, "", "more than " + DEPTH_MAX + " levels or " + VALUES_MAX + " values", "simplify");
            }
            return new SourceNode.Leaf(place, "", true);
        }
        if (node instanceof MappingNode mapping) {
            return branch(mapping, place, depth);
        }
        if (node instanceof SequenceNode sequence) {
            List<SourceNode> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                if (refused) {
                    break;
                }
                items.add(convert(item, depth + 1));
            }
            return new SourceNode.Series(place, items);
        }
        ScalarNode scalar = (ScalarNode) node;
        return new SourceNode.Leaf(place, scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN);
    }

    private SourceNode branch(MappingNode mapping, SourceNode.Place place, int depth) {
        Map<String, SourceNode.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            SourceNode.Place keyPlace = place(tuple.getKeyNode().getStartMark());
            if (refused) {
                break;
            }
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                faults.error(keyPlace, "", "a key is not a plain word", "write key: value");
                continue;
            }
            SourceNode value = convert(tuple.getValueNode(), depth + 1);
            if (entries.putIfAbsent(key.getValue(), new SourceNode.Entry(keyPlace, value)) != null) {
                faults.error(keyPlace, key.getValue(), "the key is there twice", "remove one");
            }
        }
        return new SourceNode.Branch(place, entries);
    }

    private SourceNode.Place place(Optional<Mark> mark) {
        return mark.map(m -> new SourceNode.Place(file, m.getLine() + 1, m.getColumn() + 1))
                .orElse(new SourceNode.Place(file, 1, 1));
    }
}
