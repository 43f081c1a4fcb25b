package io.fluxrig.transport.snake.wire;

import io.fluxrig.transport.snake.seal.Origin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** The messages that a receiver has passed on and not acknowledged, by place. One thread. */
final class InHand {
    private final Message[] places;
    private final Deque<Integer> free = new ArrayDeque<>();
    private final Set<Id> ids = new HashSet<>();

    private record Id(Origin origin, long sequence) {}

    /**
     * A message.
     *
     * @param replyTo where the stream waits for its acknowledgement
     * @param confirmTo the rack that waits for a confirmation, null for none
     */
    record Message(String replyTo, Origin origin, long sequence, String confirmTo) {}

    InHand(int capacity) {
        places = new Message[capacity];
        for (int i = 0; i < capacity; i++) {
            free.add(i);
        }
    }

    int room() {
        return free.size();
    }

    int count() {
        return places.length - free.size();
    }

    boolean has(Origin origin, long sequence) {
        return ids.contains(new Id(origin, sequence));
    }

    /** Its place; -1 if there is none. */
    int put(Message message) {
        if (free.isEmpty()) {
            return -1;
        }
        int place = free.remove();
        places[place] = message;
        ids.add(new Id(message.origin(), message.sequence()));
        return place;
    }

    Message take(int place) {
        Message message = places[place];
        places[place] = null;
        ids.remove(new Id(message.origin(), message.sequence()));
        free.add(place);
        return message;
    }

    /** Where the stream waits for each of them. */
    void replies(Consumer<String> to) {
        for (Message message : places) {
            if (message != null) {
                to.accept(message.replyTo());
            }
        }
    }
}
