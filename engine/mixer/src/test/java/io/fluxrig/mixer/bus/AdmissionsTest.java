package io.fluxrig.mixer.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.config.Address;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdmissionsTest {
    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2};
    private static final WireRights RIGHTS =
            new WireRights(Set.of("flux.msg.west.in.in"), true, Set.of(), Set.of(), Set.of());

    private final Admissions admissions = new Admissions(new ServerSettings(
            Path.of("nats-server"), Path.of("nats"), new Address("127.0.0.1", 4222), new byte[32], "key", null));

    @BeforeEach
    void start() {
        tell(admissions.first(Map.of("east", ONE), Map.of("east", RIGHTS)));
    }

    private void tell(Wanted wanted) {
        admissions.told(wanted, new ServerFile.Written("", wanted.logins(), Map.of(), true));
    }

    @Test
    void shouldHaveNothingToTellWhereNothingChanged() {
        assertThat(admissions.isKnown()).isTrue();
        assertThat(admissions.admit("east", ONE)).isFalse();
        assertThat(admissions.allow(Map.of("east", RIGHTS))).isFalse();
        assertThat(admissions.have(Map.of("east", RIGHTS))).isTrue();
        assertThat(admissions.admitOnly(Map.of("east", ONE))).isFalse();
    }

    @Test
    void shouldCountWhatGoesOverTheServer() {
        WireRights others = new WireRights(
                Set.of("flux.msg.west.in.in", "flux.msg.west.in.more"), true, Set.of(), Set.of(), Set.of());
        admissions.allow(Map.of("south", others));

        assertThat(Carried.of(admissions.wanted().rights().values())).isEqualTo(new Carried(2, 0));
        assertThat(Carried.of(Set.of()).any()).isFalse();
    }

    @Test
    void shouldTellOfAnotherLogin() {
        assertThat(admissions.admit("east", TWO)).isTrue();
        assertThat(admissions.isKnown()).isFalse();

        tell(admissions.wanted());

        assertThat(admissions.isKnown()).isTrue();
    }

    /** Another mixer had removed it; who came under its name had its wires. */
    @Test
    void shouldKeepNoRightsOfARackThatIsGone() {
        assertThat(admissions.admitOnly(Map.of("west", TWO))).isTrue();
        admissions.admit("east", TWO);

        assertThat(admissions.wanted().rights()).isEmpty();
        assertThat(admissions.allow(Map.of("east", RIGHTS)))
                .as("those of before")
                .isTrue();
    }

    @Test
    void shouldHaveTheServerReadItsFileUntilItWasTold() {
        admissions.certificateRenewed();

        assertThat(admissions.wanted().unread()).isTrue();
        Wanted again = admissions.wanted();
        assertThat(again.unread()).as("asked once more").isTrue();
        tell(again);
        assertThat(admissions.wanted().unread()).isFalse();
    }

    @Test
    void shouldRememberWhatCameWhileTheServerWasTold() {
        admissions.admit("west", TWO);
        Wanted before = admissions.wanted();
        admissions.certificateRenewed();

        tell(before);

        assertThat(admissions.isKnown()).isFalse();
        assertThat(admissions.wanted().unread()).isTrue();
    }

    @Test
    void shouldHaveTheServerReadWhatItCouldNotBeTold() {
        admissions.admit("west", TWO);
        admissions.wanted();
        admissions.untold();

        assertThat(admissions.wanted().unread()).isTrue();
    }

    @Test
    void shouldLeaveOutALoginThatTheServerCannotTakeUntilARackGoes() {
        admissions.admit("west", TWO);
        Wanted wanted = admissions.wanted();
        admissions.told(wanted, new ServerFile.Written("", Map.of("east", ONE), Map.of("west", TWO), true));
        assertThat(admissions.isLeftOut("west")).isTrue();
        assertThat(admissions.wanted().logins()).containsOnlyKeys("east");

        assertThat(admissions.expel("east")).as("the server knows it").isTrue();

        assertThat(admissions.isLeftOut("west")).isFalse();
        assertThat(admissions.wanted().logins()).containsOnlyKeys("west");
    }
}
