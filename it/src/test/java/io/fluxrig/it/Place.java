package io.fluxrig.it;

import java.util.List;

/**
 * Where a process runs.
 *
 * @param prefix of its command
 * @param address under which this process reaches it
 * @param backbone under which processes at other places reach it
 */
record Place(List<String> prefix, String address, String backbone) {
    /** On this machine's own loopback. */
    static final Place HERE = new Place(List.of(), "127.0.0.1", "127.0.0.1");
}
