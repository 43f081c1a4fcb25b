package io.fluxrig.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class ReadBufferTest {
    private final ReadBuffer reads = new ReadBuffer(Unpooled.directBuffer(1024, 1024));

    private ByteBuf read() {
        return reads.newHandle().allocate(UnpooledByteBufAllocator.DEFAULT);
    }

    @Test
    void shouldLendTheSameBufferAgain() {
        ByteBuf first = read();
        first.writeByte(1).release();
        ByteBuf second = read();

        assertThat(second).isSameAs(first);
        assertThat(second.isReadable()).isFalse();
        second.release();
        reads.close();
    }

    @Test
    void shouldNotLendABufferThatIsStillHeld() {
        ByteBuf held = read();
        ByteBuf second = read();

        assertThat(second).isNotSameAs(held);
        held.release();
        second.release();
        reads.close();
    }

    @Test
    void shouldLendNothingOnceItIsClosed() {
        ByteBuf before = read();
        before.release();
        reads.close();
        reads.close();
        ByteBuf after = read();

        assertThat(after).isNotSameAs(before);
        assertThat(after.release()).isTrue();
    }

    @Test
    void shouldLeaveABufferThatIsHeldToItsHolder() {
        ByteBuf held = read();
        reads.close();
        reads.close();
        ByteBuf after = read();

        assertThat(after).isNotSameAs(held);
        after.release();
        assertThat(held.refCnt()).isEqualTo(1);
        assertThat(held.release()).isTrue();
    }

    @Test
    void shouldWipeABufferThatNobodyHoldsWhenItIsClosed() {
        byte[] bytes = new byte[1024];
        ReadBuffer closing = new ReadBuffer(Unpooled.wrappedBuffer(bytes));
        closing.newHandle()
                .allocate(UnpooledByteBufAllocator.DEFAULT)
                .writeByte(1)
                .release();
        assertThat(bytes[0]).isEqualTo((byte) 1);

        closing.close();

        assertThat(bytes).containsOnly(0);
        reads.close();
    }
}
