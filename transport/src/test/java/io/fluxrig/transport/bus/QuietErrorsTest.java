package io.fluxrig.transport.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;

class QuietErrorsTest {
    private static final String REFUSED = "Permissions Violation for Publish to \"flux.peer.east\"";

    private final List<String> heard = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private long nowNs = -5;

    private QuietErrors errors(String hint) {
        Logger log = (Logger) Proxy.newProxyInstance(
                Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, args) -> {
                    Object[] values = args.length == 2 && args[1] instanceof Object[] all
                            ? all
                            : Arrays.copyOfRange(args, 1, args.length);
                    said.add(method.getName() + " "
                            + MessageFormatter.arrayFormat((String) args[0], values)
                                    .getMessage());
                    return null;
                });
        return new QuietErrors(new TlsTrouble(), log, "slow", hint, heard::add, () -> nowNs);
    }

    @Test
    void shouldSayWhatARefusalMeans() {
        errors("; look there").errorOccurred(null, REFUSED);
        errors("").errorOccurred(null, "Authorization Violation");
        errors("; look there").errorOccurred(null, "maximum payload exceeded");

        assertThat(said)
                .containsExactly(
                        "warn NATS says: " + REFUSED + ": this login may not do that; look there",
                        "warn NATS says: Authorization Violation: it does not know this login, or not any more",
                        "warn NATS says: maximum payload exceeded");
    }

    @Test
    void shouldTellOneOfManyAndHowManyItDidNotTell() {
        QuietErrors errors = errors("");
        for (int i = 0; i < 8; i++) {
            errors.errorOccurred(null, REFUSED);
        }
        nowNs += 10_000_000_000L;
        errors.errorOccurred(null, REFUSED);

        assertThat(said)
                .containsExactly(
                        "warn NATS says: " + REFUSED + ": this login may not do that",
                        "warn NATS says: " + REFUSED + ": this login may not do that (7 more were not told)");
    }

    /** Under a flood the client begins to drop a hundred times a second. */
    @Test
    void shouldTellOfDropsOnceInAWhileAndHowOftenTheyBegan() {
        QuietErrors errors = errors("");
        errors.errorOccurred(null, REFUSED);
        for (int i = 0; i < 120; i++) {
            errors.slowConsumerDetected(null, null);
            nowNs += 9_999_999_999L / 120;
        }
        nowNs += 10_000_000_000L;
        errors.slowConsumerDetected(null, null);
        nowNs += 10_000_000_000L;
        errors.slowConsumerDetected(null, null);

        String drops = "warn the NATS client drops messages: slow";
        assertThat(said)
                .containsExactly(
                        "warn NATS says: " + REFUSED + ": this login may not do that",
                        drops,
                        drops + " (it began to 119 more times since the last line)",
                        drops);
    }

    @Test
    void shouldHandOnWhatIsNotToldInTheLog() {
        QuietErrors errors = errors("");
        errors.errorOccurred(null, REFUSED);
        errors.errorOccurred(null, REFUSED);

        assertThat(heard).containsExactly(REFUSED, REFUSED);
    }

    @Test
    void shouldKnowWhatIsRefused() {
        assertThat(QuietErrors.unpublishable(REFUSED)).isEqualTo("flux.peer.east");
        assertThat(QuietErrors.unpublishable("Permissions Violation for Subscription to \"flux.peer.x\""))
                .isNull();
        assertThat(QuietErrors.isUnknownLogin("Authorization Violation")).isTrue();
        assertThat(QuietErrors.isUnknownLogin(REFUSED)).isFalse();
    }

    @Test
    void shouldNameServersWithoutTheirPasswords() {
        assertThat(ServerNames.of(List.of("nats://10.0.0.1:4222", "tls://me:secret@db.example:4222", "x@y:1")))
                .isEqualTo("nats://10.0.0.1:4222, tls://db.example:4222, y:1");
    }
}
