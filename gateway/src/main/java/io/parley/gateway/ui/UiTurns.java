package io.parley.gateway.ui;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Chat.Started;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.messages.Message;
import io.parley.gateway.attachments.SentFiles;
import io.parley.gateway.contract.Request;
import io.parley.gateway.limits.TurnLimit;
import io.parley.kernel.Bus;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which turn answers a request. A message that is sent again is answered by the turn that answers it already, unless that failed
 * or was stopped. Edits and new answers begin branches of their own, so nothing is lost.
 */
final class UiTurns {
    private final Bus bus;
    private final SentFiles files;
    private final TurnLimit limit;
    private final KnownMessages messages;

    UiTurns(Bus bus, SentFiles files) {
        this.bus = bus;
        this.files = files;
        this.limit = new TurnLimit(bus);
        this.messages = new KnownMessages(bus);
    }

    Future<Turn> answer(Request http, UiRequest asked) {
        return exists(http, asked).compose(exists -> {
            if (asked.isRegeneration()) return exists ? regenerate(http, asked) : noConversation();
            return exists ? submit(http, asked) : begin(http, asked);
        });
    }

    private Future<Boolean> exists(Request http, UiRequest asked) {
        return bus.ask(Conversations.FIND, new Conversations.Find(http.caller(), asked.conversationId()))
                .map(true)
                .recover(failure -> failure instanceof Problem problem && problem.kind() == Kind.NOT_FOUND
                        ? Future.succeededFuture(false)
                        : Future.failedFuture(failure));
    }

    private static Future<Turn> noConversation() {
        return Future.failedFuture(Problem.notFound("conversation"));
    }

    // The model is checked before there is a conversation that would stay empty.
    private Future<Turn> begin(Request http, UiRequest asked) {
        var turnId = UiIds.turn(asked.conversationId(), asked.message().id());
        return checkModel(http, asked)
                .compose(valid -> checkFiles(http, asked))
                .compose(taken -> started(
                        http,
                        turnId,
                        () -> create(http, asked).compose(created -> ask(http, asked, turnId, Patch.absent()))));
    }

    private Future<?> checkModel(Request http, UiRequest asked) {
        return asked.provider() == null && asked.model() == null
                ? Future.succeededFuture()
                : bus.ask(Chat.CHECK_MODEL, new Chat.CheckModel(http.caller(), asked.provider(), asked.model(), ""));
    }

    // It may be in the trash.
    private Future<?> create(Request http, UiRequest asked) {
        var draft = new ConversationDraft(null, null, null);
        return bus.ask(Conversations.CREATE, new Conversations.Create(http.caller(), asked.conversationId(), draft))
                .compose(created -> created.deletedAt() == null ? Future.succeededFuture() : noConversation());
    }

    private Future<Turn> submit(Request http, UiRequest asked) {
        var id = asked.message().id();
        var edits = asked.edits();
        return edits == null
                ? messages.findFirst(http.caller(), asked.conversationId(), id)
                        .compose(known -> submit(http, asked, known))
                : messages.find(http.caller(), asked.conversationId(), edits)
                        .compose(known -> known.isPresent() && isChanged(known.get(), asked)
                                ? edit(http, asked, known.get())
                                : submit(http, asked, known));
    }

    private static boolean isChanged(Message stored, UiRequest asked) {
        return !asked.message().text().equals(stored.content())
                || !asked.message().fileIds().equals(UiRequest.Said.fileIds(stored.parts()));
    }

    private Future<Turn> submit(Request http, UiRequest asked, Optional<Message> known) {
        if (known.isEmpty()) return start(http, asked, Patch.absent());
        if (isChanged(known.get(), asked))
            throw Problem.conflict(
                    "/messages", "Another message has this id. To change it, name it in messageId as well.");
        return answerTo(http, asked, known.get()).compose(answer -> {
            if (answer == null) return start(http, asked, Patch.absent());
            boolean isGood = answer.status() == Status.RUNNING || answer.status() == Status.COMPLETED;
            return isGood ? Future.succeededFuture(answer) : again(http, asked, answer, UiIds.turnAgain(answer));
        });
    }

    private Future<Turn> edit(Request http, UiRequest asked, Message replaced) {
        var turnId = UiIds.turnOfEdit(replaced.id(), asked.message());
        var parent = Patch.<UUID>to(replaced.parentId());
        return checkFiles(http, asked).compose(taken -> started(http, turnId, () -> ask(http, asked, turnId, parent)));
    }

    private Future<Turn> regenerate(Request http, UiRequest asked) {
        return messages.find(
                        http.caller(), asked.conversationId(), asked.message().id())
                .compose(known -> known.isEmpty() ? Future.succeededFuture(null) : answerTo(http, asked, known.get()))
                .compose(answer -> {
                    if (answer == null)
                        throw Problem.conflict("", "There is no answer to this message yet, so none can be made anew.");
                    var turnId = http.idempotencyKey().isPresent() ? http.newId() : UiIds.turnAgain(answer);
                    return again(http, asked, answer, turnId);
                });
    }

    private Future<@Nullable Turn> answerTo(Request http, UiRequest asked, Message message) {
        return bus.ask(Chat.ANSWER, new Chat.FindAnswer(http.caller(), asked.conversationId(), message.id()))
                .map(Chat.FoundAnswer::turn);
    }

    private Future<Turn> start(Request http, UiRequest asked, Patch<UUID> parent) {
        var turnId = UiIds.turn(asked.conversationId(), asked.message().id());
        return checkFiles(http, asked).compose(taken -> started(http, turnId, () -> ask(http, asked, turnId, parent)));
    }

    // Before a file is stored. Which model answers if the request names none is decided later, and checked again then.
    private Future<?> checkFiles(Request http, UiRequest asked) {
        var message = asked.message();
        return message.parts() == null
                ? Future.succeededFuture()
                : files.areTaken(http.caller(), asked.provider(), asked.model()).map(taken -> {
                    if (!taken)
                        throw Problem.invalid(
                                message.pointer() + "/parts", "have a file, and the model that answers takes none");
                    return taken;
                });
    }

    private Future<Started> ask(Request http, UiRequest asked, UUID turnId, Patch<UUID> parent) {
        return files.storeFor(
                        http.caller(), asked.conversationId(), asked.message().files())
                .compose(stored -> bus.ask(Chat.START, start(http, asked, turnId, parent)))
                .recover(failure -> Future.failedFuture(pointing(failure, asked.message())));
    }

    private static Throwable pointing(Throwable failure, UiRequest.Said said) {
        return failure instanceof Problem problem
                        && problem.kind() == Kind.INVALID
                        && problem.faults().get(0).pointer().startsWith("/parts")
                ? Problem.invalid(
                        said.pointer() + problem.faults().get(0).pointer(),
                        problem.faults().get(0).detail())
                : failure;
    }

    private static Chat.Start start(Request http, UiRequest asked, UUID turnId, Patch<UUID> parent) {
        return new Chat.Start(
                http.caller(),
                turnId,
                asked.conversationId(),
                asked.message().text(),
                asked.message().parts(),
                asked.provider(),
                asked.model(),
                asked.instructions(),
                null,
                parent,
                UiIds.metadata(asked.message().id()));
    }

    private Future<Turn> again(Request http, UiRequest asked, Turn answered, UUID turnId) {
        return started(
                http,
                turnId,
                () -> bus.ask(
                        Chat.REGENERATE,
                        new Chat.Regenerate(
                                http.caller(),
                                answered.id(),
                                turnId,
                                asked.provider(),
                                asked.model(),
                                asked.instructions(),
                                null)));
    }

    private Future<Turn> started(Request http, UUID turnId, Supplier<Future<Started>> start) {
        return limit.start(http.withNewId(turnId), start).map(Started::turn);
    }
}
