package io.fluxrig.transport.snake.wire;

import io.fluxrig.transport.ends.JournalFeed;
import io.fluxrig.transport.ends.JournalSender;
import java.util.ArrayDeque;
import java.util.Deque;

/** Into the receiver's journal: settled is what the journal keeps. */
final class JournalLanding implements Landing {
    private final JournalFeed feed;
    private final int strips;
    private final Deque<Integer> places = new ArrayDeque<>();
    private long kept;

    JournalLanding(JournalFeed feed, int strips) {
        this.feed = feed;
        this.strips = strips;
    }

    @Override
    public boolean offer(int place, int strip, boolean dataLeftOut, byte[] message, int length) {
        if (feed.offer(strip % strips, dataLeftOut, message, 0, length) != JournalSender.SENT) {
            return false;
        }
        places.add(place);
        return true;
    }

    @Override
    public boolean settle(Settled to) {
        long now = feed.kept();
        boolean any = kept < now;
        while (kept < now) {
            kept++;
            to.onSettled(places.remove(), true);
        }
        return any;
    }

    @Override
    public void flush() {
        feed.flush();
    }
}
