package io.fluxrig.engine.gears.conductor;

/** What requests and answers of one strip's conductor work with in common. */
record ConductorParts(
        Tickets tickets,
        CorrelationKey key,
        Confirmation confirmation,
        ParkedFields parkedFields,
        KeptBytes keptBytes,
        Rebuilder rebuilder,
        Origins origins,
        Outcomes outcomes,
        ErrorExit errors,
        HeldErrors heldErrors,
        Destination[] destinations,
        ConductorMetrics metrics) {}
