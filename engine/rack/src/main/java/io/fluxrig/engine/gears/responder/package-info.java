/**
 * The gear {@code responder}: writes answers. {@link io.fluxrig.engine.gears.responder.AnswerFactory} builds the issuer
 * simulator too, which differs only in that it stops when its rack drains.
 */
package io.fluxrig.engine.gears.responder;
