/**
 * What strips are built from, and what follows from it: the plan of a checked scenario
 * ({@link io.fluxrig.engine.strip.plan.StripPlan}), the way from one plan to the next
 * ({@link io.fluxrig.engine.strip.plan.PlanChange}), which links lie behind a port here and on other racks, and who is offered what
 * somebody else is offered. Knows no strip.
 */
package io.fluxrig.engine.strip.plan;
