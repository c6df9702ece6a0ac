package io.parley.assistant.turns.context;

import io.parley.assistant.models.Generation;
import io.parley.assistant.models.LanguageModel;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.ReplyListener;
import io.vertx.core.Future;
import java.util.List;

/** Gives the same answer to everything, at once. */
record FixedAnswer(String text, String model) implements LanguageModel {
    @Override
    public Generation generate(Prompt prompt, ReplyListener listener) {
        listener.onText(text);
        var reply = Future.succeededFuture(new ModelReply(text, List.of(), model, null));
        return new Generation() {
            @Override
            public Future<ModelReply> reply() {
                return reply;
            }

            @Override
            public void cancel() {}
        };
    }
}
