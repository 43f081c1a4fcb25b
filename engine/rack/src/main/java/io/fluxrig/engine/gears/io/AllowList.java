package io.fluxrig.engine.gears.io;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which peers may connect: a list of CIDR blocks, checked once for each connection. An empty list allows everybody.
 * Immutable, any thread.
 */
final class AllowList {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Block(byte[] network, int bits) {

        boolean holds(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) {
                if (address[i] != network[i]) {
                    return false;
                }
            }
            int rest = bits % 8;
            int mask = 0xFF << 8 - rest & 0xFF;
            return rest == 0 || (address[whole] & mask) == (network[whole] & mask);
        }
    }

    private final List<Block> blocks;

    private AllowList(List<Block> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    /**
     * Parses blocks such as {@code 10.0.0.0/8}, {@code 192.0.2.7} or {@code fd00::/8}.
     *
     * @throws IllegalArgumentException naming the entry that is none
     */
    static AllowList of(List<String> entries) {
        List<Block> blocks = new ArrayList<>();
        for (String entry : entries) {
            blocks.add(block(entry.trim()));
        }
        return new AllowList(blocks);
    }

    boolean allows(InetAddress peer) {
        if (blocks.isEmpty()) {
            return true;
        }
        byte[] address = peer.getAddress();
        for (Block block : blocks) {
            if (block.holds(address)) {
                return true;
            }
        }
        return false;
    }

    private static Block block(String entry) {
        int slash = entry.indexOf('/');
        String host = slash < 0 ? entry : entry.substring(0, slash);
        if (!host.matches("[0-9.]+") && !host.contains(":")) {
            throw new IllegalArgumentException(entry + " is not an IP address or CIDR block");
        }
        try {
            byte[] network = InetAddress.getByName(host).getAddress();
            int bits = slash < 0 ? network.length * 8 : Integer.parseInt(entry.substring(slash + 1));
            if (bits < 0 || bits > network.length * 8) {
                throw new IllegalArgumentException(entry + " has " + bits + " bits, at most " + network.length * 8);
            }
            return new Block(network, bits);
        } catch (UnknownHostException | NumberFormatException notOne) {
            throw new IllegalArgumentException(entry + " is not an IP address or CIDR block", notOne);
        }
    }
}
