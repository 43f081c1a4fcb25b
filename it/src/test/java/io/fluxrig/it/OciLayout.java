package io.fluxrig.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * An image in the layout of the OCI (image-spec 1.0, image-layout.md), unpacked: index, manifest, configuration and one layer, each found
 * under the digest by which the one before names it.
 */
final class OciLayout {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VENDOR = "application/vnd.oci.image.";
    private static final int CHUNK_BYTES = 1 << 16;

    private final Path folder;
    private final List<String> named = new ArrayList<>();
    private final JsonNode index;
    private final JsonNode configuration;
    private final Path layer;

    private OciLayout(Path folder) throws IOException {
        this.folder = folder;
        assertThat(JSON.readTree(folder.resolve("oci-layout").toFile())
                        .path("imageLayoutVersion")
                        .asText())
                .isEqualTo("1.0.0");
        index = JSON.readTree(folder.resolve("index.json").toFile());
        assertThat(index.path("schemaVersion").asInt()).isEqualTo(2);
        assertThat(index.path("manifests")).hasSize(1);
        JsonNode manifest = JSON.readTree(
                blob(index.path("manifests").get(0), "manifest.v1+json").toFile());
        assertThat(manifest.path("schemaVersion").asInt()).isEqualTo(2);
        configuration =
                JSON.readTree(blob(manifest.path("config"), "config.v1+json").toFile());
        assertThat(manifest.path("layers")).hasSize(1);
        layer = blob(manifest.path("layers").get(0), "layer.v1.tar+gzip");
    }

    /** Unpacks the tarball and follows it from its index on; whatever is not as it says fails. */
    static OciLayout open(Path tarball, Path into) throws IOException, InterruptedException {
        Files.createDirectories(into);
        Packages.run("tar", "-xf", tarball.toString(), "-C", into.toString());
        return new OciLayout(into);
    }

    /** What a descriptor names, if it is of that kind, length and digest. */
    private Path blob(JsonNode descriptor, String kind) throws IOException {
        assertThat(descriptor.path("mediaType").asText()).isEqualTo(VENDOR + kind);
        String digest = descriptor.path("digest").asText();
        assertThat(digest).matches("sha256:[0-9a-f]{64}");
        String name = digest.substring("sha256:".length());
        Path blob = folder.resolve("blobs/sha256").resolve(name);
        assertThat(Files.size(blob)).isEqualTo(descriptor.path("size").asLong());
        try (InputStream bytes = Files.newInputStream(blob)) {
            assertThat(sha256(bytes)).isEqualTo(name);
        }
        named.add(name);
        return blob;
    }

    /** Of the layer as it is unpacked, which the configuration names too. */
    String layerDiffId() throws IOException {
        try (InputStream bytes = new GZIPInputStream(Files.newInputStream(layer), CHUNK_BYTES)) {
            return "sha256:" + sha256(bytes);
        }
    }

    private static String sha256(InputStream bytes) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
                digest.update(chunk, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    /** Files that nothing names. */
    List<String> unnamed() throws IOException {
        try (Stream<Path> blobs = Files.list(folder.resolve("blobs/sha256"))) {
            return blobs.map(blob -> blob.getFileName().toString())
                    .filter(name -> !named.contains(name))
                    .toList();
        }
    }

    JsonNode index() {
        return index;
    }

    JsonNode configuration() {
        return configuration;
    }

    /** The names of what the layer holds, each with mode and owner, as {@code tar} lists them. */
    List<String> listing() throws IOException, InterruptedException {
        return Packages.run("tar", "--numeric-owner", "-tvzf", layer.toString())
                .lines()
                .toList();
    }

    /** Unpacks the layer, as root with its owners and modes. */
    Path unpack(Path into) throws IOException, InterruptedException {
        Files.createDirectories(into);
        Packages.run("tar", "--numeric-owner", "-xpzf", layer.toString(), "-C", into.toString());
        return into;
    }

    /**
     * What starts it in a root folder where the layer was unpacked, as a container on a hardened host: process 1 of a namespace of its
     * own, under its account, with its variables and those, in its working folder; nothing may be written but its volumes, and nothing
     * executed from /tmp. What is started waits for it and ends with its exit code; signals are for its one child.
     *
     * @param arguments instead of those that the image has; none: those
     */
    List<String> command(Path root, Map<String, String> variables, String... arguments) {
        StringBuilder mounts =
                new StringBuilder("set -e; mount --bind \"$0\" \"$0\"; cd \"$0\"; mount -t proc proc proc;"
                        + " mount --rbind /dev dev; mount -t tmpfs -o noexec,nosuid,nodev,mode=1777 tmpfs tmp;");
        configuration
                .at("/config/Volumes")
                .fieldNames()
                .forEachRemaining(volume -> mounts.append(" mount --bind .%1$s .%1$s;".formatted(volume)));
        mounts.append(" mount -o remount,bind,ro .; cd /; exec \"$@\"");
        List<String> line = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "bash", "-c"));
        line.add(mounts.toString());
        line.addAll(List.of(
                root.toString(),
                "chroot",
                "--userspec=" + configuration.at("/config/User").asText(),
                root.toString(),
                "/usr/bin/env",
                "-i",
                "--chdir=" + configuration.at("/config/WorkingDir").asText()));
        configuration.at("/config/Env").forEach(variable -> line.add(variable.asText()));
        variables.forEach((name, value) -> line.add(name + "=" + value));
        configuration.at("/config/Entrypoint").forEach(word -> line.add(word.asText()));
        if (arguments.length > 0) {
            line.addAll(List.of(arguments));
        } else {
            configuration.at("/config/Cmd").forEach(word -> line.add(word.asText()));
        }
        return line;
    }
}
