package io.fluxrig.engine.passport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeKeyTest {
    @TempDir
    private Path folder;

    @Test
    void shouldBeTheSameKeyAfterARestart() throws Exception {
        NodeKey made = NodeKey.open(folder.resolve("node.key"));
        NodeKey again = NodeKey.open(folder.resolve("node.key"));

        assertThat(again.publicKey()).isEqualTo(made.publicKey()).hasSize(32);
        assertThat(PublicKeys.verify(made.publicKey(), new byte[] {1, 2}, again.sign(new byte[] {1, 2})))
                .isTrue();
    }

    @Test
    void shouldVerifyNothingElse() {
        NodeKey key = NodeKey.ephemeral();
        byte[] signature = key.sign(new byte[] {1});

        assertThat(PublicKeys.verify(key.publicKey(), new byte[] {2}, signature))
                .isFalse();
        assertThat(PublicKeys.verify(NodeKey.ephemeral().publicKey(), new byte[] {1}, signature))
                .isFalse();
        assertThat(PublicKeys.verify(new byte[5], new byte[] {1}, signature)).isFalse();
        assertThat(PublicKeys.verify(key.publicKey(), new byte[] {1}, new byte[3]))
                .isFalse();
    }

    @Test
    void shouldVerifyTheFirstExampleOfRfc8032() {
        byte[] key = PublicKeys.parse("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        byte[] signature = HexFormat.of()
                .parseHex(
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                                + "d25bf5f0595bbe24655141438e7a100b");

        assertThat(PublicKeys.verify(key, new byte[0], signature)).isTrue();
    }

    @Test
    void shouldRefuseAFileThatHoldsNoPair() throws Exception {
        NodeKey.open(folder.resolve("one.key"));
        NodeKey.open(folder.resolve("other.key"));
        String one = Files.readString(folder.resolve("one.key"));
        String other = Files.readString(folder.resolve("other.key"));
        int cut = one.indexOf("-----BEGIN PUBLIC");
        OwnFile.write(
                folder.resolve("mixed.key"),
                (one.substring(0, cut) + other.substring(other.indexOf("-----BEGIN PUBLIC")))
                        .getBytes(StandardCharsets.US_ASCII));
        OwnFile.write(folder.resolve("none.key"), "x".getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> NodeKey.open(folder.resolve("mixed.key"))).hasMessageContaining("are no pair");
        assertThatThrownBy(() -> NodeKey.open(folder.resolve("none.key"))).hasMessageContaining("holds no key pair");
    }
}
