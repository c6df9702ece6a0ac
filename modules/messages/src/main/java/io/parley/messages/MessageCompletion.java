package io.parley.messages;

import io.parley.contracts.messages.Message;
import io.parley.kernel.Page;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/**
 * Adds to messages what is not in their rows: siblings and feedback. Most messages have neither, and then nothing is read; the
 * others of a page are completed in one statement each.
 */
final class MessageCompletion {
    private final SiblingStore siblings;
    private final FeedbackStore feedback;

    MessageCompletion(SiblingStore siblings, FeedbackStore feedback) {
        this.siblings = siblings;
        this.feedback = feedback;
    }

    <Q> Function<Q, Future<Message>> in(Function<Q, Future<Message>> answer) {
        return query -> answer.apply(query)
                .compose(message -> complete(List.of(message)).map(completed -> completed.get(0)));
    }

    <Q> Function<Q, Future<Page<Message>>> inPage(Function<Q, Future<Page<Message>>> answer) {
        return query -> answer.apply(query)
                .compose(page -> complete(page.items()).map(items -> new Page<>(items, page.nextCursor())));
    }

    private Future<List<Message>> complete(List<Message> messages) {
        return siblings.complete(messages).compose(feedback::complete);
    }
}
