/**
 * A running rack: {@link io.fluxrig.engine.rack.RackSupervisor} starts, drains and stops a scenario's strips, and has changes made to
 * what they run. It is made of {@code plan}, {@code strips}, {@code wire} and {@code change} with {@code trial}; {@code api} and
 * {@code process} are made of it; {@code node} and {@code window} are what a mixer has too. Gears know nothing of it.
 */
package io.fluxrig.engine.rack;
