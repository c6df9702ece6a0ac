package io.parley.assistant.commands;

import io.parley.assistant.models.Generation;
import io.parley.assistant.models.LanguageModel;
import io.parley.assistant.models.Prompt;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * A command language where there is no language model, so that a first run gets something done. It uses tools as a
 * model does and keeps nothing: all that it goes by is in the prompt.
 */
public final class OfflineCommands implements LanguageModel {
    public static final String MODEL = "offline-commands";

    private final Vertx vertx;
    private final CommandParser reader;

    /** @param clock whose zone says when a day ends */
    public OfflineCommands(Vertx vertx, Clock clock) {
        this.vertx = vertx;
        this.reader = new CommandParser(clock);
    }

    @Override
    public Generation generate(Prompt prompt, Consumer<String> text) {
        var reply = CommandDialogue.read(prompt.messages(), reader).next();
        return ScriptedGeneration.of(reply, text, vertx.getOrCreateContext());
    }
}
