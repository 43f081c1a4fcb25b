package io.fluxrig.iso.spec;

import java.util.Optional;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * The events of a YAML file, up to a number of nodes and levels: a node takes a hundred times the bytes that stand for it, and a level
 * some of the stack of whatever puts nodes together. Single threaded.
 */
final class BoundedEvents implements Parser {
    private final Parser events;
    private final int nodesMax;
    private final int depthMax;
    private int nodes;
    private int depth;

    BoundedEvents(Parser events, int nodesMax, int depthMax) {
        this.events = events;
        this.nodesMax = nodesMax;
        this.depthMax = depthMax;
    }

    /** The file goes on beyond a bound. */
    static final class BeyondException extends YamlEngineException {
        private static final long serialVersionUID = 1;

        private final transient Optional<Mark> where;

        BeyondException(String what, Optional<Mark> where) {
            super(what);
            this.where = where;
        }

        Optional<Mark> where() {
            return where;
        }
    }

    @Override
    public boolean checkEvent(Event.ID id) {
        return events.checkEvent(id);
    }

    @Override
    public Event peekEvent() {
        return events.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return events.hasNext();
    }

    @Override
    public Event next() {
        Event event = events.next();
        switch (event.getEventId()) {
            case MappingStart, SequenceStart -> {
                count(event);
                if (++depth > depthMax) {
                    throw new BeyondException("nested deeper than " + depthMax + " levels", event.getStartMark());
                }
            }
            case MappingEnd, SequenceEnd -> depth--;
            case Scalar, Alias -> count(event);
            default -> {}
        }
        return event;
    }

    private void count(Event event) {
        if (++nodes > nodesMax) {
            throw new BeyondException("more than " + nodesMax + " keys and values", event.getStartMark());
        }
    }
}
