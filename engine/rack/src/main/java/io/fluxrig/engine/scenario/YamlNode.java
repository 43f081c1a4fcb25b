package io.fluxrig.engine.scenario;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.config.PlainScalar;
import io.fluxrig.engine.config.ScalarReader;
import io.fluxrig.engine.config.ScalarReader.Form;
import io.fluxrig.engine.fault.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node of a YAML file that remembers where it stands. Nodes behind an alias are shared, never copied. */
public sealed interface YamlNode {

    Place place();

    /** Nodes below and including this one, aliases counted each time: what walking the tree costs. */
    long weight();

    /** What it is, for messages. */
    String noun();

    /** As plain maps, lists, strings, numbers and flags; null for an empty node. */
    Object plain();

    /**
     * A single value. {@code shown} is what a message may quote: never what an environment variable held. A message about
     * an address may quote {@link #shownInFull()}.
     */
    record Scalar(String text, Form form, String shown, Place place) implements YamlNode {

        /**
         * As it was written, and what that comes to where the environment had a say. Only if it is an address: a scenario
         * may name any variable, and who writes scenarios need not know what a rack's environment holds.
         */
        String shownInFull() {
            if (form != Form.ANY) {
                return shown;
            }
            return Address.parse(text).isPresent()
                    ? shown + ", which is " + ScalarReader.quote(text) + ","
                    : shown + ", as the environment has it,";
        }

        /** Written as nothing, {@code ~} or {@code null}. */
        boolean empty() {
            return form == Form.PLAIN && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        @Override
        public long weight() {
            return 1;
        }

        @Override
        public String noun() {
            return empty() ? "nothing" : "a single value";
        }

        @Override
        public Object plain() {
            if (form == Form.QUOTED) {
                return text;
            }
            if (empty()) {
                return null;
            }
            return PlainScalar.resolve(text);
        }
    }

    /** A map with text keys, in file order. */
    record Mapping(Map<String, Entry> entries, Place place, Weight size) implements YamlNode {

        Mapping(Place place) {
            this(new LinkedHashMap<>(), place, new Weight());
        }

        /** One key and its value. */
        public record Entry(Place keyPlace, YamlNode value) {}

        /** The value of that key, null if it is absent or empty. */
        public YamlNode get(String key) {
            Entry entry = entries.get(key);
            return entry == null || entry.value() instanceof Scalar scalar && scalar.empty() ? null : entry.value();
        }

        /** Where the key stands, the map's own place if it is absent. */
        public Place placeOf(String key) {
            Entry entry = entries.get(key);
            return entry == null ? place : entry.keyPlace();
        }

        @Override
        public long weight() {
            return size.nodes;
        }

        @Override
        public String noun() {
            return "a map";
        }

        @Override
        public Object plain() {
            Map<String, Object> map = new LinkedHashMap<>();
            entries.forEach((key, entry) -> map.put(key, entry.value().plain()));
            return map;
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, Place place, Weight size) implements YamlNode {

        Sequence(Place place) {
            this(new ArrayList<>(), place, new Weight());
        }

        @Override
        public long weight() {
            return size.nodes;
        }

        @Override
        public String noun() {
            return "a list";
        }

        @Override
        public Object plain() {
            List<Object> list = new ArrayList<>(items.size());
            items.forEach(item -> list.add(item.plain()));
            return list;
        }
    }

    /** Grows while a map or list is being read. */
    final class Weight {
        private long nodes = 1;

        void add(long more) {
            nodes += more;
        }
    }
}
