package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.gears.conductor.correlation.Confirmation;
import io.fluxrig.engine.gears.conductor.correlation.CorrelationKey;
import io.fluxrig.engine.gears.conductor.kept.KeptBytes;
import io.fluxrig.engine.gears.conductor.kept.Origins;
import io.fluxrig.engine.gears.conductor.kept.ParkedFields;
import io.fluxrig.engine.gears.conductor.kept.Rebuilder;

/**
 * What requests and answers of one strip's conductor work with in common.
 *
 * @param validation null where answers are not held against their requests
 */
record ConductorParts(
        Tickets tickets,
        CorrelationKey key,
        Confirmation confirmation,
        AnswerValidation validation,
        ParkedFields parkedFields,
        KeptBytes keptBytes,
        Rebuilder rebuilder,
        Origins origins,
        Outcomes outcomes,
        ErrorExit errors,
        HeldErrors heldErrors,
        Destination[] destinations,
        ConductorMetrics metrics) {}
