package io.fluxrig.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Sites as network namespaces, each on a backbone that can be cut from it, and on a line to this process that cannot:
 *
 * <pre>
 *   this process  198.18.0.254 --bridge-- 198.18.0.1   site 1   198.18.1.2 --veth-- 198.18.1.1  this process
 *                                  '----- 198.18.0.2   site 2   198.18.2.2 --veth-- 198.18.2.1  this process
 * </pre>
 *
 * <p>Addresses are of those kept for benchmarks (RFC 2544). Needs root and iproute2; skips the test without. One thread.
 */
final class Sites implements AutoCloseable {
    private static final long COMMAND_SECONDS = 20;
    /** Interfaces' names have 15 characters at most. */
    private final String base = "fx" + Long.toString(ProcessHandle.current().pid(), 36);

    private final String bridge = base + "br";
    private final Map<String, Place> places = new LinkedHashMap<>();

    private Sites() {}

    /** Makes them. */
    static Sites open(List<String> names) throws IOException {
        boolean able = "root".equals(System.getProperty("user.name"))
                && List.of("/sbin/ip", "/usr/sbin/ip", "/bin/ip", "/usr/bin/ip").stream()
                        .anyMatch(ip -> Files.isExecutable(Path.of(ip)));
        Assumptions.assumeTrue(able, "needs root and iproute2 for network namespaces");
        Sites sites = new Sites();
        // also where whoever runs the test ends it in the middle
        Runtime.getRuntime().addShutdownHook(new Thread(sites::remove));
        boolean whole = false;
        try {
            sites.make(names);
            whole = true;
            return sites;
        } finally {
            if (!whole) {
                sites.close();
            }
        }
    }

    private void make(List<String> names) throws IOException {
        ip("link", "add", bridge, "type", "bridge");
        ip("addr", "add", "198.18.0.254/24", "dev", bridge);
        ip("link", "set", bridge, "up");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            int number = i + 1;
            String space = base + name;
            places.put(
                    name,
                    new Place(List.of("ip", "netns", "exec", space), "198.18." + number + ".2", "198.18.0." + number));
            ip("netns", "add", space);
            ip("-n", space, "link", "set", "lo", "up");
            join(space, port(name), "backbone", "198.18.0." + number + "/24");
            ip("link", "set", port(name), "master", bridge);
            join(space, space + "l", "line", "198.18." + number + ".2/24");
            ip("addr", "add", "198.18." + number + ".1/24", "dev", space + "l");
        }
    }

    private void join(String space, String here, String there, String address) throws IOException {
        ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", space);
        ip("-n", space, "addr", "add", address, "dev", there);
        ip("-n", space, "link", "set", there, "up");
        ip("link", "set", here, "up");
    }

    Place place(String name) {
        return places.get(name);
    }

    /** This process's own address on the line to a site. */
    String lineTo(String name) {
        return place(name).address().replaceAll("\\d+$", "1");
    }

    /** From now on nothing passes between that site and the backbone, as with a cable that is pulled; no connection is told. */
    void cut(String name) throws IOException {
        ip("link", "set", port(name), "down");
    }

    void restore(String name) throws IOException {
        ip("link", "set", port(name), "up");
    }

    private String port(String name) {
        return base + name + "b";
    }

    /** Removes all; the processes there have ended. */
    @Override
    public void close() throws IOException {
        List<IOException> left = remove();
        if (!left.isEmpty()) {
            throw left.get(0);
        }
    }

    /** What could not be removed; nothing, the second time. */
    private synchronized List<IOException> remove() {
        List<IOException> left = new ArrayList<>();
        for (String name : places.keySet()) {
            attempt(left, "netns", "del", base + name);
        }
        if (!places.isEmpty()) {
            attempt(left, "link", "del", bridge);
        }
        places.clear();
        return left;
    }

    private static void attempt(List<IOException> left, String... arguments) {
        try {
            ip(arguments);
        } catch (IOException stays) {
            left.add(stays);
        }
    }

    private static void ip(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().orTimeout(COMMAND_SECONDS, TimeUnit.SECONDS).join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }
}
