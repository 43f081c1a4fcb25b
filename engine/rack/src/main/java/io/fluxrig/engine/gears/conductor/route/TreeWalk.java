package io.fluxrig.engine.gears.conductor.route;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Offers a request to the destinations of a tree, one after the other, until one takes it. One for each strip and route,
 * strip thread only; allocates nothing.
 */
public abstract sealed class TreeWalk {

    /** Tries destinations by their number. */
    public interface Attempt {
        /** True if the destination took the request; the walk ends. */
        boolean attempt(int destination);

        /** Requests in flight at the destination, on all strips. */
        long inFlight(int destination);
    }

    /** Walks the tree; false if no destination took the request. */
    public abstract boolean walk(Attempt attempt);

    /** Requests in flight below this node. */
    abstract long inFlight(Attempt attempt);

    /** @param numbers the number of each port */
    public static TreeWalk of(DestinationTree tree, ToIntFunction<String> numbers) {
        if (tree instanceof DestinationTree.Leaf leaf) {
            return new Leaf(numbers.applyAsInt(leaf.port()));
        }
        TreeWalk[] children = children(tree.children(), numbers);
        if (tree instanceof DestinationTree.Failover) {
            return new Failover(children);
        }
        return tree instanceof DestinationTree.RoundRobin ? new RoundRobin(children) : new LeastLoaded(children);
    }

    private static TreeWalk[] children(List<DestinationTree> trees, ToIntFunction<String> numbers) {
        return trees.stream().map(child -> of(child, numbers)).toArray(TreeWalk[]::new);
    }

    private static final class Leaf extends TreeWalk {
        private final int destination;

        Leaf(int destination) {
            this.destination = destination;
        }

        @Override
        public boolean walk(Attempt attempt) {
            return attempt.attempt(destination);
        }

        @Override
        long inFlight(Attempt attempt) {
            return attempt.inFlight(destination);
        }
    }

    private abstract static sealed class Branch extends TreeWalk {
        final TreeWalk[] children;

        Branch(TreeWalk[] children) {
            this.children = children;
        }

        @Override
        final long inFlight(Attempt attempt) {
            long sum = 0;
            for (TreeWalk child : children) {
                sum += child.inFlight(attempt);
            }
            return sum;
        }
    }

    private static final class Failover extends Branch {
        Failover(TreeWalk[] children) {
            super(children);
        }

        @Override
        public boolean walk(Attempt attempt) {
            for (TreeWalk child : children) {
                if (child.walk(attempt)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A branch that begins with the next child each time. */
    private abstract static sealed class TurnTaking extends Branch {
        private int turn;

        TurnTaking(TreeWalk[] children) {
            super(children);
        }

        final int takeTurn() {
            int first = turn;
            turn = first + 1 == children.length ? 0 : first + 1;
            return first;
        }
    }

    private static final class RoundRobin extends TurnTaking {
        RoundRobin(TreeWalk[] children) {
            super(children);
        }

        @Override
        public boolean walk(Attempt attempt) {
            int first = takeTurn();
            for (int i = 0; i < children.length; i++) {
                if (children[(first + i) % children.length].walk(attempt)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final class LeastLoaded extends TurnTaking {
        LeastLoaded(TreeWalk[] children) {
            super(children);
        }

        @Override
        public boolean walk(Attempt attempt) {
            int first = takeTurn();
            long tried = 0;
            for (int i = 0; i < children.length; i++) {
                int least = least(attempt, first, tried);
                tried |= 1L << least;
                if (children[least].walk(attempt)) {
                    return true;
                }
            }
            return false;
        }

        private int least(Attempt attempt, int first, long tried) {
            int least = -1;
            long leastInFlight = Long.MAX_VALUE;
            for (int i = 0; i < children.length; i++) {
                int child = (first + i) % children.length;
                if ((tried & 1L << child) == 0) {
                    long inFlight = children[child].inFlight(attempt);
                    if (inFlight < leastInFlight) {
                        least = child;
                        leastInFlight = inFlight;
                    }
                }
            }
            return least;
        }
    }
}
