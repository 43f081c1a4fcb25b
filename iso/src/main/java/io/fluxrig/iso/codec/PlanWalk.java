package io.fluxrig.iso.codec;

import io.fluxrig.iso.prefix.LengthPrefix;

/** Walks a message by the plan of its bitmap: only what fits, so that the common message meets few questions. */
final class PlanWalk {

    /** Returned for bytes that do not fit the plan, and must be walked field by field. */
    static final int OFF = Integer.MIN_VALUE;

    private final int[] ops;
    private final ValueDecoder values;

    PlanWalk(FieldTable table, ValueDecoder values) {
        this.ops = table.ops;
        this.values = values;
    }

    /** Where the last field ends; {@link #OFF}; or the negative code of a refusal. */
    int walk(BitmapPlan plan, IsoMessage into, int from, int length) {
        int[] bases = into.fields.bases;
        byte[] arena = into.arena.bytes;
        byte[] kinds = plan.kinds;
        int at = from;
        for (int step = 0; step < kinds.length && at >= 0; step++) {
            bases[step] = at;
            switch (kinds[step]) {
                case BitmapPlan.RUN ->
                    at = plan.bytes[step] <= length - at && plan.passes(step, arena, at) ? at + plan.bytes[step] : OFF;
                case BitmapPlan.VARIABLE -> at = variable(plan.fields[step], into.slots.cells, arena, at, length);
                default -> at = values.field(plan.fields[step], plan.fields[step], at, length);
            }
        }
        return at;
    }

    private int variable(int field, int[] cells, byte[] arena, int start, int length) {
        int op = field << FieldTable.SHIFT;
        int head = ops[op + FieldTable.HEAD];
        int ahead = ops[op + FieldTable.LENGTH_BYTES];
        if (ahead > length - start) {
            return OFF;
        }
        int units = LengthPrefix.read(FieldTable.lengthOp(head), ahead, arena, start);
        if (units < ops[op + FieldTable.MIN] || units > ops[op + FieldTable.MAX]) {
            return OFF;
        }
        int at = start + ahead;
        int valueOp = FieldTable.valueOp(head);
        int bytes = valueOp == ValueOp.LATIN ? units : ValueOp.bytes(valueOp, units);
        int classBit = ops[op + FieldTable.CLASS];
        if (bytes > length - at
                || !ValueCheck.passes(FieldTable.check(head), valueOp, classBit, arena, at, units, bytes)) {
            return OFF;
        }
        int cell = field << Slots.SHIFT;
        cells[cell + Slots.OP] = field;
        cells[cell + Slots.START] = start;
        cells[cell + Slots.AT] = at;
        cells[cell + Slots.END] = at + bytes;
        cells[cell + Slots.UNITS] = units;
        return at + bytes;
    }
}
