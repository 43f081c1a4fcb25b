package io.fluxrig.load.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.load.tally.AnswerClass;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // what comes of it is looked at where it is the test's business
class AnswerReaderTest {

    private static long latencies(EmbeddedLoop loop) {
        Histogram total = loop.tally.latency.get(AnswerClass.APPROVED).newTotal();
        loop.tally.latency.get(AnswerClass.APPROVED).drainInto(total);
        return total.getTotalCount();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldCountAndMeasureAnAnswer() {
        try (EmbeddedLoop loop = EmbeddedLoop.plain()) {
            loop.open();
            EmbeddedChannel up = loop.connect();
            loop.clock.advance(EmbeddedLoop.WARMUP_NS);
            loop.request();

            EmbeddedLoop.read(up, loop.frame(loop.answer("00")));

            assertThat(loop.tally.answered()).isOne();
            assertThat(latencies(loop)).isOne();
        }
    }

    @Test
    void shouldCountButNotMeasureAnAnswerBeforeTheEndOfTheWarmUp() {
        try (EmbeddedLoop loop = EmbeddedLoop.plain()) {
            loop.open();
            EmbeddedChannel up = loop.connect();
            loop.clock.advance(EmbeddedLoop.WARMUP_NS - 1);
            loop.request();

            EmbeddedLoop.read(up, loop.frame(loop.answer("00")));

            assertThat(loop.tally.answered()).isOne();
            assertThat(latencies(loop)).isZero();
        }
    }

    @Test
    void shouldMakeRoomForTheAnswersThatAreRightOnly() {
        try (EmbeddedLoop loop = EmbeddedLoop.plain()) {
            loop.open();
            EmbeddedChannel up = loop.connect();
            for (int i = 0; i < 8; i++) {
                loop.request();
            }
            IsoMessage answer = loop.answer("00");
            answer.setMti(210);

            EmbeddedLoop.read(up, loop.frame(answer));
            assertThat(loop.hasRoom()).as("the wrong type").isFalse();

            answer.setMti(110);
            EmbeddedLoop.read(up, loop.frame(answer));
            assertThat(loop.hasRoom()).isTrue();
        }
    }

    @Test
    void shouldCountWhatTheSpecCannotReadAndKeepTheConnection() {
        try (EmbeddedLoop loop = EmbeddedLoop.plain()) {
            loop.open();
            EmbeddedChannel up = loop.connect();

            EmbeddedLoop.read(up, bytes("\0\u00090110zzzzz"));

            assertThat(loop.tally.unreadable.get()).isOne();
            assertThat(up.isOpen()).isTrue();
        }
    }

    @Test
    void shouldCloseAConnectionThatBringsNoFrame() {
        try (EmbeddedLoop loop = EmbeddedLoop.plain()) {
            loop.open();
            EmbeddedChannel up = loop.connect();

            EmbeddedLoop.read(up, bytes("\0\u0004nope"));

            assertThat(loop.tally.unreadable.get()).isOne();
            assertThat(up.isOpen()).isFalse();
            assertThat(loop.tally.disconnects.get()).as("closed on purpose").isZero();
        }
    }

    @Test
    void shouldFailToConnectWhereNoFramesCome() {
        try (EmbeddedLoop loop = EmbeddedLoop.signingOn()) {
            CompletableFuture<Void> ready = loop.open();

            EmbeddedLoop.read(loop.connect(), bytes("\0\u0004nope"));

            assertThat(ready)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining("what arrives is no frame: ");
        }
    }

    @Test
    void shouldSignAConnectionOnByTheAnswerUnderItsStan() {
        try (EmbeddedLoop loop = EmbeddedLoop.signingOn()) {
            CompletableFuture<Void> ready = loop.open();
            EmbeddedChannel up = loop.connect();
            IsoMessage answer = loop.answer("00");
            assertThat(ready).isNotDone();
            assertThat(loop.hasRoom()).isFalse();

            EmbeddedLoop.read(up, loop.frame(answer));

            assertThat(ready).isCompleted();
            assertThat(loop.hasRoom()).isTrue();
            assertThat(loop.connections.live()).isOne();
        }
    }

    @Test
    void shouldFailToConnectWhereASignOnIsRefused() {
        try (EmbeddedLoop loop = EmbeddedLoop.signingOn()) {
            CompletableFuture<Void> ready = loop.open();
            EmbeddedChannel up = loop.connect();

            EmbeddedLoop.read(up, loop.frame(loop.answer("05")));

            assertThat(ready)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining("sign-on answered with response code 05");
            assertThat(loop.hasRoom()).isFalse();
        }
    }

    @Test
    void shouldNotTakeASecondAnswerToASignOnForOne() {
        try (EmbeddedLoop loop = EmbeddedLoop.signingOn()) {
            loop.open();
            EmbeddedChannel up = loop.connect();
            byte[] answer = loop.frame(loop.answer("00"));
            EmbeddedLoop.read(up, answer);

            EmbeddedLoop.read(up, answer);

            assertThat(loop.connections.live()).isOne();
            assertThat(loop.tally.unknown.get()).isOne();
        }
    }
}
