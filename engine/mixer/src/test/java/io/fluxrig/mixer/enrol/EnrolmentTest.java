package io.fluxrig.mixer.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.PublicKeys;
import io.fluxrig.engine.passport.Signed;
import io.fluxrig.engine.passport.TlsKey;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.bus.WireRights;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.DuckRegistry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.ScenarioEntry;
import io.fluxrig.transport.bus.BusSettings;
import io.fluxrig.transport.bus.ControlBus;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentTest {
    private static final String INBOX = "_INBOX.enrol.a1";

    @TempDir
    private Path folder;

    private long nowMs = 1_000_000;
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs);
    private final LoginsOfATest logins = new LoginsOfATest();
    private final List<String> issued = new ArrayList<>();
    private final KeysOfATest keys = new KeysOfATest();
    private Registry registry;
    private Enrolment enrolment;

    @BeforeEach
    void open() throws Exception {
        registry = DuckRegistry.open(folder.resolve("registry.duckdb"));
        enrolment = enrolment(Adoption.EVERYBODY);
    }

    private long passportLifeMs = 90_000;

    private Enrolment enrolment(Adoption adoption) throws Exception {
        ControlBus none = new ControlBus(
                new BusSettings(List.of("nats://127.0.0.1:1"), "test", RackLine.INBOX, null, null, null, true));
        RackLine line = new RackLine(none, key("authority"), () -> 1, clock);
        return new Enrolment(
                registry,
                line,
                logins,
                this::issue,
                keys,
                new EnrolSettings(adoption, 8, passportLifeMs, 1_000),
                clock,
                () -> nowMs * 1_000_000);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private byte[] issue(String rack, PublicKey key, long untilMs) {
        issued.add(rack + " until " + untilMs);
        return new byte[] {1};
    }

    private NodeKey key(String name) throws Exception {
        return NodeKey.open(folder.resolve(name + ".key"));
    }

    private void hello(String rack, String login, String replyTo) throws Exception {
        hello(rack, login, replyTo, new byte[0], 0);
    }

    private void hello(String rack, String login, String replyTo, byte[] tlsKey, long certifiedMs) throws Exception {
        hello(rack, login, replyTo, tlsKey, certifiedMs, null, null);
    }

    private void hello(
            String rack, String login, String replyTo, byte[] tlsKey, long certifiedMs, byte[] box, String marked)
            throws Exception {
        enrolment.hello(said(rack, login, tlsKey, certifiedMs, box, marked), replyTo);
    }

    private byte[] said(String rack, String login) throws Exception {
        return said(rack, login, new byte[0], 0, null, null);
    }

    private byte[] said(String rack, String login, byte[] tlsKey, long certifiedMs, byte[] box, String marked)
            throws Exception {
        Hello hello = new Hello(
                rack,
                key(login).publicKey(),
                "1",
                "host",
                clock.millis(),
                new byte[Hello.NONCE_LENGTH],
                tlsKey,
                certifiedMs,
                box,
                marked);
        return Signed.of(key(rack), Hello.PURPOSE, hello).write();
    }

    @Test
    void shouldCertifyARackThatIsAdmittedForAsLongAsItsPassport() throws Exception {
        byte[] key = TlsKey.make().getPublic().getEncoded();
        hello("east", "one", INBOX, key, 0);
        long untilMs = registry.rack("east").expiresMs();
        assertThat(issued).containsExactly("east until " + untilMs);

        hello("east", "one", INBOX, key, untilMs);
        hello("east", "one", INBOX);
        assertThat(issued).as("it has one, or wants none").hasSize(1);

        hello("east", "one", INBOX, key, untilMs - 2_000);
        assertThat(issued).as("the passport is good for longer").hasSize(2);
    }

    private List<String> audited(String action) {
        return registry.audit(Long.MAX_VALUE, 100).stream()
                .filter(entry -> entry.action().equals(action))
                .map(entry -> entry.subject() + " " + entry.detail())
                .toList();
    }

    @Test
    void shouldIssueOnePassportToARackThatIsAdopted() throws Exception {
        hello("east", "one", INBOX);

        assertThat(registry.rack("east").by()).isEqualTo("auto_adopt");
        assertThat(registry.rack("east").serial()).isPositive();
        assertThat(audited("passport.issue"))
                .containsExactly("east serial " + registry.rack("east").serial());
    }

    @Test
    void shouldHaveAShorterLifeOfPassportsCountForThoseThatThereAre() throws Exception {
        byte[] key = TlsKey.make().getPublic().getEncoded();
        passportLifeMs = 90_000_000;
        enrolment = enrolment(Adoption.EVERYBODY);
        hello("east", "one", INBOX, key, 0);
        RackEntry before = registry.rack("east");
        passportLifeMs = 90_000;
        enrolment = enrolment(Adoption.EVERYBODY);
        nowMs += 10_000;

        hello("east", "one", INBOX, key, before.expiresMs());
        RackEntry after = registry.rack("east");
        hello("east", "one", INBOX, key, after.expiresMs());

        assertThat(after.expiresMs()).isEqualTo(nowMs + 90_000);
        assertThat(registry.rack("east").serial()).as("once").isEqualTo(after.serial());
        assertThat(issued)
                .as("the certificate with it")
                .containsExactly("east until " + before.expiresMs(), "east until " + after.expiresMs());
    }

    @Test
    void shouldIssueNoOtherPassportWhereTheClockWasSetBackALittle() throws Exception {
        hello("east", "one", INBOX);
        nowMs -= 5_000;

        hello("east", "one", INBOX);

        assertThat(audited("passport.issue")).hasSize(1);
    }

    @Test
    void shouldIssueAnotherPassportToARackThatAnOperatorWantsRenewed() throws Exception {
        byte[] key = TlsKey.make().getPublic().getEncoded();
        hello("east", "one", INBOX, key, 0);
        RackEntry before = registry.rack("east");
        nowMs += 5_000;

        RackEntry renewed = enrolment.renew("east", "api ana 10.0.0.1");

        assertThat(registry.rack("east").serial()).isEqualTo(renewed.serial()).isGreaterThan(before.serial());
        assertThat(renewed.expiresMs()).isEqualTo(before.expiresMs() + 5_000);
        assertThat(registry.audit(Long.MAX_VALUE, 1).get(0).who()).isEqualTo("api ana 10.0.0.1");
        hello("east", "one", INBOX, key, before.expiresMs());
        assertThat(issued).as("the certificate with it").hasSize(2);
        enrolment.suspend("east", "test");
        assertThatThrownBy(() -> enrolment.renew("east", "test")).hasMessage("rack 'east' is suspended, not active");
        assertThatThrownBy(() -> enrolment.renew("west", "test")).hasMessage("no rack 'west' has said hello");
    }

    @Test
    void shouldAnswerAnApprovalWithThePassportThatItBrought() throws Exception {
        enrolment = enrolment(Adoption.NOBODY);
        hello("east", "one", INBOX);

        RackEntry approved = enrolment.approve("east", "", "test");

        assertThat(approved).usingRecursiveComparison().isEqualTo(registry.rack("east"));
        assertThat(approved.serial()).isPositive();
    }

    /** As a mistyped --rack had it: the rack that came under that name was let in, with its keys. */
    @Test
    void shouldHaveAnOperatorApproveARackForWhichSomethingIsToRun() throws Exception {
        enrolment = enrolment(Adoption.NOBODY);
        registry.activate(
                new ScenarioEntry("pay", "1.0.0", "ab", 1, 1),
                List.of("east"),
                false,
                1,
                id -> AuditEntry.of(1, "test", "scenario.activate", "pay", ""));

        hello("east", "one", INBOX);

        assertThat(registry.rack("east").standing()).isEqualTo(Standing.PENDING);
        assertThat(logins.admitted).isEmpty();
        assertThat(keys.given).isEmpty();
    }

    @Test
    void shouldApproveOnlyTheKeyThatItIsTold() throws Exception {
        enrolment = enrolment(Adoption.NOBODY);
        hello("east", "one", INBOX);
        String key = PublicKeys.fingerprint(registry.rack("east").key());

        assertThatThrownBy(() -> enrolment.approve("east", "0000", "test"))
                .isInstanceOf(RefusedException.class)
                .hasMessage("not approved: the rack that said hello as 'east' has key " + key);
        assertThat(enrolment
                        .approve("east", key.toUpperCase(Locale.ROOT), "test")
                        .standing())
                .isEqualTo(Standing.ACTIVE);
    }

    @Test
    void shouldApproveWhomTheMixerIsToAdoptByWhatNamesIt() throws Exception {
        enrolment = enrolment(rack -> rack.equals("east") ? "scenario" : "");
        hello("east", "one", INBOX);
        hello("west", "two", INBOX);

        assertThat(registry.rack("east").by()).isEqualTo("scenario");
        assertThat(registry.rack("west").standing()).isEqualTo(Standing.PENDING);
    }

    @Test
    void shouldWriteDownOnceThatARackSaidHelloSoThatItIsSeenToWait() throws Exception {
        hello("east", "one", INBOX);
        hello("east", "one", INBOX);

        assertThat(registry.audit(Long.MAX_VALUE, 100))
                .filteredOn(entry -> entry.action().equals("rack.hello"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.subject()).isEqualTo("east"))
                .satisfies(
                        entry -> assertThat(entry.detail()).startsWith("key ").endsWith(", from host"));
    }

    @Test
    void shouldCertifyNobodyElse() throws Exception {
        byte[] key = TlsKey.make().getPublic().getEncoded();
        hello("east", "one", INBOX);
        enrolment.suspend("east", "test");

        hello("east", "one", INBOX, key, 0);
        hello("west", "one", INBOX, key, 0);
        hello("north", "two", INBOX, new byte[91], 0);

        assertThat(issued).isEmpty();
        assertThat(enrolment.dropped())
                .as("a login of another, a key that is none")
                .isEqualTo(2);
    }

    @Test
    void shouldGiveKeysToARackThatIsAdmittedAndHasOthers() throws Exception {
        hello("east", "one", INBOX, new byte[0], 0, new byte[44], "");
        assertThat(keys.given).containsExactly("east");

        hello("east", "one", INBOX, new byte[0], 0, new byte[44], "mark");
        hello("east", "one", INBOX, new byte[0], 0, null, null);
        assertThat(keys.given).as("it has them, or takes none").hasSize(1);

        hello("east", "one", INBOX, new byte[0], 0, new byte[44], "of before");
        assertThat(keys.given).hasSize(2);
    }

    @Test
    void shouldGiveKeysToNobodyElse() throws Exception {
        hello("east", "one", INBOX);
        enrolment.suspend("east", "test");

        hello("east", "one", INBOX, new byte[0], 0, new byte[44], "");
        hello("west", "one", INBOX, new byte[0], 0, new byte[44], "");

        assertThat(keys.given).isEmpty();
    }

    @Test
    void shouldGiveNoKeysWhileThereAreNone() throws Exception {
        keys.mark = "";

        hello("east", "one", INBOX, new byte[0], 0, new byte[44], "");

        assertThat(keys.given).isEmpty();
        assertThat(registry.rack("east").standing()).isEqualTo(Standing.ACTIVE);
    }

    private static final class KeysOfATest implements KeyGiver {
        private final List<String> given = new ArrayList<>();
        private String mark = "mark";

        @Override
        public String makeReady(RackEntry rack) {
            return mark;
        }

        @Override
        public String markIfMade(RackEntry rack) {
            return mark;
        }

        @Override
        public byte[] give(RackEntry rack, Hello hello) {
            given.add(rack.name());
            return new byte[] {1};
        }

        @Override
        public boolean isDue(RackEntry rack, String has) {
            return !mark.equals(has);
        }
    }

    @Test
    void shouldRefuseANewRackThatHasAnotherRacksLogin() throws Exception {
        hello("east", "one", INBOX);
        hello("west", "one", INBOX);

        assertThat(registry.rack("east").standing()).isEqualTo(Standing.ACTIVE);
        assertThat(registry.rack("west")).isNull();
        assertThat(logins.admitted).containsOnlyKeys("east");
    }

    @Test
    void shouldRefuseAKnownRackThatComesWithAnotherRacksLogin() throws Exception {
        hello("east", "one", INBOX);
        hello("west", "two", INBOX);
        hello("west", "one", INBOX);

        assertThat(registry.rack("west").login()).isEqualTo(key("two").publicKey());
        assertThat(logins.admitted.get("west")).isEqualTo(key("two").publicKey());
    }

    @Test
    void shouldTakeARacksNewLogin() throws Exception {
        hello("east", "one", INBOX);
        hello("east", "two", INBOX);

        assertThat(logins.admitted.get("east")).isEqualTo(key("two").publicKey());
    }

    @Test
    void shouldLetInARackWhoseApprovalWasCutShort() throws Exception {
        hello("east", "one", INBOX);
        logins.admitted.clear();

        hello("east", "one", INBOX);

        assertThat(logins.admitted).containsOnlyKeys("east");
    }

    @Test
    void shouldLetNobodyInWhoWaits() throws Exception {
        enrolment = enrolment(Adoption.NOBODY);
        hello("east", "one", INBOX);
        hello("east", "one", INBOX);

        assertThat(logins.admitted).isEmpty();
    }

    @Test
    void shouldExpelARackWhoseRemovalWasCutShort() throws Exception {
        hello("east", "one", INBOX);
        registry.removeRack(registry.rack("east"), AuditEntry.of(1, "test", "rack.remove", "east", ""));

        assertThatThrownBy(() -> enrolment.remove("east", "test"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("no rack 'east'");

        assertThat(logins.admitted).isEmpty();
    }

    @Test
    void shouldLetInOnceItLeadsWhomTheRegistryHasAndNobodyElse() throws Exception {
        hello("east", "one", INBOX);
        hello("west", "two", INBOX);
        enrolment.suspend("west", "test");
        enrolment(Adoption.NOBODY).hello(said("north", "three"), INBOX);
        logins.admitted.clear();
        logins.admitted.put("gone", new byte[0]);

        enrolment.announcement().begin();

        assertThat(logins.admitted).containsOnlyKeys("east", "west");
    }

    @Test
    void shouldRefuseARackThatHasTheMixersLogin() throws Exception {
        logins.mixers = key("one").publicKey();

        hello("east", "one", INBOX);

        assertThat(registry.rack("east")).isNull();
    }

    @Test
    void shouldDropAHelloThatWantsItsAnswerElsewhereThanInAnInboxOfARack() throws Exception {
        hello("east", "one", "flux.msg.east.x");
        hello("east", "one", RackLine.INBOX + ".a1");
        hello("east", "one", "_INBOX.");
        hello("east", "one", null);

        assertThat(registry.rack("east")).isNull();
        assertThat(enrolment.dropped()).isEqualTo(4);
    }

    @Test
    void shouldAnswerInTheInboxOfARackThatIsAdmitted() throws Exception {
        hello("east", "one", "_INBOX.rack-east.a1");

        assertThat(registry.rack("east")).isNotNull();
    }

    private void says(String state, String reason) {
        says(state, reason, "mark");
    }

    private void says(String state, String reason, String marked) {
        enrolment.remind(
                registry.rack("east"),
                new Heartbeat(
                        "east",
                        "1",
                        state,
                        reason,
                        "",
                        "",
                        "",
                        0,
                        0,
                        "",
                        "",
                        1,
                        1,
                        0,
                        marked,
                        true,
                        null,
                        clock.millis()));
    }

    @Test
    void shouldTellARackThatRunsOnThatItIsSuspended() throws Exception {
        hello("east", "one", INBOX);
        enrolment.suspend("east", "test");

        says("held", "suspended");
        says("draining", "no new requests are taken");
        assertThat(enrolment.reminded()).isZero();
        says("running", "");
        assertThat(enrolment.reminded()).isEqualTo(1);
    }

    @Test
    void shouldTellARackThatHoldsItsGearsThatItIsActive() throws Exception {
        hello("east", "one", INBOX);

        says("running", "");
        says("held", "kill");
        assertThat(enrolment.reminded()).isZero();
        says("held", "suspended");
        assertThat(enrolment.reminded()).isEqualTo(1);
    }

    @Test
    void shouldTellARackOfKeysThatItHasNotHeardOf() throws Exception {
        hello("east", "one", INBOX);

        says("running", "", "mark");
        assertThat(enrolment.reminded()).isZero();
        says("running", "", "of before");
        assertThat(enrolment.reminded()).isEqualTo(1);

        enrolment.suspend("east", "test");
        says("held", "suspended", "of before");
        assertThat(enrolment.reminded()).as("it gets none now").isEqualTo(1);
    }

    private static final class LoginsOfATest implements Logins {
        private final Map<String, byte[]> admitted = new TreeMap<>();
        private byte[] mixers = {};

        @Override
        public boolean managed() {
            return true;
        }

        @Override
        public boolean isMixers(byte[] login) {
            return Arrays.equals(mixers, login);
        }

        @Override
        public void admit(String rack, byte[] login) {
            admitted.put(rack, login);
        }

        @Override
        public void admitOnly(Map<String, byte[]> only) {
            admitted.clear();
            admitted.putAll(only);
        }

        @Override
        public boolean allow(Map<String, WireRights> rights, boolean soon) {
            return true;
        }

        @Override
        public void expel(String rack) {
            admitted.remove(rack);
        }
    }
}
