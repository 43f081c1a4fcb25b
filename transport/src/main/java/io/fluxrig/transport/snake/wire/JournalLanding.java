package io.fluxrig.transport.snake.wire;

import io.fluxrig.transport.ends.JournalFeed;
import io.fluxrig.transport.ends.JournalSender;
import java.util.ArrayDeque;
import java.util.Deque;

/** Into the receiver's journal: settled is what the journal keeps, or has given back. */
final class JournalLanding implements Landing {
    private final JournalFeed feed;
    private final int strips;
    private final Deque<Integer> places = new ArrayDeque<>();
    private long kept;
    private long withdrawn;
    /** Until so many are dealt with, nothing more is offered: what is kept then came before what is given back. */
    private long withdrawTo;

    private boolean withdrawing;

    JournalLanding(JournalFeed feed, int strips) {
        this.feed = feed;
        this.strips = strips;
    }

    @Override
    public boolean offer(int place, int strip, boolean dataLeftOut, byte[] message, int length) {
        if (withdrawing || feed.offer(strip % strips, dataLeftOut, message, 0, length) != JournalSender.SENT) {
            return false;
        }
        places.add(place);
        return true;
    }

    @Override
    public boolean takes() {
        return feed.takes();
    }

    @Override
    public void withdraw() {
        if (!places.isEmpty() && !withdrawing) {
            withdrawing = true;
            withdrawTo = kept + withdrawn + places.size();
            feed.withdraw();
        }
    }

    @Override
    public boolean settled() {
        return places.isEmpty();
    }

    @Override
    public boolean settle(Settled to) {
        boolean over = withdrawing && feed.failed(); // before the figures are read, which stay as they are then
        long back = feed.withdrawn();
        long now = feed.kept();
        boolean any = kept < now || withdrawn < back || over;
        while (kept < now) {
            kept++;
            to.onSettled(places.remove(), Fate.TAKEN);
        }
        while (withdrawn < back || over && !places.isEmpty()) {
            withdrawn++;
            to.onSettled(places.remove(), Fate.WITHDRAWN);
        }
        withdrawing &= kept + withdrawn < withdrawTo;
        return any;
    }

    @Override
    public void flush() {
        feed.flush();
    }
}
