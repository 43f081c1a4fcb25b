package io.fluxrig.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Debian package taken apart, as {@code dpkg-deb} does; nothing of it is installed. */
final class DebianPackage {
    private static final Pattern LISTED =
            Pattern.compile("(\\S{10}) +(\\S+) +\\d+ \\S+ \\S+ \\.(/\\S*)(?: -> (\\S+))?");

    private final Path file;
    private final Path data;
    private final Path control;
    private final List<Entry> entries;

    /**
     * What it installs.
     *
     * @param mode as {@code ls} writes it
     * @param path from the root folder on
     * @param link where a symbolic link leads to; null for what is none
     */
    record Entry(String mode, String owner, String path, String link) {
        boolean isFolder() {
            return mode.startsWith("d");
        }

        boolean isFile() {
            return mode.startsWith("-");
        }
    }

    private DebianPackage(Path file, Path data, Path control, List<Entry> entries) {
        this.file = file;
        this.data = data;
        this.control = control;
        this.entries = entries;
    }

    static DebianPackage open(Path file, Path into) throws IOException, InterruptedException {
        Path data = into.resolve("data");
        Path control = into.resolve("control");
        Files.createDirectories(into);
        Packages.run("dpkg-deb", "--extract", file.toString(), data.toString());
        Packages.run("dpkg-deb", "--control", file.toString(), control.toString());
        List<Entry> entries = Packages.run("dpkg-deb", "--contents", file.toString())
                .lines()
                .map(DebianPackage::read)
                .toList();
        return new DebianPackage(file, data, control, entries);
    }

    private static Entry read(String line) {
        Matcher listed = LISTED.matcher(line);
        if (!listed.matches()) {
            throw new IllegalStateException("dpkg-deb lists: " + line);
        }
        String path = listed.group(3);
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return new Entry(listed.group(1), listed.group(2), plain, listed.group(4));
    }

    /** A field of its control file, empty where there is none. */
    String field(String name) throws IOException, InterruptedException {
        return Packages.run("dpkg-deb", "--field", file.toString(), name).strip();
    }

    List<Entry> entries() {
        return entries;
    }

    /** What it installs at that path. */
    Optional<Entry> entry(String path) {
        return entries.stream().filter(entry -> entry.path().equals(path)).findFirst();
    }

    /** Where a file that it installs was taken out to. */
    Path installed(String path) {
        return data.resolve(path.substring(1));
    }

    /** A script of the maintainer's, or the list of files that stay the administrator's. */
    Path control(String name) {
        return control.resolve(name);
    }
}
