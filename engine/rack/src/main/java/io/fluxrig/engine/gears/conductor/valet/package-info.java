/**
 * Tickets that outlive their run of the rack ({@code valet.store: local_durable}): what the log on the disk holds of them, the
 * strip's hand that writes it, and what the next run makes of it. Called by the conductor only.
 */
package io.fluxrig.engine.gears.conductor.valet;
