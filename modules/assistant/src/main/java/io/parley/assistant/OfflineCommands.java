package io.parley.assistant;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * A command language where there is no language model, so that a first run gets something done. It uses tools as a
 * model does and keeps nothing: all that it goes by is in the prompt.
 */
final class OfflineCommands implements LanguageModel {
    static final String MODEL = "offline-commands";

    private final Vertx vertx;
    private final CommandReader reader;

    /** @param clock whose zone says when a day ends */
    OfflineCommands(Vertx vertx, Clock clock) {
        this.vertx = vertx;
        this.reader = new CommandReader(clock);
    }

    @Override
    public Generation generate(Prompt prompt, Consumer<String> text) {
        var reply = Talk.read(prompt.messages(), reader).next();
        return Recital.of(reply, text, vertx.getOrCreateContext());
    }
}
