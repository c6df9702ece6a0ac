package io.parley.gateway.attachments;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.files.Files;
import io.parley.contracts.files.StoredFile;
import io.parley.gateway.http.HttpError;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.transfer.files.FileUpload;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores files that clients have sent in messages as the users' files. */
public final class SentFiles {
    /** Somebody else may be sending the same file just now, and begins it again. */
    private static final int ATTEMPTS = 3;

    private final Bus bus;
    private final long maxBytes;

    /** @param maxBytes of one file */
    public SentFiles(Bus bus, long maxBytes) {
        this.bus = bus;
        this.maxBytes = maxBytes;
    }

    /** Whether a model that is named so takes files; if none is named, whether any of the caller's does. */
    public Future<Boolean> areTaken(Caller caller, @Nullable String provider, @Nullable String model) {
        return bus.ask(Chat.MODELS, new Chat.ListModels(caller))
                .map(models -> models.items().stream()
                        .filter(each -> provider == null || provider.equals(each.provider()))
                        .filter(each -> model == null || model.equals(each.model()))
                        .anyMatch(Chat.Model::images));
    }

    /** As {@link #store}, encrypted if the conversation is, or if the user has chosen so. */
    public Future<Void> storeFor(Caller caller, UUID conversationId, List<SentFile> files) {
        return files.isEmpty()
                ? Future.succeededFuture()
                : bus.ask(Conversations.FIND, new Conversations.Find(caller, conversationId))
                        .compose(conversation -> storeFor(caller, conversation, files));
    }

    /** As {@link #store}, encrypted if the conversation is, or if the user has chosen so. */
    public Future<Void> storeFor(Caller caller, Conversation conversation, List<SentFile> files) {
        return store(caller, files, conversation.encrypted() ? true : null);
    }

    /** Files that are stored already are taken out of the trash, and stay as they are. Fails full if there is no room for a file. */
    public Future<Void> store(Caller caller, List<SentFile> files) {
        return store(caller, files, null);
    }

    private Future<Void> store(Caller caller, List<SentFile> files, @Nullable Boolean encrypted) {
        for (var file : files)
            if (file.data().length > maxBytes)
                return Future.failedFuture(
                        HttpError.tooLarge("A file must not be larger than " + maxBytes + " bytes."));
        Future<Void> all = Future.succeededFuture();
        for (var file : files) all = all.compose(before -> store(caller, file, encrypted, ATTEMPTS));
        return all;
    }

    private Future<Void> store(Caller caller, SentFile file, @Nullable Boolean encrypted, int attempts) {
        return FileUpload.begin(bus, new Files.Begin(caller, file.id(), file.name(), null, encrypted))
                .compose(upload -> upload.existing()
                        .map(existing -> restored(caller, existing))
                        .orElseGet(() -> take(upload, file)))
                .<Void>mapEmpty()
                .recover(failure -> attempts > 1 && isDisturbed(failure)
                        ? store(caller, file, encrypted, attempts - 1)
                        : Future.failedFuture(failure));
    }

    private static boolean isDisturbed(Throwable failure) {
        return failure instanceof Problem problem
                && (problem.kind() == Kind.INVALID || problem.kind() == Kind.NOT_FOUND);
    }

    private Future<StoredFile> restored(Caller caller, StoredFile existing) {
        return existing.deletedAt() == null
                ? Future.succeededFuture(existing)
                : bus.ask(Files.RESTORE, new Files.Restore(caller, existing.id()));
    }

    private static Future<StoredFile> take(FileUpload upload, SentFile file) {
        return upload.take(Buffer.buffer(file.data()))
                .compose(taken -> upload.finish())
                .recover(failure -> isDisturbed(failure)
                        ? Future.failedFuture(failure)
                        : upload.abandon().transform(abandoned -> Future.failedFuture(failure)));
    }
}
