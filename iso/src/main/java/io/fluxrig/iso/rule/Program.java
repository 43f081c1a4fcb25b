package io.fluxrig.iso.rule;

import io.fluxrig.iso.codec.IsoMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * A condition as a row of questions, each with the next one for either answer: no call within a call, and none through an
 * interface, so that the compiler makes one loop of it.
 *
 * <pre>
 *   present(2) || !(mti == '0100')      0: present(2)   true -> TRUE    false -> 1
 *                                       1: mti == 0100  true -> FALSE   false -> TRUE
 * </pre>
 */
final class Program {
    private static final int TRUE = -1;
    private static final int FALSE = -2;

    private static final int PRESENT = 0;
    private static final int EQUAL = 1;
    private static final int NUMBER = 2;
    private static final int COMPARE = 3;

    private final Node.Leaf[] leaves;
    private final int[] kinds;
    private final int[] whenTrue;
    private final int[] whenFalse;
    private final int first;

    Program(Node root) {
        List<Node.Leaf> row = new ArrayList<>();
        List<int[]> ways = new ArrayList<>();
        first = emit(root, TRUE, FALSE, row, ways);
        leaves = row.toArray(Node.Leaf[]::new);
        kinds = row.stream().mapToInt(Program::kind).toArray();
        whenTrue = ways.stream().mapToInt(way -> way[0]).toArray();
        whenFalse = ways.stream().mapToInt(way -> way[1]).toArray();
    }

    /** Puts what a node asks into the row, behind what it leads to; where it begins. */
    private static int emit(Node node, int ifTrue, int ifFalse, List<Node.Leaf> row, List<int[]> ways) {
        if (node instanceof Node.Constant constant) {
            return constant.value() ? ifTrue : ifFalse;
        }
        if (node instanceof Node.Not not) {
            return emit(not.node(), ifFalse, ifTrue, row, ways);
        }
        if (node instanceof Node.And and) {
            return emit(and.left(), emit(and.right(), ifTrue, ifFalse, row, ways), ifFalse, row, ways);
        }
        if (node instanceof Node.Or or) {
            return emit(or.left(), ifTrue, emit(or.right(), ifTrue, ifFalse, row, ways), row, ways);
        }
        row.add((Node.Leaf) node);
        ways.add(new int[] {ifTrue, ifFalse});
        return row.size() - 1;
    }

    private static int kind(Node.Leaf leaf) {
        if (leaf instanceof Node.Present) {
            return PRESENT;
        }
        if (leaf instanceof Node.Equal) {
            return EQUAL;
        }
        return leaf instanceof Node.CompareNumber ? NUMBER : COMPARE;
    }

    /** As {@link #test}, of what the bitmap says alone. */
    Condition.ByFields decide(IsoMessage message) {
        int at = first;
        while (at >= 0) {
            if (kinds[at] != PRESENT || ((Node.Present) leaves[at]).path().depth() > 0) {
                return Condition.ByFields.OPEN;
            }
            at = leaves[at].test(message) ? whenTrue[at] : whenFalse[at];
        }
        return at == TRUE ? Condition.ByFields.MET : Condition.ByFields.NOT_MET;
    }

    boolean test(IsoMessage message) {
        int at = first;
        while (at >= 0) {
            boolean holds = switch (kinds[at]) {
                case PRESENT -> ((Node.Present) leaves[at]).test(message);
                case EQUAL -> ((Node.Equal) leaves[at]).test(message);
                case NUMBER -> ((Node.CompareNumber) leaves[at]).test(message);
                default -> ((Node.Compare) leaves[at]).test(message);
            };
            at = holds ? whenTrue[at] : whenFalse[at];
        }
        return at == TRUE;
    }
}
