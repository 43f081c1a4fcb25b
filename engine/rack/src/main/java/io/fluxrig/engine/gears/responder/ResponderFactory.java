package io.fluxrig.engine.gears.responder;

/** Describes and builds {@code responder}: declines, echo and sign-on answers, stand-in. */
public final class ResponderFactory extends AnswerFactory {
    public ResponderFactory() {
        super(
                "responder",
                "Writes answers: declines on the error path, echo and sign-on replies, stand-in.",
                "decoded requests, with error.reason on an error path",
                false);
    }
}
