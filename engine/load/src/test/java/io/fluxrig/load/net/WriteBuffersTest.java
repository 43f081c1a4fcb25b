package io.fluxrig.load.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteBuffersTest {
    private final WriteBuffers buffers = new WriteBuffers();
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final ChannelHandlerContext context = channel.pipeline().firstContext();

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
        buffers.close();
    }

    @Test
    void shouldUseABufferAgainThatWasGivenBack() {
        ByteBuf first = buffers.take().writeByte(1);
        buffers.giveBack(first);
        ByteBuf second = buffers.take();

        assertThat(second).isSameAs(first);
        assertThat(second.isReadable()).isFalse();
        buffers.giveBack(second);
    }

    @Test
    void shouldLeaveABufferToTheSocketThatHasNotTakenAll() {
        ByteBuf first = buffers.take().writeByte(1);
        buffers.write(context, first); // an embedded channel keeps what it is given
        ByteBuf second = buffers.take().writeByte(2);

        assertThat(second).isNotSameAs(first);
        ByteBuf written = channel.readOutbound();
        assertThat(written.readByte()).isEqualTo((byte) 1);
        assertThat(written.release()).as("nobody else holds it").isTrue();
        buffers.giveBack(second);
    }

    @Test
    void shouldWipeWhatItLetsGo() {
        ByteBuf first = buffers.take().writeByte(1);
        ByteBuf second = buffers.take().writeByte(2);
        buffers.giveBack(first);
        first.retain(); // to see what becomes of it
        second.retain();

        buffers.close();
        assertThat(first.getByte(0)).isZero();
        assertThat(first.release()).isTrue();

        second.release();
        assertThat(second.getByte(0)).isEqualTo((byte) 2);
        buffers.giveBack(second);
        assertThat(second.refCnt()).isZero();
    }
}
