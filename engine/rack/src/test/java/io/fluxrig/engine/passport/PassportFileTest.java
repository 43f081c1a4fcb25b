package io.fluxrig.engine.passport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassportFileTest {
    private static final long NOW_MS = 1_800_000_000_000L;

    @TempDir
    private Path folder;

    private final NodeKey mixer = NodeKey.ephemeral();
    private final NodeKey rack = NodeKey.ephemeral();
    private long nowMs = NOW_MS;
    private PassportFile file;

    @BeforeEach
    void open() {
        file = new PassportFile(folder, () -> Instant.ofEpochMilli(nowMs));
    }

    private byte[] signed(NodeKey by, NodeKey holder, long expiresMs) {
        Passport passport =
                new Passport(Passport.FORMAT, 7, "east", holder.publicKey(), new byte[32], true, NOW_MS - 1, expiresMs);
        return Signed.of(by, Passport.PURPOSE, passport).write();
    }

    private void keep() throws PassportException {
        byte[] came = signed(mixer, rack, NOW_MS + 1000);
        file.accept(came, mixer.publicKey(), "east", rack.publicKey());
        file.keep(came, mixer.publicKey());
    }

    @Test
    void shouldGiveBackWhatItKeptAndPinWhoSignedIt() throws Exception {
        keep();

        Passport read = file.read("east", rack.publicKey());

        assertThat(read.serial()).isEqualTo(7);
        assertThat(file.authority()).isEqualTo(mixer.publicKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("passport.cbor"))))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldHaveNoneBeforeOneCame() throws Exception {
        assertThat(file.read("east", rack.publicKey())).isNull();
        assertThat(file.authority()).isNull();
    }

    @Test
    void shouldRefuseOneThatWasEditedWhereverAByteChanged() throws Exception {
        keep();
        byte[] whole = Files.readAllBytes(folder.resolve("passport.cbor"));
        for (int at = 0; at < whole.length; at++) {
            byte[] edited = whole.clone();
            edited[at] ^= 1;
            Files.write(folder.resolve("passport.cbor"), edited);

            assertThatThrownBy(() -> file.read("east", rack.publicKey()))
                    .as("byte %d", at)
                    .isInstanceOf(PassportException.class)
                    .hasMessageContaining("remove passport.cbor");
        }
    }

    @Test
    void shouldRefuseOneThatWasCopiedToARackWithAnotherKey() throws Exception {
        keep();

        assertThatThrownBy(() -> file.read("east", NodeKey.ephemeral().publicKey()))
                .isInstanceOf(PassportException.class)
                .hasMessageContaining("of a rack with another key")
                .hasMessageContaining("copied here");
    }

    @Test
    void shouldRefuseOneOfAnotherRack() throws Exception {
        keep();

        assertThatThrownBy(() -> file.read("west", rack.publicKey()))
                .isInstanceOf(PassportException.class)
                .hasMessageContaining("is of rack 'east', and rack.name is 'west'");
    }

    @Test
    void shouldRefuseOneThatAnotherMixerSigned() throws Exception {
        keep();
        OwnFile.write(folder.resolve("passport.cbor"), signed(NodeKey.ephemeral(), rack, NOW_MS + 1000));

        assertThatThrownBy(() -> file.read("east", rack.publicKey()))
                .isInstanceOf(PassportException.class)
                .hasMessageContaining("signed by another mixer");
    }

    @Test
    void shouldRefuseOneSignedForSomethingElse() throws Exception {
        keep();
        Passport passport =
                new Passport(Passport.FORMAT, 7, "east", rack.publicKey(), new byte[32], true, 0, NOW_MS + 1000);
        OwnFile.write(
                folder.resolve("passport.cbor"),
                Signed.of(mixer, "heartbeat", passport).write());

        assertThatThrownBy(() -> file.read("east", rack.publicKey()))
                .isInstanceOf(PassportException.class)
                .hasMessageContaining("changed after the mixer signed it");
    }

    @Test
    void shouldRefuseOneThatOthersMayRead() throws Exception {
        keep();
        Files.setPosixFilePermissions(folder.resolve("passport.cbor"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> file.read("east", rack.publicKey()))
                .isInstanceOf(PassportException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void shouldRefuseWhatIsNoPassport() throws Exception {
        keep();
        OwnFile.write(folder.resolve("passport.cbor"), new byte[9000]);

        assertThatThrownBy(() -> file.read("east", rack.publicKey()))
                .isInstanceOf(PassportException.class)
                .hasMessageContaining("length=9000");
    }

    @Test
    void shouldRefuseAPassportWhoseSignerNobodyKnows() throws Exception {
        keep();
        Files.delete(folder.resolve("authority.pub"));

        assertThatThrownBy(() -> file.read("east", rack.publicKey()))
                .isInstanceOf(PassportException.class)
                .hasMessageContaining("nobody can tell who signed it");
    }

    /** On a full disk it was no passport at all, since it could not be written once more. */
    @Test
    void shouldNotWriteAgainWhatIsThere() throws Exception {
        keep();
        Object before = Files.readAttributes(folder.resolve("passport.cbor"), BasicFileAttributes.class)
                .fileKey();

        keep();

        assertThat(Files.readAttributes(folder.resolve("passport.cbor"), BasicFileAttributes.class)
                        .fileKey())
                .isEqualTo(before);
    }

    @Test
    void shouldWriteOneAnewThatOthersMayRead() throws Exception {
        keep();
        Files.setPosixFilePermissions(folder.resolve("passport.cbor"), PosixFilePermissions.fromString("rw-r--r--"));

        keep();

        assertThat(file.read("east", rack.publicKey()).serial()).isEqualTo(7);
    }

    @Test
    void shouldTellThatItsTimeIsOver() throws Exception {
        keep();
        Passport passport = file.read("east", rack.publicKey());
        assertThat(file.isExpired(passport)).isFalse();

        nowMs += 1000;

        assertThat(file.isExpired(passport)).isTrue();
        assertThatThrownBy(this::keep).isInstanceOf(PassportException.class).hasMessageContaining("expired at 2027");
    }
}
