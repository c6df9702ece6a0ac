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

/** Gives a reply that is already known as a model would: piece by piece, and so that it can be stopped in between. */
final class ScriptedGeneration implements Generation {
    private static final Pattern PIECE = Pattern.compile("(?s).{1,40}(?:\\s+|$)|.{1,40}");

    private final ModelReply reply;
    private final Consumer<String> text;
    private final Context context;
    private final Iterator<String> pieces;
    private final Promise<ModelReply> end = Promise.promise();

    private ScriptedGeneration(ModelReply reply, Consumer<String> text, Context context) {
        this.reply = reply;
        this.text = text;
        this.context = context;
        this.pieces =
                PIECE.matcher(reply.text()).results().map(MatchResult::group).iterator();
    }

    static ScriptedGeneration of(ModelReply reply, Consumer<String> text, Context context) {
        var recital = new ScriptedGeneration(reply, text, context);
        recital.goOn();
        return recital;
    }

    // Not at once: whoever began it has to have it in hand before the first piece comes.
    private void goOn() {
        context.runOnContext(turn -> next());
    }

    private void next() {
        if (end.future().isComplete()) return;
        if (pieces.hasNext()) {
            text.accept(pieces.next());
            goOn();
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
