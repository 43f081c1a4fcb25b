package io.fluxrig.iso.codec;

import io.fluxrig.iso.prefix.LengthPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How to walk the messages that carry one particular bitmap. Fixed fields side by side are one step: their room is
 * known, their characters are checked class by class over all of them at once, and where each lies is worked out only
 * when somebody asks. Everything else is a step of its own. Immutable.
 *
 * <pre>
 *   bitmap says      2 | 3 4 7 11 12 13 14 18 22 25 | 32 | 37 | 41 42 43 | 49
 *   steps            2 | run of 57 bytes            | 32 | run of 78 bytes
 *   checks               57 digits                         12 an, 63 ans, 3 digits
 * </pre>
 *
 * A plan only says yes: what does not fit it is walked field by field, and that walk refuses or accepts.
 */
final class BitmapPlan {

    /** Ints of one check: the check, its class, where it begins in the run, bytes, units. */
    static final int CHECK_INTS = 5;

    /** Fixed fields side by side. */
    static final byte RUN = 0;
    /** One value behind digits that count its units. */
    static final byte VARIABLE = 1;
    /** Anything else. */
    static final byte OTHER = 2;

    final long word0;
    final long word1;
    final long word2;
    /** What a step is: {@link #RUN}, {@link #VARIABLE} or {@link #OTHER}. */
    final byte[] kinds;
    /** The field of a step of its own, or 0 for a run. */
    final int[] fields;
    /** Bytes of a run. */
    final int[] bytes;
    /** Checks of a run, {@link #CHECK_INTS} ints each. */
    final int[][] checks;
    /** The fields that lie in runs. */
    final long[] inRuns = new long[3];

    private final short[] stepOf = new short[Slots.FIELDS];
    private final int[] offsetOf = new int[Slots.FIELDS];

    BitmapPlan(FieldTable table, long[] words) {
        word0 = words[0];
        word1 = words[1];
        word2 = words[2];
        List<List<Integer>> steps = steps(table, words);
        kinds = new byte[steps.size()];
        fields = new int[steps.size()];
        bytes = new int[steps.size()];
        checks = new int[steps.size()][];
        for (int step = 0; step < steps.size(); step++) {
            int first = steps.get(step).get(0);
            kinds[step] = kind(table, first);
            fields[step] = kinds[step] == RUN ? 0 : first;
            checks[step] = kinds[step] == RUN ? run(table, step, steps.get(step)) : new int[0];
        }
    }

    boolean isFor(long[] words) {
        return words[0] == word0 && words[1] == word1 && words[2] == word2;
    }

    /** Where a field in a run begins, whose step began at {@code bases[step]}. */
    int start(int field, int[] bases) {
        return bases[stepOf[field]] + offsetOf[field];
    }

    /** Fills the slot of a field in a run. */
    void fill(FieldTable table, int field, int[] bases, Slots slots) {
        int start = start(field, bases);
        int[] cells = slots.cells;
        int cell = field << Slots.SHIFT;
        int op = field << FieldTable.SHIFT;
        cells[cell + Slots.OP] = field;
        cells[cell + Slots.START] = start;
        cells[cell + Slots.AT] = start;
        cells[cell + Slots.END] = start + table.ops[op + FieldTable.ROOM];
        cells[cell + Slots.UNITS] = table.ops[op + FieldTable.MAX];
    }

    private static byte kind(FieldTable table, int field) {
        int head = table.head(field);
        int lengthOp = FieldTable.lengthOp(head);
        boolean plain = FieldTable.valueOp(head) != ValueOp.COMPOSITE
                && (head & (FieldTable.COUNTS_BYTES | FieldTable.FIXED_ROOM)) == 0;
        boolean digits = lengthOp >= LengthPrefix.ASCII && lengthOp <= LengthPrefix.HEX;
        return isFixed(table, field) ? RUN : plain && digits ? VARIABLE : OTHER;
    }

    private static boolean isFixed(FieldTable table, int field) {
        int head = table.head(field);
        return FieldTable.lengthOp(head) == LengthPrefix.FIXED && FieldTable.valueOp(head) != ValueOp.COMPOSITE;
    }

    private static List<List<Integer>> steps(FieldTable table, long[] words) {
        List<List<Integer>> steps = new ArrayList<>();
        boolean open = false;
        for (int field = 1; field < Slots.FIELDS; field++) {
            if ((words[field - 1 >> 6] & Long.MIN_VALUE >>> (field - 1 & 63)) != 0) {
                boolean fixed = isFixed(table, field);
                if (!fixed || !open) {
                    steps.add(new ArrayList<>());
                }
                steps.get(steps.size() - 1).add(field);
                open = fixed;
            }
        }
        return steps;
    }

    private int[] run(FieldTable table, int step, List<Integer> members) {
        List<int[]> found = new ArrayList<>();
        int offset = 0;
        for (int field : members) {
            stepOf[field] = (short) step;
            offsetOf[field] = offset;
            inRuns[field - 1 >> 6] |= Long.MIN_VALUE >>> (field - 1 & 63);
            int room = table.cell(field, FieldTable.ROOM);
            add(found, table, field, offset, room);
            offset += room;
        }
        bytes[step] = offset;
        return found.stream().flatMapToInt(Arrays::stream).toArray();
    }

    private static void add(List<int[]> found, FieldTable table, int field, int offset, int room) {
        int check = FieldTable.check(table.head(field));
        int classBit = table.cell(field, FieldTable.CLASS);
        int[] last = found.isEmpty() ? null : found.get(found.size() - 1);
        boolean joins = last != null
                && ValueCheck.isBytewise(check)
                && (last[0] & 0xFF) == check
                && last[1] == classBit
                && last[2] + last[3] == offset;
        if (joins) {
            last[3] += room;
            last[4] = ValueCheck.unitsOf(check, last[3]);
        } else if (check != ValueCheck.NONE) {
            int units = ValueCheck.isBytewise(check) ? ValueCheck.unitsOf(check, room) : table.max(field);
            found.add(new int[] {check | FieldTable.valueOp(table.head(field)) << 8, classBit, offset, room, units});
        }
    }

    /** Whether the run of a step that begins at {@code at} passes all its checks. */
    boolean passes(int step, byte[] src, int at) {
        int[] run = checks[step];
        for (int i = 0; i < run.length; i += CHECK_INTS) {
            int check = run[i] & 0xFF;
            if (!ValueCheck.passes(check, run[i] >> 8, run[i + 1], src, at + run[i + 2], run[i + 4], run[i + 3])) {
                return false;
            }
        }
        return true;
    }
}
