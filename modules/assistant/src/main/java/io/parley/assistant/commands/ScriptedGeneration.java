package io.parley.assistant.commands;

import io.parley.assistant.models.Generation;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ModelReply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Streams a reply that is already known, piece by piece as a model does, so that it can be cancelled in between. */
final class ScriptedGeneration implements Generation {
    private static final Pattern PIECE = Pattern.compile("(?s).{1,40}(?:\\s+|$)|.{1,40}");

    private final ModelReply reply;
    private final Consumer<String> onText;
    private final Context context;
    private final Iterator<String> pieces;
    private final Promise<ModelReply> end = Promise.promise();

    private ScriptedGeneration(ModelReply reply, Consumer<String> onText, Context context) {
        this.reply = reply;
        this.onText = onText;
        this.context = context;
        this.pieces =
                PIECE.matcher(reply.text()).results().map(MatchResult::group).iterator();
    }

    static ScriptedGeneration start(ModelReply reply, Consumer<String> onText, Context context) {
        var generation = new ScriptedGeneration(reply, onText, context);
        generation.scheduleNext();
        return generation;
    }

    // Not at once, because the caller needs the generation before the first piece to be able to cancel it.
    private void scheduleNext() {
        context.runOnContext(scheduled -> next());
    }

    private void next() {
        if (end.future().isComplete()) return;
        if (pieces.hasNext()) {
            onText.accept(pieces.next());
            scheduleNext();
        } else {
            end.tryComplete(reply);
        }
    }

    @Override
    public Future<ModelReply> reply() {
        return end.future();
    }

    @Override
    public void cancel() {
        end.tryFail(new ModelFailure(ModelFailure.Kind.CANCELLED));
    }
}
