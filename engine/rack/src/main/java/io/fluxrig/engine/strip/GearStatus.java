package io.fluxrig.engine.strip;

/**
 * How one gear's copy on one strip is doing, as any thread may see it.
 *
 * @param ordinal the gear's place in the plan
 * @param messages handed to it so far
 * @param failures exceptions it let out so far, from messages, timers and signals
 * @param failing whether the copy in front failed as often in a row as {@link StripSettings#failuresMax()} allows
 */
public record GearStatus(
        int ordinal,
        String name,
        String type,
        int strip,
        GearState state,
        long messages,
        long failures,
        boolean failing) {}
