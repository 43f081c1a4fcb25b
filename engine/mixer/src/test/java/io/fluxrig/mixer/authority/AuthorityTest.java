package io.fluxrig.mixer.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.passport.JoinFile;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.TlsKey;
import io.fluxrig.transport.bus.PemFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityTest {
    private static final long DAY_MS = 86_400_000L;
    private static final long START_MS = 1_800_000_000_000L;

    @TempDir
    private Path folder;

    private long nowMs = START_MS;
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs);

    private Authority open() throws Exception {
        return Authority.open(folder, clock);
    }

    private static List<X509Certificate> read(byte[] pem) throws Exception {
        return PemFile.certificates(new String(pem, StandardCharsets.US_ASCII), "it");
    }

    @Test
    void shouldBeTheSameAfterARestartAndForItsUserOnly() throws Exception {
        Authority made = open();
        made.join(DAY_MS);
        String before = Files.readString(made.certificateFile());

        Authority again = open();

        assertThat(again.signing().publicKey()).isEqualTo(made.signing().publicKey());
        assertThat(Files.readString(again.certificateFile())).isEqualTo(before);
        try (Stream<Path> files = Files.list(folder.resolve("authority"))) {
            assertThat(files)
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @Test
    void shouldTakeOverTheKeyOfBefore() throws Exception {
        NodeKey before = NodeKey.open(folder.resolve("authority.key"));

        assertThat(open().signing().publicKey()).isEqualTo(before.publicKey());
        assertThat(folder.resolve("authority.key")).doesNotExist();
    }

    @Test
    void shouldIssueToRacksWhatOpensConnectionsAndServesNobody() throws Exception {
        Authority authority = open();

        List<X509Certificate> issued = read(authority.rack("east", TlsKey.make().getPublic(), nowMs + DAY_MS));

        X509Certificate own = issued.get(0);
        own.verify(issued.get(1).getPublicKey());
        assertThat(own.getSubjectX500Principal().getName()).isEqualTo("CN=east,O=fluxrig rack");
        assertThat(own.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(own.getBasicConstraints()).as("signs nobody").isEqualTo(-1);
        assertThat(own.getNotAfter().toInstant().toEpochMilli()).isEqualTo(nowMs + DAY_MS);
        assertThat(issued.get(1).getBasicConstraints())
                .as("signs nobody who signs")
                .isZero();
    }

    @Test
    void shouldIssueNothingThatOutlivesIt() throws Exception {
        X509Certificate issued = read(open().rack("east", TlsKey.make().getPublic(), nowMs + 9_999 * DAY_MS))
                .get(0);

        assertThat(issued.getNotAfter().toInstant().toEpochMilli()).isEqualTo(START_MS + 3650 * DAY_MS);
    }

    @Test
    void shouldWriteItsCertificateAnewWithTheSameKeyBeforeItExpires() throws Exception {
        X509Certificate first = PemFile.certificates(open().certificateFile()).get(0);
        nowMs += 2500 * DAY_MS;

        X509Certificate second = PemFile.certificates(open().certificateFile()).get(0);

        assertThat(second.getNotAfter()).isAfter(first.getNotAfter());
        assertThat(second.getPublicKey()).isEqualTo(first.getPublicKey());
        assertThat(second.getSubjectX500Principal()).isEqualTo(first.getSubjectX500Principal());
    }

    @Test
    void shouldRefuseACertificateOfAnotherKeyAndADamagedOne() throws Exception {
        Path other = folder.resolve("other");
        Authority.open(other, clock);
        Path certificate = open().certificateFile();
        Files.copy(other.resolve("authority/ca.crt"), certificate, StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(this::open)
                .hasMessageContaining("is not of the key in")
                .hasMessageContaining("back-up");

        Files.writeString(certificate, "damaged");
        assertThatThrownBy(this::open).hasMessageContaining("remove it: it is written again");
    }

    @Test
    void shouldRefuseAnAuthorityKeyThatTheCertificateWasNotMadeBeside() throws Exception {
        Authority first = open();
        Path key = folder.resolve("authority/authority.key");
        Files.delete(key);

        assertThatThrownBy(this::open)
                .hasMessageContainingAll(
                        key.toString(),
                        first.certificateFile().toString(),
                        first.signing().fingerprint(),
                        "put the authority.key back");
    }

    private static void openToAll(Path file) throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    void shouldTakeCertificatesThatAnybodyMayReadAndNoneThatOthersMayWrite() throws Exception {
        Authority authority = open();
        MixerCertificate own = new MixerCertificate(authority, folder, "", DAY_MS, clock);
        own.renew();
        Path certificate = own.files().certificate();
        openToAll(authority.certificateFile());
        openToAll(certificate);

        assertThat(own.renew()).isFalse();
        assertThat(open().signing().publicKey()).isEqualTo(authority.signing().publicKey());

        Files.setPosixFilePermissions(certificate, PosixFilePermissions.fromString("rw-r--rw-"));
        assertThatThrownBy(own::renew).hasMessageEndingWith("chmod go-w " + certificate);
    }

    @Test
    void shouldSayWhatToTypeForAJoinFileThatOthersMayReadForItHoldsAKey() throws Exception {
        Authority authority = open();
        authority.join(DAY_MS);
        openToAll(authority.joinFile());

        assertThatThrownBy(() -> authority.join(DAY_MS)).hasMessageContaining("chmod 600 " + authority.joinFile());
    }

    @Test
    void shouldIssueAnewWhatWasIssuedWhileTheClockWasAhead() throws Exception {
        nowMs += 30 * DAY_MS;
        Authority ahead = open();
        String joiner = ahead.join(90 * DAY_MS);
        new MixerCertificate(ahead, folder, "", 90 * DAY_MS, clock).renew();
        nowMs = START_MS;

        Authority right = open();
        MixerCertificate own = new MixerCertificate(right, folder, "", 90 * DAY_MS, clock);

        assertThat(own.renew()).isTrue();
        assertThat(own.renew()).isFalse();
        assertThat(right.join(90 * DAY_MS)).isEqualTo(joiner);
        List<X509Certificate> issued = List.of(
                PemFile.certificates(right.certificateFile()).get(0),
                PemFile.certificates(own.files().certificate()).get(0),
                JoinFile.read(right.joinFile()).certificate());
        assertThat(issued)
                .allSatisfy(each -> assertThat(each.getNotBefore().toInstant()).isBefore(clock.instant()));
    }

    @Test
    void shouldKeepTheNameInTheJoinFileOverRenewalsButNotOverRemoval() throws Exception {
        Authority authority = open();
        String joiner = authority.join(3 * DAY_MS);
        JoinFile first = JoinFile.read(authority.joinFile());
        assertThat(first.authority()).isEqualTo(authority.signing().publicKey());
        assertThat(authority.join(3 * DAY_MS)).isEqualTo(joiner);
        assertThat(JoinFile.read(authority.joinFile()).untilMs()).isEqualTo(first.untilMs());

        nowMs += 2 * DAY_MS + 1;
        assertThat(authority.join(3 * DAY_MS)).isEqualTo(joiner);
        assertThat(JoinFile.read(authority.joinFile()).untilMs()).isGreaterThan(first.untilMs());

        Files.delete(authority.joinFile());
        assertThat(authority.join(3 * DAY_MS)).isNotEqualTo(joiner).matches("CN=[0-9a-f]{16},O=fluxrig join");
    }

    @Test
    void shouldReplaceAJoinFileOfAnotherAuthority() throws Exception {
        Path other = folder.resolve("other");
        String foreign = Authority.open(other, clock).join(DAY_MS);
        Authority authority = open();
        Files.copy(other.resolve("authority/join.pem"), authority.joinFile());

        assertThat(authority.join(DAY_MS)).isNotEqualTo(foreign);
        assertThat(JoinFile.read(authority.joinFile()).authority())
                .isEqualTo(authority.signing().publicKey());
    }

    @Test
    void shouldRenewTheMixersCertificateWhenTimeNamesOrAuthorityChange() throws Exception {
        Authority authority = open();
        MixerCertificate some = new MixerCertificate(authority, folder, "mixer.example, 10.0.0.5", DAY_MS, clock);
        assertThat(some.renew()).isTrue();
        assertThat(some.renew()).isFalse();
        X509Certificate own = PemFile.certificates(some.files().certificate()).get(0);
        assertThat(ServerName.of(own))
                .contains(
                        new ServerName(false, "localhost"),
                        new ServerName(true, "127.0.0.1"),
                        new ServerName(false, "mixer.example"),
                        new ServerName(true, "10.0.0.5"));

        nowMs += DAY_MS;
        assertThat(some.renew()).as("late").isTrue();
        assertThat(new MixerCertificate(authority, folder, "other.example", DAY_MS, clock).renew())
                .as("other names")
                .isTrue();
        Authority other = Authority.open(folder.resolve("other"), clock);
        assertThat(new MixerCertificate(other, folder, "other.example", DAY_MS, clock).renew())
                .as("another authority")
                .isTrue();
    }

    @Test
    void shouldRefuseNamesThatAreNone() throws Exception {
        Authority authority = open();
        for (String name : new String[] {"http://mixer", "a b", "999.1.1.1", "x..y"}) {
            assertThatThrownBy(() -> new MixerCertificate(authority, folder, name, DAY_MS, clock).renew())
                    .hasMessageContaining("mixer.names")
                    .hasMessageContaining("write such as mixer.example");
        }
    }
}
