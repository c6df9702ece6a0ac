package io.parley.gateway.ui;

import io.parley.contracts.assistant.Turn;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Which;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.async.Futures;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the users' messages that clients name by ids of their own. */
final class KnownMessages {
    /** How far back a message may be that is edited or answered anew, in messages of the current branch. */
    private static final int MAX_DEPTH = 1000;

    private static final int PIECE = 50;
    private static final int PIECE_BYTES = 1024 * 1024;

    private final Bus bus;

    KnownMessages(Bus bus) {
        this.bus = bus;
    }

    /** The newest version of a message: the one on the current branch, else the one that the id was sent with first. */
    Future<Optional<Message>> find(Caller caller, UUID conversationId, String id) {
        var search = new Search(caller, conversationId, id);
        return Futures.loop(search::step)
                .compose(searched -> search.found == null
                        ? findFirst(caller, conversationId, id)
                        : Future.succeededFuture(search.found()));
    }

    /** The message that this id was sent with first. A message that was made elsewhere has its own id here. */
    Future<Optional<Message>> findFirst(Caller caller, UUID conversationId, String id) {
        var sent = Turn.messageId(UiIds.turn(conversationId, id), 0);
        var found = Stream.concat(Stream.of(sent), Ids.parse(id).stream())
                .map(each -> find(caller, conversationId, each))
                .toList();
        return Future.all(found)
                .map(all -> all.<Optional<Message>>list().stream()
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private Future<Optional<Message>> find(Caller caller, UUID conversationId, UUID id) {
        return bus.ask(Messages.FIND, new Messages.Find(caller, id))
                .map(message -> Optional.of(message)
                        .filter(each -> each.role() == Role.USER)
                        .filter(each -> each.conversationId().equals(conversationId)))
                .recover(failure ->
                        isUnknown(failure) ? Future.succeededFuture(Optional.empty()) : Future.failedFuture(failure));
    }

    // Ids of clients may be those of other users' messages by chance, or by somebody's guess.
    private static boolean isUnknown(Throwable failure) {
        return failure instanceof Problem problem
                && (problem.kind() == Kind.NOT_FOUND || problem.kind() == Kind.FORBIDDEN);
    }

    /** Goes back on the current branch, piece by piece. */
    private final class Search {
        private final Caller caller;
        private final UUID conversationId;
        private final String id;
        private @Nullable Cursor cursor;
        private @Nullable Message found;
        private int depth;

        Search(Caller caller, UUID conversationId, String id) {
            this.caller = caller;
            this.conversationId = conversationId;
            this.id = id;
        }

        Optional<Message> found() {
            return Optional.ofNullable(found);
        }

        Future<Boolean> step() {
            var page = new PageRequest(cursor, PIECE, Order.DESC, PIECE_BYTES);
            return bus.ask(
                            Messages.LIST_CONVERSATION,
                            new Messages.ListConversation(caller, conversationId, Which.CURRENT_BRANCH, page))
                    .map(this::look);
        }

        private boolean look(Page<Message> page) {
            found = first(page.items());
            cursor = page.nextCursor();
            depth += page.items().size();
            return found == null && cursor != null && depth < MAX_DEPTH;
        }

        private @Nullable Message first(List<Message> messages) {
            for (var message : messages)
                if (message.role() == Role.USER && UiIds.of(message).equals(id)) return message;
            return null;
        }
    }
}
