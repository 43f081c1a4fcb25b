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
}
