package io.fluxrig.engine.gear;

import java.util.List;

/**
 * What a gear type is: its ports and its configuration keys. Scenarios are checked against it, the JSON Schema and
 * {@code gears doc} are written from it.
 *
 * @param type as in a scenario's {@code type:}
 * @param summary one sentence
 * @param inputs input ports; their order gives the index that {@link Gear#onMessage} sees
 * @param outputs output ports; a name ending in {@code *} stands for a family, such as {@code out_*}
 * @param keys configuration keys
 */
public record GearManifest(String type, String summary, List<Port> inputs, List<Port> outputs, List<ConfigKey> keys) {

    /** One port and what passes it. */
    public record Port(String name, String doc) {

        /** Whether the configuration says which ports there are under this name. */
        public boolean family() {
            return name.endsWith("*");
        }

        public boolean matches(String port) {
            return family() ? port.startsWith(name.substring(0, name.length() - 1)) : name.equals(port);
        }
    }

    /**
     * Whether it is an I/O gear: what enters its {@code in} leaves the rack on a socket, what its {@code out} sends is new. A
     * type that starts with {@code io_} is one; wires may run in a circle only through such a gear.
     */
    public boolean io() {
        return type.startsWith("io_");
    }

    /** Whether it writes what came in in another form, and hands it on with all else that it says. A type that starts with {@code codec_} does. */
    public boolean codec() {
        return type.startsWith("codec_");
    }

    /**
     * Whether its output begins something new instead of carrying on what came in: I/O gears and sources. They start after
     * everything they feed, and a circle of wires through one is no recursion.
     */
    public boolean origin() {
        return io() || type.endsWith("_source");
    }

    /** The input port of that name, null if there is none. */
    public Port input(String port) {
        return find(inputs, port);
    }

    /** The output port, or the family, of that name, null if there is none. */
    public Port output(String port) {
        return find(outputs, port);
    }

    private static Port find(List<Port> ports, String name) {
        for (Port port : ports) {
            if (port.matches(name)) {
                return port;
            }
        }
        return null;
    }
}
