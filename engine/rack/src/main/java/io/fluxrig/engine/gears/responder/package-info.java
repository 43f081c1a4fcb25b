/**
 * The gear {@code responder}: writes answers. {@link io.fluxrig.engine.gears.responder.AnswerGear} does so for the issuer
 * simulator too, which differs in its configuration only.
 */
package io.fluxrig.engine.gears.responder;
