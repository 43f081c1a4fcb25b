package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fluxrig.engine.control.Order;
import io.fluxrig.engine.control.ScenarioPush;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.Cbor;
import io.fluxrig.engine.passport.NodeKey;
import io.fluxrig.engine.passport.Signed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What a rack makes of messages on its own subjects that prove nothing. */
class MixerLinkTest {
    private static final long NOW_MS = 1_800_000_000_000L;
    /** Epoch and time of what was heard before the rack was started. */
    private static final long EPOCH = 7;

    private static final long HEARD_MS = NOW_MS - 5_000;
    private static final long TOO_FAR_MS = 301_000;
    /** Stands in every order here, and in no line of a log. */
    private static final String VALUE = "0.0.98765.4";

    private final NodeKey mixer = NodeKey.ephemeral();
    private final NodeKey stranger = NodeKey.ephemeral();
    private final InstantSource clock = () -> Instant.ofEpochMilli(NOW_MS);
    private final Identity identity = new Identity("east", NodeKey.ephemeral(), NodeKey.ephemeral(), null, 1);
    private final List<String> handed = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(MixerLink.class.getPackageName());
    private MixerLink link;

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.DEBUG);
        logger.addAppender(log);
        link = new MixerLink(
                identity,
                null,
                List.of(),
                null,
                new MixerGate(mixer.publicKey(), EPOCH, HEARD_MS, clock),
                "1",
                "host",
                clock,
                new Handed());
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private final class Handed implements MixerEvents {
        @Override
        public void standing(Standing standing, byte[] authority) {
            handed.add(standing.word());
        }

        @Override
        public void push(ScenarioPush push) {
            handed.add(push.name());
        }

        @Override
        public void order(Order order, String replyTo) {
            handed.add(order.word());
        }
    }

    /** An order, and what the log says of it. */
    private enum Bad {
        SIGNED_BY_SOMEBODY_ELSE("an order of somebody who is not this rack's mixer") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                return of.signed(of.stranger, kill("east", EPOCH, NOW_MS, NOW_MS));
            }
        },
        SIGNED_BY_SOMEBODY_ELSE_IN_THE_MIXERS_NAME("an order that was changed on its way") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                Signed forged = Signed.of(of.stranger, Order.PURPOSE, kill("east", EPOCH, NOW_MS, NOW_MS));
                return new Signed(forged.body(), of.mixer.publicKey(), forged.signature()).write();
            }
        },
        CHANGED("an order that was changed on its way") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                Order resume = new Order("east", Order.RESUME, VALUE, EPOCH, NOW_MS);
                Signed signed = Signed.of(of.mixer, Order.PURPOSE, resume);
                byte[] other = Cbor.write(kill("east", EPOCH, NOW_MS, NOW_MS));
                return new Signed(other, signed.key(), signed.signature()).write();
            }
        },
        SIGNED_FOR_SOMETHING_ELSE("was signed for something else") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                return Signed.of(of.mixer, ScenarioPush.PURPOSE, kill("east", EPOCH, NOW_MS, NOW_MS))
                        .write();
            }
        },
        OF_ANOTHER_RACK("what is meant for another rack") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                return of.signed(of.mixer, kill("west", EPOCH, NOW_MS, NOW_MS));
            }
        },
        REPLAYED("an order: it was received before, or a later one was") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                byte[] good = of.signed(of.mixer, kill("east", EPOCH, NOW_MS, NOW_MS));
                of.link.onOrder(good, "reply");
                assertThat(of.handed).as("the first time").containsExactly(Order.KILL);
                of.handed.clear();
                return good;
            }
        },
        OVERTAKEN("an order: it was received before, or a later one was") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                of.link.onOrder(of.signed(of.mixer, kill("east", EPOCH, NOW_MS, NOW_MS)), "reply");
                of.handed.clear();
                return of.signed(of.mixer, kill("east", EPOCH, NOW_MS - 1, NOW_MS));
            }
        },
        REPLAYED_AFTER_A_RESTART("an order: it was received before this rack was started") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                return of.signed(of.mixer, kill("east", EPOCH, HEARD_MS, HEARD_MS));
            }
        },
        TOO_OLD("an order: it was written 301 s away from this machine's time") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                return of.signed(of.mixer, kill("east", EPOCH, NOW_MS, NOW_MS - TOO_FAR_MS));
            }
        },
        OF_THE_FUTURE("an order: it was written 301 s away from this machine's time") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                return of.signed(of.mixer, kill("east", EPOCH, NOW_MS, NOW_MS + TOO_FAR_MS));
            }
        },
        OF_A_MIXER_THAT_LEADS_NO_MORE("an order of a mixer that leads no more") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                return of.signed(of.mixer, kill("east", EPOCH - 1, NOW_MS, NOW_MS));
            }
        },
        TOO_LONG("an order: length=") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                return of.signed(of.mixer, new Order("east", Order.KILL, VALUE.repeat(200), EPOCH, NOW_MS));
            }
        },
        EMPTY("an order: its 0 bytes hold something else") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                return new byte[0];
            }
        },
        NO_CBOR("an order: its 64 bytes hold something else") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                byte[] noise = new byte[64];
                Arrays.fill(noise, (byte) 0xff);
                return noise;
            }
        },
        CUT_SHORT("hold something else") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                byte[] whole = of.signed(of.mixer, kill("east", EPOCH, NOW_MS, NOW_MS));
                return Arrays.copyOf(whole, whole.length - 1);
            }
        },
        WITH_MORE_BEHIND_IT("hold something else") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                byte[] whole = of.signed(of.mixer, kill("east", EPOCH, NOW_MS, NOW_MS));
                return Arrays.copyOf(whole, whole.length + 1);
            }
        },
        A_LENGTH_OF_2_GIB("hold something else") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                // { "body": byte string of 0x7fffffff bytes, of which none come
                return new byte[] {(byte) 0xa1, 0x64, 'b', 'o', 'd', 'y', 0x5a, 0x7f, -1, -1, -1};
            }
        },
        NESTED_WITHOUT_END("an order: its 1000 bytes hold something else") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                byte[] arrays = new byte[1000];
                Arrays.fill(arrays, (byte) 0x81);
                return arrays;
            }
        },
        WITHOUT_A_SIGNATURE("hold something else") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                Signed signed = Signed.of(of.mixer, Order.PURPOSE, kill("east", EPOCH, NOW_MS, NOW_MS));
                return Cbor.write(Map.of("body", signed.body(), "key", signed.key()));
            }
        },
        A_BODY_THAT_IS_NO_ORDER("hold something else") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                return Signed.of(of.mixer, Order.PURPOSE, Map.of("rack", "east", "word", "explode", "value", VALUE))
                        .write();
            }
        },
        A_KEY_THAT_IS_NONE("an order of somebody who is not this rack's mixer") {
            @Override
            byte[] bytes(MixerLinkTest of) {
                Signed signed = Signed.of(of.mixer, Order.PURPOSE, kill("east", EPOCH, NOW_MS, NOW_MS));
                return new Signed(signed.body(), new byte[0], signed.signature()).write();
            }
        };

        private final String said;

        Bad(String said) {
            this.said = said;
        }

        abstract byte[] bytes(MixerLinkTest of);

        private static Order kill(String rack, long epoch, long atMs, long writtenMs) {
            return new Order(rack, Order.KILL, VALUE, epoch, atMs, writtenMs);
        }
    }

    private byte[] signed(NodeKey by, Order order) {
        return Signed.of(by, Order.PURPOSE, order).write();
    }

    @ParameterizedTest
    @EnumSource
    void shouldDoNothingForAnOrderThatProvesNothingAndCountIt(Bad bad) {
        byte[] bytes = bad.bytes(this);

        link.onOrder(bytes, "reply");

        assertThat(handed).as("what the agent is told to do").isEmpty();
        assertThat(link.gate().dropped()).isEqualTo(1);
        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage())
                    .startsWith("dropped ")
                    .contains(bad.said)
                    .endsWith("(1 dropped so far)")
                    .doesNotContain(VALUE, Order.KILL);
            assertThat(line.getThrowableProxy()).isNull();
        });
    }

    @Test
    void shouldDropScenariosAndStandingsOfOthersAsWell() {
        ScenarioPush push = new ScenarioPush("east", 1, "echo", "1", new byte[0], false, EPOCH, NOW_MS, NOW_MS);
        link.onPush(Signed.of(stranger, ScenarioPush.PURPOSE, push).write());
        link.onPush(Signed.of(mixer, Order.PURPOSE, push).write());
        link.onPush(new byte[] {1, 2, 3});
        byte[] none = new byte[0];
        Standing removed = new Standing(
                "east",
                identity.key().publicKey(),
                Standing.REMOVED,
                "",
                none,
                EPOCH,
                NOW_MS,
                none,
                none,
                none,
                "",
                NOW_MS,
                0L);
        link.onStanding(Signed.of(stranger, Standing.PURPOSE, removed).write(), null);
        link.onStanding(Signed.of(mixer, Order.PURPOSE, removed).write(), null);
        link.onStanding(new byte[] {1, 2, 3}, null);

        assertThat(handed).isEmpty();
        assertThat(link.gate().dropped()).isEqualTo(6);
        assertThat(log.list).as("one line in 10 s, however much comes").hasSize(1);

        link.onPush(Signed.of(mixer, ScenarioPush.PURPOSE, push).write());
        link.onStanding(Signed.of(mixer, Standing.PURPOSE, removed).write(), null);
        assertThat(handed).containsExactly("echo", Standing.REMOVED);
        assertThat(link.gate().dropped()).isEqualTo(6);
    }

    private byte[] standing(long epoch, long writtenMs, byte[] nonce) {
        byte[] none = new byte[0];
        Standing active = new Standing(
                "east",
                identity.key().publicKey(),
                Standing.ACTIVE,
                "",
                none,
                epoch,
                writtenMs,
                nonce,
                none,
                none,
                "",
                writtenMs,
                0L);
        return Signed.of(mixer, Standing.PURPOSE, active).write();
    }

    /** Its registry is restored, its clock mended, and its epochs are lower again: no rack that had heard it obeyed it. */
    @Test
    void shouldObeyAMixerWhoseClockWasYearsAhead() {
        long yearsMs = 10 * 365L * 86_400_000;
        byte[] nonce = new byte[16];

        link.onStanding(standing(EPOCH + yearsMs, NOW_MS + yearsMs, nonce), nonce);
        link.onOrder(signed(mixer, Bad.kill("east", EPOCH + yearsMs, NOW_MS + yearsMs, NOW_MS + yearsMs)), "reply");
        handed.clear();
        link.onOrder(signed(mixer, Bad.kill("east", EPOCH + 1, NOW_MS, NOW_MS)), "reply");

        assertThat(handed).containsExactly(Order.KILL);
    }

    @Test
    void shouldObeyNobodyBeforeItKnowsAMixer() {
        link = new MixerLink(
                identity, null, List.of(), null, new MixerGate(null, 0, 0, clock), "1", "host", clock, new Handed());

        link.onOrder(signed(mixer, Bad.kill("east", EPOCH, NOW_MS, NOW_MS)), "reply");

        assertThat(handed).isEmpty();
        assertThat(link.gate().dropped()).isEqualTo(1);
    }
}
