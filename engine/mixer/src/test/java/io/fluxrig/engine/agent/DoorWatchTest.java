package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.config.NodeConfigLoader;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.Passport;
import io.fluxrig.engine.passport.PassportFile;
import io.fluxrig.engine.passport.Signed;
import io.fluxrig.engine.passport.TlsKey;
import io.fluxrig.mixer.authority.Authority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rack makes of certificates as a mixer's authority issues them: here, where there is one. */
class DoorWatchTest {
    private static final long DAY_MS = 86_400_000L;
    private static final long START_MS = 1_800_000_000_000L;

    @TempDir
    private Path folder;

    private long nowMs = START_MS;
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs);
    private final Link link = new Link();
    private final List<String> said = new ArrayList<>();
    private Authority authority;
    private Path rack;

    /** A line that comes about, or does not, as a test says. */
    private static final class Link implements DoorWatch.Link {
        private boolean connected;
        private boolean admitted = true;
        private boolean refuses;
        private final List<Boolean> connects = new ArrayList<>();

        @Override
        public boolean connected() {
            return connected;
        }

        @Override
        public boolean admittedLogin() {
            return admitted;
        }

        @Override
        public boolean certificateRefused() {
            return refuses;
        }

        @Override
        public void connect(boolean asAdmitted) {
            admitted = asAdmitted;
            connects.add(asAdmitted);
        }
    }

    @BeforeEach
    void start() throws Exception {
        authority = Authority.open(folder.resolve("mixer"), clock);
        rack = Files.createDirectories(folder.resolve("rack"));
    }

    private RackTls tls() throws Exception {
        Map<String, String> flags = Map.of("base.data_dir", rack.toString(), "snake.url", "tls://mixer.example:4222");
        return new RackTls(NodeConfigLoader.load(null, Map.of(), flags).config(), rack, clock);
    }

    /** One for the rack's own key. */
    private byte[] issued(Authority by) throws Exception {
        return by.rack("east", TlsKey.open(rack.resolve("tls.key")).getPublic(), START_MS + 30 * DAY_MS);
    }

    private RackTls certified() throws Exception {
        RackTls tls = tls();
        tls.keep(issued(authority));
        return tls;
    }

    private void copyJoinFile() throws Exception {
        authority.join(DAY_MS);
        Files.copy(
                authority.joinFile(),
                rack.resolve("join.pem"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    private DoorWatch watch(RackTls tls) {
        return new DoorWatch("east", tls, link, () -> said.add("came"), said::add, nowMs);
    }

    private void pass(DoorWatch watch, long ms) {
        for (long gone = 0; gone < ms; gone += 1000) {
            nowMs += 1000;
            watch.turn(nowMs);
        }
    }

    @Test
    void shouldSayHelloWithTheJoinFileWhereTheServersRefuseItsCertificate() throws Exception {
        RackTls tls = certified();
        copyJoinFile();
        link.refuses = true;
        DoorWatch watch = watch(tls);

        pass(watch, DoorWatch.LACK_MS);

        assertThat(link.connects).containsExactly(false);
        assertThat(tls.ready()).as("as one that has no certificate").isFalse();
        assertThat(tls.certifiedMs()).as("what it asks the mixer for").isZero();
        assertThat(said)
                .singleElement()
                .asString()
                .contains("certificate that the servers do not take", "says hello with " + rack.resolve("join.pem"));

        tls.keep(issued(authority));
        assertThat(tls.ready()).as("with another one").isTrue();
    }

    @Test
    void shouldStayWithItsCertificateWhereThereIsNoJoinFileAndSaySo() throws Exception {
        RackTls tls = certified();
        link.refuses = true;

        pass(watch(tls), 2 * DoorWatch.LACK_MS);

        assertThat(link.connects).isEmpty();
        assertThat(tls.ready()).isTrue();
        assertThat(said)
                .isNotEmpty()
                .allMatch(line -> line.contains("do not take") && line.contains("copy the mixer's authority/join.pem"));
    }

    @Test
    void shouldTryItsCertificateAgainWhereTheJoinFileIsRefusedToo() throws Exception {
        RackTls tls = certified();
        copyJoinFile();
        link.refuses = true;

        pass(watch(tls), DoorWatch.LACK_MS + DoorWatch.CHANGE_MS + DoorWatch.LACK_MS);

        assertThat(link.connects).contains(true, false);
        assertThat(link.admitted).isTrue();
        assertThat(tls.ready()).isTrue();
    }

    @Test
    void shouldConnectAnewNowAndThenToLearnWhyThereIsNoConnection() throws Exception {
        pass(watch(certified()), DoorWatch.AFRESH_MS + DoorWatch.LACK_MS);

        assertThat(link.connects).containsExactly(true);
    }

    @Test
    void shouldLeaveAConnectionThatIsThereAlone() throws Exception {
        link.connected = true;
        link.refuses = true;

        pass(watch(certified()), 2 * DoorWatch.AFRESH_MS);

        assertThat(link.connects).isEmpty();
        assertThat(said).isEmpty();
    }

    @Test
    void shouldTakeACertificateWhoseTimeHasNotComeForNone() throws Exception {
        nowMs += 10 * DAY_MS;
        certified();
        nowMs = START_MS;

        RackTls tls = tls();

        assertThat(tls.ready()).isFalse();
        assertThat(tls.certifiedMs()).isZero();
        assertThat(tls.lack()).contains("has a certificate that is not valid before ");
        nowMs += 10 * DAY_MS;
        assertThat(tls.ready()).as("once it has come").isTrue();
    }

    @Test
    void shouldPutBackWhoSignedItsCertificateWhereACrashCameBetween() throws Exception {
        certified();
        Authority other = Authority.open(folder.resolve("other"), clock);
        byte[] came = issued(other);
        Files.write(rack.resolve("tls.crt"), came);

        assertThat(tls().ready()).isTrue();

        assertThat(rack.resolve("ca.crt")).hasSameTextualContentAs(other.certificateFile());
    }

    private static Standing admitted(byte[] passport, byte[] certificate) {
        return new Standing(
                "east", new byte[32], Standing.ACTIVE, "", passport, 1, START_MS, new byte[0], certificate, null, null);
    }

    private byte[] passport(NodeKey mixer, NodeKey holder) {
        Passport passport = new Passport(
                Passport.FORMAT, 7, "east", holder.publicKey(), new byte[32], true, START_MS - 1, START_MS + DAY_MS);
        return Signed.of(mixer, Passport.PURPOSE, passport).write();
    }

    @Test
    void shouldKeepNoCertificateThatComesWithAPassportOfSomebodyElse() throws Exception {
        RackTls tls = tls();
        NodeKey key = NodeKey.ephemeral();
        Papers papers = new Papers(
                new Identity("east", key, NodeKey.ephemeral(), tls, 1), new PassportFile(rack, clock), null, clock);
        byte[] other = passport(NodeKey.ephemeral(), key);

        assertThatThrownBy(() -> papers.keep(
                        admitted(other, issued(authority)), authority.signing().publicKey()))
                .hasMessageContaining("another mixer");

        assertThat(rack.resolve("tls.crt")).doesNotExist();
    }

    @Test
    void shouldKeepThePassportWhateverTheCertificateIsLike() throws Exception {
        NodeKey key = NodeKey.ephemeral();
        PassportFile passports = new PassportFile(rack, clock);
        Papers papers = new Papers(new Identity("east", key, NodeKey.ephemeral(), tls(), 1), passports, null, clock);

        Passport came = papers.keep(
                admitted(passport(authority.signing(), key), new byte[] {1}),
                authority.signing().publicKey());

        assertThat(came.serial()).isEqualTo(7);
        assertThat(passports.read("east", key.publicKey()).serial()).isEqualTo(7);
    }
}
