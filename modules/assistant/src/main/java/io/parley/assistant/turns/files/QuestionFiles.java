package io.parley.assistant.turns.files;

import io.parley.assistant.models.ModelChoice;
import io.parley.contracts.files.FileTypes;
import io.parley.contracts.files.Files;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.MessagePart;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The files of what is to be answered: whether the user has them, and whether the model takes them. */
public final class QuestionFiles {
    private final Bus bus;
    private final int mostBytes;

    /** @param mostBytes of the files of one message */
    public QuestionFiles(Bus bus, int mostBytes) {
        this.bus = bus;
        this.mostBytes = mostBytes;
    }

    /**
     * The same message with name, type and size of each file. Fails as {@link Files#FIND} does, and invalid if the model does not
     * take a file.
     */
    public Future<MessageDraft> check(Caller caller, ModelChoice choice, MessageDraft draft) {
        return check(caller, choice, draft, "", Set.of(), true);
    }

    /**
     * The same for several messages, of which the last is to be answered. The files of the others are history: they need not fit.
     *
     * @param unstored the ids of files that are not stored
     */
    public Future<List<MessageDraft>> checkAll(
            Caller caller, ModelChoice choice, List<MessageDraft> drafts, Set<UUID> unstored) {
        if (drafts.stream().noneMatch(draft -> MessagePart.haveFile(draft.parts())))
            return Future.succeededFuture(drafts);
        Future<List<MessageDraft>> all = Future.succeededFuture(new ArrayList<>());
        for (int at = 0; at < drafts.size(); at++) {
            var draft = drafts.get(at);
            var pointer = "/input/" + at;
            boolean isLast = at == drafts.size() - 1;
            all = all.compose(checked -> check(caller, choice, draft, pointer, unstored, isLast)
                    .map(each -> {
                        checked.add(each);
                        return checked;
                    }));
        }
        return all;
    }

    private Future<MessageDraft> check(
            Caller caller,
            ModelChoice choice,
            MessageDraft draft,
            String pointer,
            Set<UUID> unstored,
            boolean mustFit) {
        var parts = draft.parts();
        if (parts == null || !MessagePart.haveFile(parts)) return Future.succeededFuture(draft);
        if (!choice.takesImages()) return Future.failedFuture(notTaken(pointer, parts));
        return Future.all(parts.stream()
                        .map(part -> complete(caller, part, unstored))
                        .toList())
                .map(found -> {
                    var complete = found.<MessagePart>list();
                    checkTypes(pointer, complete);
                    if (mustFit) checkSize(pointer, complete);
                    return draft.with(complete);
                });
    }

    private static Problem notTaken(String pointer, List<MessagePart> parts) {
        int first = 0;
        while (!parts.get(first).namesFile()) first++;
        return Problem.invalid(pointer + "/parts/" + first, "is a file, and the model that answers takes none");
    }

    private Future<MessagePart> complete(Caller caller, MessagePart part, Set<UUID> unstored) {
        return !part.namesFile() || unstored.contains(part.requireFileId())
                ? Future.succeededFuture(part)
                : bus.ask(Files.FIND, new Files.Find(caller, part.requireFileId()))
                        .map(MessagePart::file);
    }

    private static void checkTypes(String pointer, List<MessagePart> parts) {
        for (int at = 0; at < parts.size(); at++)
            if (parts.get(at).namesFile() && !isShown(parts.get(at).mediaType()))
                throw Problem.invalid(
                        pointer + "/parts/" + at, "is no file that models take: PNG, JPEG, GIF, WebP, PDF or text");
    }

    static boolean isShown(@Nullable String mediaType) {
        return FileTypes.IMAGES.contains(mediaType)
                || FileTypes.PDF.equals(mediaType)
                || FileTypes.TEXT.equals(mediaType);
    }

    private void checkSize(String pointer, List<MessagePart> parts) {
        long size = 0;
        for (int at = 0; at < parts.size(); at++) {
            if (!parts.get(at).namesFile()) continue;
            size += Objects.requireNonNull(parts.get(at).size());
            if (size > mostBytes)
                throw Problem.invalid(
                        pointer + "/parts/" + at,
                        "makes the files of this message larger than the " + mostBytes + " bytes that a model is sent");
        }
    }
}
