package io.parley.assistant.commands;

import io.parley.assistant.models.Generation;
import io.parley.assistant.models.LanguageModel;
import io.parley.assistant.models.ModelChoice;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.ReplyListener;
import io.vertx.core.Vertx;
import java.time.Clock;

/**
 * A small command language for servers without a language model, so that the assistant is useful from the first start. It
 * calls tools as a model does. It has no state: everything it needs is in the prompt.
 */
public final class OfflineCommands implements LanguageModel {
    public static final String MODEL = "offline-commands";

    private final Vertx vertx;
    private final CommandParser parser;

    /** @param clock says what today is; its zone does not count */
    public OfflineCommands(Vertx vertx, Clock clock) {
        this.vertx = vertx;
        this.parser = new CommandParser(clock);
    }

    // Each message is a command of its own and is not to be merged with another.
    public ModelChoice asChoice() {
        return new ModelChoice(null, MODEL, true, false, this);
    }

    @Override
    public Generation generate(Prompt prompt, ReplyListener listener) {
        var reply = CommandDialogue.of(prompt, parser).next();
        return ScriptedGeneration.start(reply, listener::onText, vertx.getOrCreateContext());
    }
}
