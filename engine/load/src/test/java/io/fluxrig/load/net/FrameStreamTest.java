package io.fluxrig.load.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.frame.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameStreamTest {
    private final FrameStream.Window window =
            new FrameStream.Window(Framing.builder(Framing.variant("generic")).build());
    private final List<String> taken = new ArrayList<>();

    private int take(FrameStream stream, String bytes) {
        ByteBuf read = Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1);
        int outcome = stream.take(read, (frames, frame) -> {
            taken.add(new String(frames, frame.bodyOffset(), frame.bodyLength(), StandardCharsets.ISO_8859_1));
            return true;
        });
        read.release();
        return outcome;
    }

    @Test
    void shouldCutWhatOneReadBrings() {
        take(new FrameStream(window), "\0\u00040100\0\u00050110a");

        assertThat(taken).containsExactly("0100", "0110a");
    }

    @Test
    void shouldKeepWhatIsNotWholeForTheNextRead() {
        FrameStream stream = new FrameStream(window);
        for (char one : "\0\u00040100\0\u00050110a".toCharArray()) {
            take(stream, String.valueOf(one));
        }

        assertThat(taken).containsExactly("0100", "0110a");
    }

    @Test
    void shouldKeepTheRestsOfConnectionsApart() {
        FrameStream one = new FrameStream(window);
        FrameStream other = new FrameStream(window);
        take(one, "\0\u000401");
        take(other, "\0\u0005011");
        take(one, "00");
        take(other, "0b");

        assertThat(taken).containsExactly("0100", "0110b");
    }

    @Test
    void shouldTakeMoreThanTheWindowHolds() {
        String body = "0100" + "x".repeat(996);
        take(new FrameStream(window), ("\u0003\u00e8" + body).repeat(100)); // 0x3e8 is 1000

        assertThat(taken).hasSize(100).containsOnly(body);
    }

    @Test
    void shouldPassOverKeepAlives() {
        take(new FrameStream(window), "\0\0\0\u00040100\0\0");

        assertThat(taken).containsExactly("0100");
    }

    @Test
    void shouldRefuseWhatIsNoFrame() {
        assertThat(take(new FrameStream(window), "\0\u0004nope")).isNegative();
        assertThat(taken).isEmpty();
    }

    @Test
    void shouldStopWhenTheTakerHasEnough() {
        ByteBuf read = Unpooled.copiedBuffer("\0\u00040100\0\u00040110", StandardCharsets.ISO_8859_1);
        new FrameStream(window).take(read, (bytes, frame) -> !taken.add("one"));
        read.release();

        assertThat(taken).hasSize(1);
    }

    @Test
    void shouldWipeWindowAndRest() {
        FrameStream stream = new FrameStream(window);
        List<byte[]> bytes = new ArrayList<>();
        ByteBuf read = Unpooled.copiedBuffer("\0\u00040100\0\u000401", StandardCharsets.ISO_8859_1);
        stream.take(read, (frames, frame) -> bytes.add(frames));
        read.release();

        window.wipe();
        stream.wipe();

        assertThat(bytes.get(0)).containsOnly(0);
        take(stream, "\0\u00040110");
        assertThat(taken).as("nothing of the half frame is left").containsExactly("0110");
    }
}
